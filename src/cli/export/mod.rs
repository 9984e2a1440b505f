//! `zbib export`: records as a file for other programs, the same bytes as the site has.

mod choice;
mod collection;
mod failure;
mod target;

use std::path::PathBuf;

use clap::Args;
use clap::builder::{PossibleValuesParser, TypedValueParser};

use crate::bibliography::export::Format;
use crate::cli::publishing::Workshop;
use crate::cli::records::Scope;
use crate::cli::{Context, Failure, sync};
use crate::config::Config;
use crate::report::{Report, counted};
use crate::website::download;
use crate::zotero::cache::{self, CacheError};

pub(super) use self::failure::ExportFailure;

use self::choice::Choice;
use self::target::Target;

/// What `--help` adds. Scripts hold to it.
const NOTES: &str = "\
What comes out is what the site publishes, in the site's order and with the bytes of its files: without a filter \
`bibliography.bib`, with `--collection C` `collections/C/C.bib`, with one KEY `items/KEY/KEY.bib`; whole, where the site \
splits a large file.

A record must pass all filters. When none does, the file has no records, a note says so, and the exit code is 0. A KEY, \
collection or tag that is not there ends with 2; one that the rules do not publish, with 1.

Records come from the copy of the last `zbib sync`, libraries in files as they are now; nothing is asked of Zotero.

Examples:
  zbib export > references.bib                        everything as BibTeX
  zbib export -f biblatex -o thesis.bib --tag thesis  for LaTeX: replaced whole or not at all
  zbib export -f csl @turing1936 @shannon1948         two records by their citation keys
  zbib export -f ris --collection \"Maps / Old maps\"   a collection by its path";

/// Write published records to a file or stdout, in any of the site's formats
#[derive(Debug, Args)]
#[command(after_help = NOTES)]
pub(super) struct Export {
    /// Only these records: Zotero's keys, or citation keys, with `@` if a key of Zotero's is written the same
    #[arg(value_name = "KEY")]
    keys: Vec<String>,
    /// The format
    #[arg(short, long, value_name = "FORMAT", default_value = Format::Bibtex.name(), value_parser = formats())]
    format: Format,
    /// Only records of this collection and its parts, by its key, its name or its path, "Maps / Old maps"; a path that
    /// begins with "/" begins at the top
    #[arg(long, value_name = "COLLECTION")]
    collection: Option<String>,
    /// Only records with this tag; given several times, with all of them
    #[arg(long = "tag", value_name = "TAG")]
    tags: Vec<String>,
    /// Only records of this library, by its id or its name in the settings
    #[arg(long, value_name = "NAME")]
    library: Option<String>,
    /// The file; `-` is stdout
    #[arg(short, long, value_name = "FILE", default_value = "-")]
    output: PathBuf,
}

/// The names in the catalogue, which shells complete.
fn formats() -> impl TypedValueParser<Value = Format> {
    let named = |name: String| Format::ALL.into_iter().find(|format| format.name() == name).ok_or("no format");
    PossibleValuesParser::new(Format::ALL.map(Format::name)).try_map(named)
}

pub(super) fn run(arguments: &Export, context: &Context<'_>) -> Result<(), Failure> {
    let target = Target::new(&arguments.output, arguments.format)?;
    let report = context.report;
    let config = Config::load(&context.arguments.request(Vec::new()), context.environment)?;
    let library = arguments.library.as_deref().map(|name| sync::position(&config, name)).transpose()?;
    let workshop = Workshop::open(&config, report)?;
    read_files(&config, report)?;
    let snapshot = report.stage("reading the cache", || cache::load(&config.cache(), &config.library_ids()))?;
    report.problems(snapshot.problems.iter().cloned());
    let (text, records) = workshop.downloads(&config, &snapshot, report, |downloads| {
        let scope = Scope { library, published: downloads.library, config: &config, snapshot: &snapshot };
        let asked = choice::Asked { arguments, scope, downloads };
        let Choice { items, place } = asked.choose()?;
        let text = report.stage("making the file", || download::text(arguments.format, &items, &place, downloads));
        Ok::<_, Failure>((text, items.len()))
    })?;
    target.write(text.as_bytes(), report)?;
    if records == 0 {
        report.say("note: no published record passes; the file has none");
    }
    if let Target::File(path) = &target {
        let label = arguments.format.label();
        report.say(&format!("{}: {} as {label}", path.display(), counted(records, "record")));
    }
    Ok(())
}

/// Brings the copies of libraries in files up to date, which takes no network. Where another process holds the cache,
/// such as a build in the background, the last copy does.
pub(super) fn read_files(config: &Config, report: &Report) -> Result<(), Failure> {
    let in_files = config.libraries.iter().filter(|library| library.settings.location().is_some());
    let names: Vec<_> = in_files.map(|library| library.settings.library().to_string()).collect();
    if names.is_empty() {
        return Ok(());
    }
    let request = sync::Request::quietly_of(names);
    match report.stage("reading files", || sync::sync(config, &request, &report.aside())) {
        Ok(outcome) => sync::conclude(outcome.failures, report),
        Err(Failure::Cache(error @ CacheError::Locked { .. })) => {
            report.say(&format!("note: {error}; libraries in files are as they were last read"));
            Ok(())
        }
        Err(failure) => Err(failure),
    }
}
