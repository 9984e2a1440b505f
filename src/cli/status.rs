//! `zbib status`: what is cached and what is published.

use clap::Args;
use serde_json::json;

use crate::cli::{Context, Failure};
use crate::config::Config;
use crate::report::{Report, counted};
use crate::website::writer;
use crate::zotero::cache::{self, CacheError, LibrarySnapshot};
use crate::zotero::record::LibraryId;

/// Tell what the cache holds and whether there is a site
#[derive(Debug, Args)]
pub(super) struct Status {
    /// As JSON, for scripts
    #[arg(long)]
    json: bool,
}

pub(super) fn run(arguments: &Status, context: &Context<'_>) -> Result<(), Failure> {
    let config = Config::load(&context.arguments.request(Vec::new()), context.environment)?;
    let mut libraries = Vec::new();
    for id in config.library_ids() {
        libraries.push(library(&config, id, context.report)?);
    }
    let output = config.output();
    let site = writer::holds_site(&output);
    if arguments.json {
        let libraries: Vec<_> = libraries.iter().filter_map(|library| library.as_ref().ok()).map(object).collect();
        let status = json!({ "libraries": libraries, "output": output, "built": site });
        context.report.data(&format!("{status:#}\n"));
        return Ok(());
    }
    for library in &libraries {
        let line = library.as_ref().map_or_else(|id| format!("{id}: nothing yet, `zbib sync` fetches it"), line);
        context.report.data(&format!("{line}\n"));
    }
    let built = if site { "holds a site" } else { "holds no site yet" };
    context.report.data(&format!("{} {built}\n", output.display()));
    Ok(())
}

/// What the cache holds of one library; its id, if that is nothing.
fn library(config: &Config, id: LibraryId, report: &Report) -> Result<Result<LibrarySnapshot, LibraryId>, CacheError> {
    match cache::load(&config.cache(), std::slice::from_ref(&id)) {
        Ok(mut snapshot) => {
            report.problems(snapshot.problems);
            Ok(snapshot.libraries.pop().ok_or(id))
        }
        Err(CacheError::NotSynced { .. }) => Ok(Err(id)),
        Err(error) => Err(error),
    }
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
        "{} ({}): version {}, {} ({} withheld), {}, {}{damaged}",
        library.name,
        library.id,
        library.state.version,
        counted(library.records.len(), "record"),
        withheld(library),
        counted(library.collections.len(), "collection"),
        counted(library.files.len(), "file")
    )
}

fn withheld(library: &LibrarySnapshot) -> usize {
    library.records.iter().filter(|record| record.withheld).count()
}
