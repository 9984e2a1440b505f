//! What a sync would ask, told without asking: requests as far as the copy knows them, the rest in words.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

use crate::report::{counted, span};
use crate::sync::copy::Copy;
use crate::sync::staged::Staged;
use crate::sync::{Library, Run, SyncError, access, files, held, lacking};
use crate::zotero::record::{ItemKey, LibraryId, LibraryVersion};
use crate::zotero::source::Source;
use crate::zotero::source::web::{Items, KEYS, Planned, Question, Web};

/// What a sync of one library would ask.
#[derive(Clone, Debug)]
pub struct Plan {
    pub id: LibraryId,
    pub name: String,
    pub lines: Vec<Line>,
}

/// A step of a plan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Line {
    /// A request that would be sent just so.
    Request(Planned),
    /// What depends on the answers.
    Words(String),
}

/// Words begin with `# `, so that the requests can be told from them.
impl fmt::Display for Line {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Request(planned) => planned.fmt(f),
            Self::Words(words) => write!(f, "# {words}"),
        }
    }
}

/// What a sync of `library` would ask. Nothing is sent and nothing of the copy is changed.
///
/// # Errors
/// When the cache cannot be read.
pub fn plan(run: Run<'_>, library: &Library) -> Result<Plan, SyncError> {
    let id = library.settings.library();
    let mut copy = Copy::of(held(run, &id)?, &id, run);
    copy.check_source(&library.source);
    let lines = match (copy.fresh_for(library, run), &library.source) {
        (Some(left), _) => vec![words(format!("not due for {}: nothing", span(left.as_secs())))],
        (None, Source::File(_)) => vec![words("reads local files: no request")],
        (None, Source::Desktop(_)) => vec![words(
            "asks the Zotero program on this computer for what changed, and for all keys: nothing leaves this computer",
        )],
        (None, Source::Web(web)) => of_web(run, web, &mut copy)?,
    };
    copy.rename(library.settings.name.as_deref());
    Ok(Plan { id, name: copy.state.name, lines })
}

fn of_web(run: Run<'_>, web: &Arc<Web>, copy: &mut Copy) -> Result<Vec<Line>, SyncError> {
    let mut planning = Planning { run, web, copy, lines: Vec::new() };
    let only = run.manner.only;
    if only.records() {
        planning.records()?;
    }
    if only.texts() {
        planning.texts()?;
    }
    if only.files() {
        planning.files();
    }
    if only.records() && (only.texts() || only.files()) {
        planning.words(
            "then one for each file and full text that is new and published, and one more for each file's bytes",
        );
    }
    Ok(planning.lines)
}

struct Planning<'a> {
    run: Run<'a>,
    web: &'a Arc<Web>,
    copy: &'a mut Copy,
    lines: Vec<Line>,
}

impl Planning<'_> {
    fn ask(&mut self, question: Question<'_>) {
        self.lines.push(Line::Request(self.web.planned(question)));
    }

    fn words(&mut self, text: impl Into<String>) {
        self.lines.push(words(text));
    }

    fn records(&mut self) -> Result<(), SyncError> {
        let audit = self.copy.audit_due(self.run);
        if access::asks(self.web, self.copy, audit) {
            self.ask(Question::Rights);
        }
        let since = if self.web.is_whole_library() { self.copy.since() } else { LibraryVersion(0) };
        let mut staged = Staged::new(since, self.run.cache.journal(self.web.library()));
        let held = staged.resume()?;
        let conditional = self.copy.whole && !self.copy.rules_changed && staged.records.is_empty();
        let unless_newer_than = conditional.then_some(self.copy.state.version);
        let held_total = (!held.is_empty()).then_some(staged.total);
        for range in Web::first_pages(&held, held_total) {
            self.ask(Question::Items(Items { since, unless_newer_than }, range));
        }
        if held_total.is_none() {
            let of = if since.0 == 0 { "records of the library" } else { "changed records" };
            let when = unless_newer_than.map(|version| format!("if the library is newer than version {version}: "));
            self.words(format!("{}one more for each further 100 {of}", when.unwrap_or_default()));
        }
        let pending = std::mem::take(&mut self.copy.state.pending);
        self.pending(&pending, &staged.records.into_keys().collect::<Vec<_>>());
        self.lists(since, unless_newer_than);
        if audit {
            self.audit();
        }
        Ok(())
    }

    /// What an earlier sync could not get.
    fn pending(&mut self, pending: &BTreeMap<ItemKey, LibraryVersion>, came: &[ItemKey]) {
        let keys: Vec<_> = pending.keys().copied().filter(|key| !came.contains(key)).collect();
        keys.chunks(KEYS).for_each(|chunk| self.ask(Question::ItemsByKey(chunk)));
    }

    /// The lists beside the items: asked for when something changed, so in a quiet night only words.
    fn lists(&mut self, since: LibraryVersion, unless_newer_than: Option<LibraryVersion>) {
        if !self.web.is_whole_library() {
            return;
        }
        if let Some(version) = unless_newer_than {
            self.words(format!(
                "if the library is newer than version {version}: 4 more, for collections, deletions, settings and full texts"
            ));
            return;
        }
        let stubs = self.copy.collections.values().any(|collection| collection.withheld);
        let collections_since = if stubs && self.copy.rules_changed { LibraryVersion(0) } else { since };
        let texts_since = if since.0 == 0 || self.copy.rules_changed { LibraryVersion(0) } else { since };
        self.ask(Question::Collections(collections_since, 0));
        self.words("one more for each further 100 collections");
        if since.0 > 0 {
            self.ask(Question::Deleted(since));
        }
        self.ask(Question::Settings(texts_since));
        self.ask(Question::TextVersions(texts_since));
        if self.copy.whole && self.copy.rules_changed {
            self.words(format!("one for each {KEYS} records that earlier rules withheld and these publish"));
        }
    }

    fn audit(&mut self) {
        if self.web.is_group() {
            self.ask(Question::Group);
        }
        self.ask(Question::ItemVersions(LibraryVersion(0)));
        if self.web.is_whole_library() {
            self.ask(Question::CollectionVersions);
        }
        self.words(format!(
            "one for each {KEYS} records, and for the collections, that these lists have otherwise than the copy"
        ));
    }

    /// The texts that wait, but for those an earlier run has fetched.
    fn texts(&mut self) -> Result<(), SyncError> {
        let fetched = self.run.cache.journal(self.web.library()).texts()?;
        let fetched = |key: &ItemKey, version| fetched.get(key).is_some_and(|text| text.version >= version);
        let waiting: Vec<_> =
            lacking::texts(self.run, self.copy).filter(|(key, version)| !fetched(key, *version)).collect();
        waiting.into_iter().for_each(|(key, _)| self.ask(Question::Text(key)));
        Ok(())
    }

    fn files(&mut self) {
        let files = files::planned(self.run, self.web, self.copy);
        files.iter().for_each(|key| self.ask(Question::File(*key)));
        if !files.is_empty() {
            let bytes = counted(files.len(), "more request");
            self.words(format!("{bytes} for their bytes, from where Zotero says they are"));
        }
    }
}

fn words(text: impl Into<String>) -> Line {
    Line::Words(text.into())
}
