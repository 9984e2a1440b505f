//! `zbib clean`: removes what zbib made, and nothing else.

use clap::{Args, ValueEnum};

use crate::cli::{Context, Failure};
use crate::config::Config;
use crate::website::writer;
use crate::zotero::cache::{self, Part};

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
        context.report.say(&format!("removed {} files of the site in {}", written.removed, output.display()));
    }
    let part = match arguments.what {
        What::Cache => Some(Part::Records),
        What::Files => Some(Part::Files),
        What::All => Some(Part::Everything),
        What::Site => None,
    };
    if let Some(part) = part {
        cache::clear(&config.cache(), part)?;
        context.report.say(&format!("cleaned {}", config.cache().display()));
    }
    Ok(())
}
