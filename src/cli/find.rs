//! `zbib find`: records by the words of their titles, their creators or their citation keys, in the terminal.

use clap::Args;

use crate::cli::failure::FindFailure;
use crate::cli::{Context, Failure};
use crate::config::Config;
use crate::website::search;

/// Find records by words of their titles, by creators or by citation key, as the site's header does
#[derive(Debug, Args)]
pub(super) struct Find {
    #[arg(required = true)]
    words: Vec<String>,
    /// No more than this many
    #[arg(long, default_value_t = 20)]
    limit: usize,
}

pub(super) fn run(arguments: &Find, context: &Context<'_>) -> Result<(), Failure> {
    let config = Config::load(&context.arguments.request(Vec::new()), context.environment)?;
    let data = config.output().join("search/data");
    let read = |name: &str| {
        let path = data.join(name);
        std::fs::read(&path).map_err(|source| FindFailure::NoData { path, source })
    };
    let parts = search::parts(&read(search::MANIFEST)?).map_err(FindFailure::Damaged)?;
    let parts = parts.iter().map(|name| read(name)).collect::<Result<Vec<_>, _>>()?;
    let hits = search::find(&parts, &arguments.words.join(" ")).map_err(FindFailure::Damaged)?;
    for hit in hits.iter().take(arguments.limit) {
        context.report.data(&format!("{}  {:<24}  {}\n", hit.key, hit.name, hit.title));
    }
    context.report.say(&format!("{} found", hits.len()));
    Ok(())
}
