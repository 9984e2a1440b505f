//! `zbib build`: from the library to the site.

use clap::Args;

use crate::cli::again::Again;
use crate::cli::publishing::{Public, Workshop};
use crate::cli::sync::Asking;
use crate::cli::{Context, Failure, sync};
use crate::config::Config;
use crate::report::{Report, counted, size};
use crate::sync::SyncError;
use crate::website::writer::{self, Written};
use crate::zotero::cache::{self, CacheError};
use crate::zotero::record::LibraryId;

/// Bring the library up to date and make the site
#[derive(Debug, Args)]
pub(super) struct Build {
    /// Use what the cache holds; open no connection
    #[arg(long, conflicts_with = "Asking")]
    offline: bool,
    #[command(flatten)]
    asking: Asking,
    #[command(flatten)]
    pub(super) place: Place,
}

/// Where the site goes.
#[derive(Clone, Debug, Args)]
pub(super) struct Place {
    /// The address the site will have
    #[arg(short = 'u', long, value_name = "URL")]
    base_url: Option<String>,
    /// The folder the site is written to
    #[arg(short, long, value_name = "FOLDER")]
    output: Option<String>,
}

impl Place {
    /// The settings that these flags stand for.
    pub(super) fn flags(&self) -> Vec<(String, String)> {
        let flag = |name: &str, value: &Option<String>| value.clone().map(|value| (name.to_owned(), value));
        [flag("site.base-url", &self.base_url), flag("site.output", &self.output)].into_iter().flatten().collect()
    }
}

pub(super) fn run(arguments: &Build, context: &Context<'_>) -> Result<(), Failure> {
    let config = Config::load(&context.arguments.request(arguments.place.flags()), context.environment)?;
    let request = (!arguments.offline).then(|| sync::Request::all(arguments.asking));
    let built = build(&config, request.as_ref(), context.report)?;
    sync::conclude(built.failures, context.report)
}

/// What a build came to.
pub(super) struct Built {
    /// The libraries that could not be brought up to date: the site shows them as their copies have them.
    pub(super) failures: Vec<(LibraryId, SyncError)>,
}

/// The story of a build; without a request for a sync, from what the cache holds. What can be wrong with the owner's own
/// things is found before the long work.
///
/// A library that cannot be brought up to date is shown as its copy has it: the others, the pages and the theme need not
/// wait for it. Without a copy of it nothing is built, because a site without it would lose its pages.
pub(super) fn build(config: &Config, request: Option<&sync::Request>, report: &Report) -> Result<Built, Failure> {
    let output = config.output();
    let first = !writer::holds_site(&output);
    writer::check_output(&output, &config.root)?;
    let workshop = report.stage("reading pages and theme", || Workshop::open(config, report))?;
    let failures = match request {
        Some(request) => report.stage("synchronising", || sync::sync(config, request, report))?.failures,
        None => Vec::new(),
    };
    let snapshot = match report.stage("reading the cache", || cache::load(&config.cache(), &config.library_ids())) {
        Err(CacheError::NotSynced { library }) if failures.iter().any(|(id, _)| *id == library) => {
            sync::conclude(failures, report)?;
            return Err(CacheError::NotSynced { library }.into());
        }
        snapshot => snapshot?,
    };
    report.problems(snapshot.problems.iter().cloned());
    let again = Again::of(config, workshop.shelf(), &snapshot);
    if let Some(standing) = report.stage("looking whether anything changed", || again.standing(&output)) {
        say_what_was_done(&standing, &output, report);
        return Ok(Built { failures });
    }
    let noted = report.noted();
    let written = workshop.site(config, &snapshot, report, |files, public| {
        if first {
            say_what_becomes_public(public, report);
        }
        let plan = writer::plan(files)?;
        Ok(report.stage("making and writing files", || writer::write(plan, &output, report))?)
    })?;
    if report.noted() == noted {
        again.remember(&output);
    }
    say_what_was_done(&written, &output, report);
    Ok(Built { failures })
}

/// Said once, before the first site is written.
fn say_what_becomes_public(public: Public, report: &Report) {
    report.say("this site will show, to everybody who can reach it:");
    let lines = [
        (public.items, "record", "publish.item-exclude, publish.collections-exclude, publish.types"),
        (public.notes, "note", "publish.notes = false, publish.child-exclude"),
        (public.annotations, "annotation", "publish.annotations = false"),
        (public.files, "file", "attachments.publish = false, attachments.types"),
    ];
    for (count, what, settings) in lines {
        let plural = if count == 1 { "" } else { "s" };
        report.say(&format!("  {count:>6} {:<12} (to change that: {settings})", format!("{what}{plural}")));
    }
}

fn say_what_was_done(written: &Written, output: &std::path::Path, report: &Report) {
    let place = output.display();
    if written.written == 0 && written.removed == 0 {
        report.say(&format!("{place}: nothing changed, {}", counted(written.files, "file")));
        return;
    }
    report.say(&format!(
        "{place}: {} ({}), {} written, {} removed",
        counted(written.files, "file"),
        size(written.bytes),
        written.written,
        written.removed
    ));
}
