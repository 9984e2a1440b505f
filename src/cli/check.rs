//! `zbib check`: everything a build would complain about, without making a site.

use clap::Args;

use crate::cli::build::Place;
use crate::cli::publishing::Workshop;
use crate::cli::{Context, Failure, stored_files};
use crate::config::Config;
use crate::report::{counted, size};
use crate::website::writer;
use crate::zotero::cache;

/// Say what a build would complain about and what it would change; make no site, open no connection
#[derive(Debug, Args)]
pub(super) struct Check {
    /// Read every file in the cache again and compare it with its hash. Damaged ones are removed, so that the next
    /// `zbib sync` fetches them again; while another process uses the cache they are only told
    #[arg(long)]
    files: bool,
    #[command(flatten)]
    place: Place,
}

pub(super) fn run(arguments: &Check, context: &Context<'_>) -> Result<(), Failure> {
    let config = Config::load(&context.arguments.request(arguments.place.flags()), context.environment)?;
    let output = config.output();
    writer::check_output(&output, &config.root)?;
    let workshop = Workshop::open(&config, context.report)?;
    let mut snapshot = cache::load(&config.cache(), &config.library_ids())?;
    if arguments.files && stored_files::verify(&config, &snapshot, context.report)? {
        snapshot = cache::load(&config.cache(), &config.library_ids())?;
    }
    context.report.problems(snapshot.problems.iter().cloned());
    let preview = workshop.site(&config, &snapshot, context.report, |files, _| {
        Ok(writer::plan(files)?.dry_run(&output, context.report)?)
    })?;
    for path in &preview.written {
        context.report.detail(&format!("would write {path}"));
    }
    for path in &preview.removed {
        context.report.detail(&format!("would remove {path}"));
    }
    context.report.say(&format!(
        "a build would make {} ({}), write {} and remove {}",
        counted(preview.files, "file"),
        size(preview.bytes),
        preview.written.len(),
        preview.removed.len()
    ));
    Ok(())
}
