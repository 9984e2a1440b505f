//! `zbib clean`: removes what zbib made, and nothing else.

use clap::{Args, ValueEnum};

use crate::cli::{Context, Failure};
use crate::config::Config;
use crate::report::counted;
use crate::website::writer;
use crate::zotero::cache::Cache;

/// Remove what zbib made: the site, the cached records, the cached files
#[derive(Debug, Args)]
pub(super) struct Clean {
    #[arg(value_enum)]
    what: What,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum What {
    /// The site: the files its manifest names, and no others
    Site,
    /// The cached records; files stay, so that the next sync need not fetch them again
    Cache,
    /// The cached files
    Files,
    /// All of them
    All,
}

pub(super) fn run(arguments: &Clean, context: &Context<'_>) -> Result<(), Failure> {
    let config = Config::load(&context.arguments.request(Vec::new()), context.environment)?;
    if matches!(arguments.what, What::Site | What::All) {
        let output = config.output();
        writer::check_output(&output, &config.root)?;
        let written = writer::write(writer::plan(Vec::new())?, &output, context.report)?;
        context.report.say(&format!(
            "removed {} of the site in {}",
            counted(written.removed, "file"),
            output.display()
        ));
    }
    if arguments.what != What::Site {
        let cache = Cache::open(&config.cache())?;
        if matches!(arguments.what, What::Cache | What::All) {
            cache.clear()?;
        }
        if matches!(arguments.what, What::Files | What::All) {
            cache.clear_files()?;
        }
        context.report.say(&format!("cleaned {}", config.cache().display()));
    }
    Ok(())
}
