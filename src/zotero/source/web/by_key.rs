//! Items by their keys: few at once, and one broken record costs no other.

use std::collections::{BTreeSet, VecDeque};
use std::sync::Arc;
use std::time::Duration;

use tokio::task::JoinSet;

use crate::zotero::record::{ItemKey, LibraryVersion};
use crate::zotero::source::web::Web;
use crate::zotero::source::web::http::{Answer, shown};
use crate::zotero::source::web::luck::Luck;
use crate::zotero::source::web::pages::{AT_ONCE, Objects, Page, not_asked_for, records, stopped};
use crate::zotero::source::web::question::Question;
use crate::zotero::source::{Fault, SourceError};

/// How many keys one request may name, by the documentation.
pub const KEYS: usize = 50;
/// How often is tried to get the halves of what could not be had whole.
const FEW_ATTEMPTS: u32 = 2;
/// After so many questions in a row without an answer nothing more is asked.
const IN_A_ROW: usize = 8;
/// How often a replica that is behind is asked again, and the wait before the first time; each further one is twice as long.
const BEHIND: u32 = 3;
pub(super) const CATCH_UP: Duration = Duration::from_secs(5);
/// So many records may vanish between a list and the asking for them.
const FEW: usize = 5;

/// Keys that are asked for at once.
#[derive(Clone)]
struct Chunk {
    keys: Vec<ItemKey>,
    /// How often is tried to get an answer.
    attempts: u32,
    /// How often the answer was an old one.
    behind: u32,
}

impl Web {
    /// The items with these keys, at most fifty a request, as they are in the library at the version `as_of` or later: an
    /// answer from a replica that is behind is not believed. What is gone or hidden is not among them. Gives the keys of
    /// those that Zotero could not give, though it answered for others: one broken record costs no other.
    ///
    /// # Errors
    /// When Zotero answers no more, or `taken` fails.
    pub async fn items_by_key<E: From<SourceError>>(
        self: &Arc<Self>,
        keys: &BTreeSet<ItemKey>,
        as_of: LibraryVersion,
        mut taken: impl FnMut(Page) -> Result<(), E>,
    ) -> Result<BTreeSet<ItemKey>, E> {
        let keys: Vec<_> = keys.iter().copied().collect();
        let whole = |keys: &[ItemKey]| Chunk { keys: keys.to_vec(), attempts: u32::MAX, behind: 0 };
        let mut waiting: VecDeque<_> = keys.chunks(KEYS).map(whole).collect();
        let mut running = JoinSet::new();
        let mut luck = Luck::new(IN_A_ROW);
        let mut unanswered = BTreeSet::new();
        loop {
            while running.len() < AT_ONCE {
                let Some(chunk) = waiting.pop_front() else { break };
                let web = Arc::clone(self);
                running.spawn(async move {
                    let answer = web.chunk(&chunk).await;
                    (chunk, answer)
                });
            }
            let Some(done) = running.join_next().await else { return Ok(unanswered) };
            let (chunk, answer) = done.map_err(|_| SourceError::Unusable { source: stopped(self) })?;
            let size = chunk.keys.len();
            match answer {
                Ok(page) if page.version < as_of && chunk.behind == BEHIND => unanswered.extend(chunk.keys),
                Ok(page) if page.version < as_of => waiting.push_back(Chunk { behind: chunk.behind + 1, ..chunk }),
                Ok(page) => {
                    luck.answered();
                    taken(page)?;
                }
                Err(error) if size > 1 && (error.is_heavy() || error.is_unanswered()) => {
                    luck.unanswered_or_heavy(error)?;
                    let halves = chunk.keys.chunks(size.div_ceil(2));
                    waiting.extend(halves.map(|keys| Chunk { attempts: FEW_ATTEMPTS, ..whole(keys) }));
                }
                Err(error) => {
                    luck.unanswered(error)?;
                    unanswered.extend(chunk.keys);
                }
            }
        }
    }

    async fn chunk(&self, chunk: &Chunk) -> Result<Page, SourceError> {
        if let Some(doubled) = chunk.behind.checked_sub(1) {
            self.http.clock().wait(CATCH_UP * 2_u32.pow(doubled)).await;
        }
        let keys = &chunk.keys;
        let mut ask = self.asking(Question::ItemsByKey(keys));
        (ask.attempts, ask.splittable) = (chunk.attempts, keys.len() > 1);
        let answer: Answer<Objects> = self.http.json(&ask).await?.ok_or_else(|| not_asked_for(&ask.url))?;
        let (mut records, mut skipped) = records(&answer.body);
        // A list without a valid key would bring the whole library's first page.
        records.retain(|record| keys.contains(&record.key));
        skipped.retain(|skipped| skipped.listed().is_some_and(|(key, _)| keys.contains(&key)));
        if records.is_empty() && skipped.is_empty() && keys.len() > FEW {
            let what = format!("none of {} records it listed before", keys.len());
            return Err(SourceError::Unusable { source: Fault::Content { url: shown(&ask.url), what } });
        }
        Ok(Page {
            range: None,
            version: answer.version.unwrap_or_default(),
            total: records.len() as u64,
            records,
            skipped,
        })
    }
}
