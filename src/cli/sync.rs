//! `zbib sync`: from Zotero to the cache.

use std::sync::Arc;

use clap::Args;

use crate::bibliography::attachment;
use crate::cli::failure::UnknownLibrary;
use crate::cli::{Context, Failure};
use crate::config::{Config, Library};
use crate::report::{Report, counted};
use crate::sync::{self, Manner, Outcome, Synced, Withheld};
use crate::zotero::cache::Cache;
use crate::zotero::record::{CollectionRecord, LibraryKind, Record};
use crate::zotero::source::Source;
use crate::zotero::source::web::{Http, Network};

/// Bring the cached copy of the library up to date
#[derive(Debug, Args)]
pub(super) struct Sync {
    /// Ask for everything again
    #[arg(long)]
    full: bool,
    /// Only this library: its id, or its name in the settings
    #[arg(long, value_name = "NAME")]
    library: Option<String>,
}

/// Which libraries are synced, and how.
#[derive(Debug, Default)]
pub(super) struct Request {
    library: Option<String>,
    manner: Manner,
}

pub(super) fn run(arguments: &Sync, context: &Context<'_>) -> Result<(), Failure> {
    let config = Config::load(&context.arguments.request(Vec::new()), context.environment)?;
    let manner = Manner { full: arguments.full, ..Manner::default() };
    sync(&config, &Request { library: arguments.library.clone(), manner }, context.report)
}

/// Brings every library up to date. One that fails does not stop the others, but fails the command.
pub(super) fn sync(config: &Config, request: &Request, report: &Report) -> Result<(), Failure> {
    let wanted: Vec<_> = config.libraries.iter().filter(|library| is_wanted(library, request)).collect();
    if let (true, Some(name)) = (wanted.is_empty(), &request.library) {
        let known = config.libraries.iter().map(|library| library.settings.library().to_string()).collect();
        return Err(UnknownLibrary { name: name.clone(), known }.into());
    }
    let cache = Cache::open(&config.cache())?;
    let network = Network::default();
    let clock = network.clock.clone();
    let http = Arc::new(Http::new(network));
    let mut outcome = Outcome::default();
    for library in wanted {
        let source = Source::new(&library.settings, library.key.clone(), &config.root, &http)?;
        let rules = Rules { config, kind: library.settings.kind };
        let run = sync::Run {
            cache: &cache,
            rules: &rules,
            settings: &config.file.sync,
            clock: &clock,
            report,
            manner: request.manner,
        };
        let synced = sync::sync(run, &[sync::Library { settings: library.settings.clone(), source }])?;
        synced.libraries.iter().for_each(|synced| report.say(&account(synced)));
        outcome.libraries.extend(synced.libraries);
        outcome.failures.extend(synced.failures);
    }
    // The last failure ends the command; those before it are told here.
    let last = outcome.failures.pop();
    outcome.failures.iter().for_each(|(_, error)| report.failure(error));
    last.map_or(Ok(()), |(_, error)| Err(error.into()))
}

fn is_wanted(library: &Library, request: &Request) -> bool {
    let Some(wanted) = &request.library else { return true };
    let settings = &library.settings;
    *wanted == settings.id || *wanted == settings.library().to_string() || settings.name.as_ref() == Some(wanted)
}

/// What was done for one library, in a line.
fn account(synced: &Synced) -> String {
    let counts = synced.counts;
    let same = counts.added + counts.changed + counts.removed == 0 && synced.files == 0;
    if synced.unchanged || same {
        return format!("{}: nothing new at version {}", synced.name, synced.version);
    }
    format!(
        "{}: version {}, {} ({} added, {} changed, {} removed), {}, {} fetched",
        synced.name,
        synced.version,
        counted(counts.records, "record"),
        counts.added,
        counts.changed,
        counts.removed,
        counted(counts.collections, "collection"),
        counted(synced.files, "file")
    )
}

/// The owner's rules for one library, as a sync asks for them.
struct Rules<'a> {
    config: &'a Config,
    kind: LibraryKind,
}

impl sync::Rules for Rules<'_> {
    fn withheld(&self, records: &[Record], collections: &[CollectionRecord]) -> Withheld {
        let verdicts = self.config.publish.judge(self.kind, records, collections);
        let withheld = |record: &&Record| !verdicts.publishes(record.key);
        let hidden = |collection: &&CollectionRecord| !verdicts.publishes_collection(collection.key);
        Withheld {
            records: records.iter().filter(withheld).map(|record| record.key).collect(),
            collections: collections.iter().filter(hidden).map(|collection| collection.key).collect(),
        }
    }

    fn excluded_tag(&self, name: &str) -> bool {
        self.config.publish.drops_tag(name)
    }

    fn file_wanted(&self, record: &Record) -> bool {
        attachment::is_wanted(record, &self.config.attachments)
    }

    fn text_wanted(&self, record: &Record) -> bool {
        self.file_wanted(record)
    }

    fn fingerprint(&self) -> String {
        self.config.rules_fingerprint()
    }
}
