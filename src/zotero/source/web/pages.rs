//! The items of a library, in pages or by key.

use std::collections::VecDeque;
use std::sync::Arc;

use serde_json::value::RawValue;
use tokio::task::JoinSet;

use crate::zotero::record::{CollectionRecord, LibraryVersion, NotARecord, Record, Skipped};
use crate::zotero::source::one_line::one_line;
use crate::zotero::source::web::Web;
use crate::zotero::source::web::http::shown;
use crate::zotero::source::web::luck::Luck;
use crate::zotero::source::web::question::Question;
use crate::zotero::source::{Fault, SourceError};

/// What the API gives at once at most.
const PAGE: u64 = 100;
/// As many pages wait at once: more than may be in flight, so that the next is asked for while one is read.
pub(super) const AT_ONCE: usize = 8;
/// After so many pages in a row without an answer nothing more is asked: as many as may be in flight, but one.
const IN_A_ROW: usize = 3;

/// Where a page starts in its list, and how many it asks for.
pub type Range = (u64, u64);

/// Records as one answer brought them.
#[derive(Debug)]
pub struct Page {
    /// None for records asked for by key.
    pub range: Option<Range>,
    /// The library's version with this answer.
    pub version: LibraryVersion,
    /// How long the list was.
    pub total: u64,
    pub records: Vec<Record>,
    /// What in it was no record.
    pub skipped: Vec<Skipped>,
}

/// How the items are asked for.
#[derive(Clone, Copy, Debug)]
pub struct Items {
    /// Those that changed after this version; 0 for all.
    pub since: LibraryVersion,
    /// Only if the library is newer than this.
    pub unless_newer_than: Option<LibraryVersion>,
}

/// An array of objects, each as its text.
pub(in crate::zotero::source) type Objects = Vec<Box<RawValue>>;

impl Web {
    /// All pages of the items but those that are `held` already, each given to `taken` as it comes.
    ///
    /// Pages are counted by what was asked for, never by what came: an answer may leave out what the key may not see. A
    /// page that is too heavy is asked for in halves. One that stays unanswered while others are not is left out: who
    /// asks counts what came. False when the library was not newer than the condition.
    ///
    /// # Errors
    /// When no page can be had, or `taken` fails.
    pub async fn items<E: From<SourceError>>(
        self: &Arc<Self>,
        items: Items,
        held: &[Range],
        held_total: Option<u64>,
        mut taken: impl FnMut(Page) -> Result<(), E>,
    ) -> Result<bool, E> {
        let mut ranges = Ranges::new(held, held_total);
        let mut running = JoinSet::new();
        let mut luck = Luck::new(IN_A_ROW);
        loop {
            while running.len() < AT_ONCE {
                let Some(range) = ranges.next() else { break };
                let web = Arc::clone(self);
                running.spawn(async move { (range, web.page(items, range).await) });
            }
            let Some(done) = running.join_next().await else { break };
            let (range, answer) = done.map_err(|_| SourceError::Unusable { source: stopped(self) })?;
            match answer {
                Ok(None) => return Ok(false),
                Ok(Some(page)) => {
                    luck.answered();
                    ranges.learn(page.total);
                    taken(page)?;
                }
                Err(error) if error.is_heavy() && range.1 > 1 => ranges.halve(range),
                Err(error) => luck.unanswered(error)?,
            }
        }
        luck.end()?;
        Ok(true)
    }

    /// The pages that are asked for first: all but those that are `held`, or the first of a list of unknown length.
    #[must_use]
    pub fn first_pages(held: &[Range], held_total: Option<u64>) -> Vec<Range> {
        let mut ranges = Ranges::new(held, held_total);
        std::iter::from_fn(|| ranges.next()).collect()
    }

