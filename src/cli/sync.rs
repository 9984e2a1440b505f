//! `zbib sync`: from Zotero to the cache.

use std::path::PathBuf;
use std::sync::Arc;

use clap::{Args, ValueEnum};

use crate::cli::failure::UnknownLibrary;
use crate::cli::rules::Rules;
use crate::cli::skipped_log::SkippedLog;
use crate::cli::{Context, Failure, account};
use crate::config::{Config, Library};
use crate::report::problem::printable;
use crate::report::{Report, counted};
use crate::sync::{self, Line, Manner, Only, Outcome, SyncError};
use crate::zotero::cache::Cache;
use crate::zotero::record::LibraryId;
use crate::zotero::source::web::{Http, Network};
use crate::zotero::source::{Clock, Source};

/// Bring the cached copy of the library up to date
#[derive(Debug, Args)]
pub(super) struct Sync {
    /// Only this library, by its id or its name in the settings; may be given several times
    #[arg(long = "library", value_name = "NAME")]
    libraries: Vec<String>,
    /// Only this part of it
    #[arg(long, value_enum, value_name = "PART")]
    only: Option<Part>,
    /// Write what Zotero has and is no record to this file, as lines of JSON
    #[arg(long, value_name = "FILE")]
    log_skipped: Option<PathBuf>,
    /// Print the requests a sync would send, and send none
    #[arg(long, conflicts_with = "log_skipped")]
    dry_run: bool,
    #[command(flatten)]
    asking: Asking,
}

/// How Zotero is asked, by every command that asks it.
#[derive(Clone, Copy, Debug, Default, Args)]
pub(super) struct Asking {
    /// Ask for all records again, as if there were no copy yet; files that are here stay
    #[arg(long)]
    full: bool,
    /// Ask again for files that Zotero refused or did not have
    #[arg(long)]
    retry_files: bool,
    /// Believe Zotero when more than half of a library is gone
    #[arg(long)]
    allow_mass_removal: bool,
}

/// A part of a sync.
#[derive(Clone, Copy, Debug, ValueEnum)]
enum Part {
    /// Records, collections and tag colours
    Cache,
    /// The files of the records that are here
    Files,
    /// The full texts of the records that are here
    Fulltext,
}

impl From<Part> for Only {
    fn from(part: Part) -> Self {
        match part {
            Part::Cache => Self::Cache,
            Part::Files => Self::Files,
            Part::Fulltext => Self::FullText,
        }
    }
}

/// Which libraries are synced, and how.
#[derive(Debug, Default)]
pub(super) struct Request {
    /// Empty: all.
    libraries: Vec<String>,
    manner: Manner,
    log_skipped: Option<PathBuf>,
    /// What was done is no news of the command.
    quiet: bool,
}

impl Request {
    /// All of all libraries.
    pub(super) fn all(asking: Asking) -> Self {
        Self { manner: asking.manner(Only::Everything), ..Self::default() }
    }

    /// All of some libraries; what was done is told by `-v` only.
    pub(super) fn quietly_of(libraries: Vec<String>) -> Self {
        Self { libraries, quiet: true, ..Self::all(Asking::default()) }
    }
}

impl Asking {
    fn manner(self, only: Only) -> Manner {
        Manner { full: self.full, retry_files: self.retry_files, allow_mass_removal: self.allow_mass_removal, only }
    }
}

pub(super) fn run(arguments: &Sync, context: &Context<'_>) -> Result<(), Failure> {
    let config = Config::load(&context.arguments.request(Vec::new()), context.environment)?;
    let manner = arguments.asking.manner(arguments.only.map_or(Only::Everything, Only::from));
    let (libraries, log_skipped) = (arguments.libraries.clone(), arguments.log_skipped.clone());
    let request = Request { libraries, manner, log_skipped, quiet: false };
    if arguments.dry_run {
        return dry_run(&config, &request, context.report);
    }
    let outcome = sync(&config, &request, context.report)?;
    conclude(outcome.failures, context.report)
}

