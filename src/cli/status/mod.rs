//! `zbib status`: what is cached, what became of the last run, and what is published.

mod object;
mod words;

use clap::Args;
use serde_json::json;

use crate::cli::{Context, Failure};
use crate::config::{Config, Library};
use crate::report::Report;
use crate::website::writer;
use crate::zotero::cache::{self, CacheError, LastRun, LibrarySnapshot};
use crate::zotero::record::LibraryId;
use crate::zotero::source::{Clock, Interval};

/// Tell what the cache holds, how the last sync went, and whether there is a site
#[derive(Debug, Args)]
pub(super) struct Status {
    /// As JSON, for scripts
    #[arg(long)]
    json: bool,
}

/// What is known of one library.
struct Standing {
    id: LibraryId,
    /// None when the cache holds nothing of it.
    held: Option<LibrarySnapshot>,
    last_run: Option<LastRun>,
    /// The owner wants it asked for no more often.
    interval: Option<Interval>,
    /// How often it is compared whole. None for libraries that are read whole each time.
    audit: Option<Interval>,
    /// The moment all this is told, in seconds since 1970.
    now: u64,
}

pub(super) fn run(arguments: &Status, context: &Context<'_>) -> Result<(), Failure> {
    let config = Config::load(&context.arguments.request(Vec::new()), context.environment)?;
    let now = Clock::system().now().as_secs();
    let standings: Result<Vec<_>, _> =
        config.libraries.iter().map(|library| standing(&config, library, now, context.report)).collect();
    let (standings, output) = (standings?, config.output());
    let site = writer::holds_site(&output);
    if arguments.json {
        let libraries: Vec<_> = standings.iter().map(object::object).collect();
        let status = json!({ "format": 1, "libraries": libraries, "output": output, "built": site });
        context.report.data(&format!("{status:#}\n"));
        return Ok(());
    }
    for standing in &standings {
        context.report.data(&words::paragraph(standing));
    }
    let built = if site { "holds a site" } else { "holds no site yet" };
    context.report.data(&format!("{} {built}\n", output.display()));
    Ok(())
}

fn standing(config: &Config, library: &Library, now: u64, report: &Report) -> Result<Standing, CacheError> {
    let id = library.settings.library();
    let held = match cache::load(&config.cache(), std::slice::from_ref(&id)) {
        Ok(mut snapshot) => {
            report.problems(snapshot.problems);
            snapshot.libraries.pop()
        }
        Err(CacheError::NotSynced { .. }) => None,
        Err(error) => return Err(error),
    };
    Ok(Standing {
        held,
        last_run: cache::last_run(&config.cache(), &id),
        interval: library.settings.interval,
        audit: library.settings.location().is_none().then_some(config.file.sync.audit),
        now,
        id,
    })
}

impl Standing {
    /// When it will be asked for again at the earliest, in seconds since 1970; None without an interval.
    fn due(&self) -> Option<u64> {
        let (held, interval) = (self.held.as_ref()?, self.interval?);
        Some(held.state.checked.saturating_add(interval.duration().as_secs()))
    }

    /// When it will be compared whole, in seconds since 1970.
    fn audit_due(&self) -> Option<u64> {
        let (held, audit) = (self.held.as_ref()?, self.audit?);
        Some(held.state.audited.saturating_add(audit.duration().as_secs()))
    }
}

/// Of a copy's records, those kept as stubs.
fn withheld(held: &LibrarySnapshot) -> usize {
    held.records.iter().filter(|record| record.withheld).count()
}

/// How many files the store has, and how many bytes they are. A file that two hashes name is one.
fn files(held: &LibrarySnapshot) -> (usize, u64) {
    let files: std::collections::BTreeMap<_, _> = held.files.values().map(|file| (&file.path, file.size)).collect();
    (files.len(), files.values().sum())
}