    async fn page(&self, items: Items, range: Range) -> Result<Option<Page>, SourceError> {
        let ask = self.asking(Question::Items(items, range));
        let Some(answer) = self.http.json::<Objects>(&ask).await? else { return Ok(None) };
        let missing_header = |what: &str| SourceError::Unusable {
            source: Fault::Content { url: shown(&ask.url), what: format!("a list without {what}") },
        };
        let version = answer.version.ok_or_else(|| missing_header("the library's version"))?;
        let total = answer.total.ok_or_else(|| missing_header("its length"))?;
        let (records, skipped) = records(&answer.body);
        Ok(Some(Page { range: Some(range), version, total, records, skipped }))
    }
}

/// The pages of a list that are still to be asked for.
struct Ranges {
    waiting: VecDeque<Range>,
    held: Vec<Range>,
    /// How long the list is, once that is known: until then only its first page is asked for.
    total: u64,
    /// How many records are asked for at once.
    size: u64,
}

impl Ranges {
    fn new(held: &[Range], total: Option<u64>) -> Self {
        let total = total.unwrap_or(PAGE);
        Self { waiting: missing(held, total).into(), held: held.to_vec(), total, size: PAGE }
    }

    fn next(&mut self) -> Option<Range> {
        let (start, limit) = self.waiting.pop_front()?;
        let now = limit.min(self.size);
        if now < limit {
            self.waiting.push_front((start + now, limit - now));
        }
        Some((start, now))
    }

    /// The list is that long.
    fn learn(&mut self, total: u64) {
        if total > self.total {
            self.held.push((0, self.total));
            self.waiting.extend(missing(&self.held, total));
            self.total = total;
        }
    }

    /// `range` was too heavy, and so would be others of its size.
    fn halve(&mut self, range: Range) {
        self.size = (range.1 / 2).max(1);
        self.waiting.push_front(range);
    }
}

/// Records and what was none.
pub(in crate::zotero::source) fn records(objects: &Objects) -> (Vec<Record>, Vec<Skipped>) {
    parsed(objects, Record::parse)
}

/// Collections and what was none.
pub(in crate::zotero::source) fn collections(objects: &Objects) -> (Vec<CollectionRecord>, Vec<Skipped>) {
    parsed(objects, CollectionRecord::parse)
}

fn parsed<T>(objects: &Objects, parse: impl Fn(&str) -> Result<T, NotARecord>) -> (Vec<T>, Vec<Skipped>) {
    let mut read = Vec::with_capacity(objects.len());
    let mut skipped = Vec::new();
    for object in objects {
        let line = one_line(object.get());
        match parse(&line) {
            Ok(object) => read.push(object),
            Err(reason) => skipped.push(Skipped::new(line.into_owned(), &reason)),
        }
    }
    (read, skipped)
}

pub(super) fn not_asked_for(url: &url::Url) -> SourceError {
    SourceError::Unusable { source: Fault::Status { url: shown(url), status: 304 } }
}

pub(super) fn stopped(web: &Web) -> Fault {
    Fault::Content { url: shown(&web.base), what: "nothing, the request was stopped".to_owned() }
}

/// The parts of the first `total` places that are not `held`, in pages.
fn missing(held: &[Range], total: u64) -> Vec<Range> {
    let mut held = held.to_vec();
    held.sort_unstable();
    let mut ranges = Vec::new();
    let mut at = 0;
    for (start, limit) in held.into_iter().chain([(total, 0)]) {
        let end = start.min(total);
        while at < end {
            let size = (end - at).min(PAGE);
            // A page at the end asks for a full one: more may have come.
            ranges.push((at, if at + size == total { PAGE } else { size }));
            at += size;
        }
        at = at.max(start + limit);
    }
    ranges
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_not_held_is_asked_for() {
        assert_eq!(missing(&[], 100), [(0, 100)]);
        assert_eq!(missing(&[], 250), [(0, 100), (100, 100), (200, 100)]);
        assert_eq!(missing(&[(0, 100)], 250), [(100, 100), (200, 100)]);
        assert_eq!(missing(&[(200, 100), (0, 50), (50, 50)], 250), [(100, 100)]);
        assert!(missing(&[(0, 100)], 0).is_empty() && missing(&[(0, 100)], 100).is_empty());
    }
}
