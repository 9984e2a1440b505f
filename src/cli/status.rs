//! `zbib status`: what is cached and what is published.

use clap::Args;
use serde_json::json;

use crate::cli::{Context, Failure};
use crate::config::Config;
use crate::website::writer;
use crate::zotero::cache::{self, LibrarySnapshot};

/// Tell what the cache holds and whether there is a site
#[derive(Debug, Args)]
pub(super) struct Status {
    /// As JSON, for scripts
    #[arg(long)]
    json: bool,
}

pub(super) fn run(arguments: &Status, context: &Context<'_>) -> Result<(), Failure> {
    let config = Config::load(&context.arguments.request(Vec::new()), context.environment)?;
    let snapshot = cache::load(&config.cache(), &config.library_ids())?;
    context.report.problems(snapshot.problems.iter().cloned());
    let output = config.output();
    let site = writer::holds_site(&output);
    if arguments.json {
        let libraries: Vec<_> = snapshot.libraries.iter().map(object).collect();
        let status = json!({ "libraries": libraries, "output": output, "built": site });
        context.report.data(&format!("{status:#}\n"));
        return Ok(());
    }
    for library in &snapshot.libraries {
        context.report.data(&format!("{}\n", line(library)));
    }
    let built = if site { "holds a site" } else { "holds no site yet" };
    context.report.data(&format!("{} {built}\n", output.display()));
    Ok(())
}

fn object(library: &LibrarySnapshot) -> serde_json::Value {
    json!({
        "id": library.id.to_string(),
        "name": library.name,
        "version": library.state.version,
        "records": library.records.len(),
        "withheld": withheld(library),
        "collections": library.collections.len(),
        "files": library.files.len(),
        "fulltexts": library.fulltext.len(),
        "checked": library.state.checked,
        "damaged": library.damaged,
    })
}

fn line(library: &LibrarySnapshot) -> String {
    let damaged = if library.damaged { "; parts of it are damaged, the next sync fetches them again" } else { "" };
    format!(
        "{} ({}): version {}, {} records ({} withheld), {} collections, {} files{damaged}",
        library.name,
        library.id,
        library.state.version,
        library.records.len(),
        withheld(library),
        library.collections.len(),
        library.files.len()
    )
}

fn withheld(library: &LibrarySnapshot) -> usize {
    library.records.iter().filter(|record| record.withheld).count()
}