/// Brings every library up to date. One that fails does not stop the others; [`conclude`] fails the command at its end.
pub(super) fn sync(config: &Config, request: &Request, report: &Report) -> Result<Outcome, Failure> {
    let wanted = wanted(config, request)?;
    let story = Story::begin(config, request, report)?;
    let mut log = request.log_skipped.as_deref().map(SkippedLog::create).transpose()?;
    let mut outcome = Outcome::default();
    for library in &wanted {
        let report = match wanted.len() {
            1 => report.clone(),
            _ => report.about(library.settings.name.as_deref().unwrap_or(&library.settings.library().to_string())),
        };
        let synced = story.with(library, &report, |run, library| sync::sync(run, std::slice::from_ref(library)))?;
        for synced in &synced.libraries {
            if request.quiet {
                report.detail(&account::of(synced));
            } else {
                report.say(&account::of(synced));
            }
            log.as_mut().map_or(Ok(()), |log| log.add(synced, &story.cache))?;
        }
        for (id, _) in &synced.failures {
            let held = story.cache.library(id)?.library;
            // Of a single library that has no copy the error itself says enough.
            if held.is_some() || wanted.len() > 1 {
                report.say(&account::of_failure(id, held.as_ref(), story.clock.now().as_secs()));
            }
        }
        outcome.libraries.extend(synced.libraries);
        outcome.failures.extend(synced.failures);
    }
    Ok(outcome)
}

/// Prints what a sync would ask, one request in a line; lines that begin with `#` are words.
fn dry_run(config: &Config, request: &Request, report: &Report) -> Result<(), Failure> {
    let wanted = wanted(config, request)?;
    let story = Story::begin(config, request, report)?;
    let mut requests = 0;
    for library in wanted {
        let plan = story.with(library, report, sync::plan)?;
        report.data(&format!("# {} ({})\n", printable(&plan.name), plan.id));
        plan.lines.iter().for_each(|line| report.data(&format!("{}\n", printable(&line.to_string()))));
        requests += plan.lines.iter().filter(|line| matches!(line, Line::Request(_))).count();
    }
    report.say(&format!("{} known beforehand; nothing was sent", counted(requests, "request")));
    Ok(())
}

/// What all libraries of a run share.
struct Story<'a> {
    config: &'a Config,
    manner: Manner,
    cache: Cache,
    clock: Clock,
    http: Arc<Http>,
}

impl<'a> Story<'a> {
    fn begin(config: &'a Config, request: &Request, report: &Report) -> Result<Self, Failure> {
        let cache = Cache::open(&config.cache())?;
        report.problems(cache.problem());
        let network = Network::default();
        let clock = network.clock.clone();
        Ok(Self { config, manner: request.manner, cache, clock, http: Arc::new(Http::new(network)) })
    }

    fn with<T>(
        &self,
        library: &Library,
        report: &Report,
        then: impl FnOnce(sync::Run<'_>, &sync::Library) -> Result<T, SyncError>,
    ) -> Result<T, Failure> {
        let settings = library.settings.clone();
        let source = Source::new(&settings, library.key.clone(), &self.config.root, &self.http)?;
        let rules = Rules { config: self.config, kind: settings.kind };
        let run = sync::Run {
            cache: &self.cache,
            rules: &rules,
            settings: &self.config.file.sync,
            clock: &self.clock,
            report,
            manner: self.manner,
        };
        Ok(then(run, &sync::Library { settings, source })?)
    }
}

/// Fails the command if a library could not be brought up to date. The last failure ends it, those before are told here.
pub(super) fn conclude(mut failures: Vec<(LibraryId, SyncError)>, report: &Report) -> Result<(), Failure> {
    let last = failures.pop();
    failures.iter().for_each(|(_, error)| report.failure(error));
    last.map_or(Ok(()), |(_, error)| Err(error.into()))
}

/// The libraries that are asked for, in the order of the settings.
fn wanted<'a>(config: &'a Config, request: &Request) -> Result<Vec<&'a Library>, UnknownLibrary> {
    let all = || config.libraries.iter();
    if let Some(name) = request.libraries.iter().find(|name| !all().any(|library| is_called(library, name))) {
        return Err(unknown(config, name));
    }
    let asked_for = |library: &&Library| {
        request.libraries.is_empty() || request.libraries.iter().any(|name| is_called(library, name))
    };
    Ok(all().filter(asked_for).collect())
}

/// The position of a library among those of the settings, by its id or its name.
pub(super) fn position(config: &Config, name: &str) -> Result<usize, UnknownLibrary> {
    let position = config.libraries.iter().position(|library| is_called(library, name));
    position.ok_or_else(|| unknown(config, name))
}

fn unknown(config: &Config, name: &str) -> UnknownLibrary {
    let known = config.libraries.iter().map(|library| library.settings.library().to_string()).collect();
    UnknownLibrary { name: name.to_owned(), known }
}

fn is_called(library: &Library, name: &str) -> bool {
    let id = library.settings.library();
    name == id.id || name == id.to_string() || library.settings.name.as_deref() == Some(name)
}
