//! Finding in the terminal, on the very files that readers' browsers load.

use tinysearch::{PostId, Storage, StorageError};

use super::manifest::{FIRST, MANIFEST, Manifest};
use super::{analysis, spelling::spell};
use crate::report::Hint;

/// A record that was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hit {
    /// The record's key.
    pub key: String,
    /// Plain; empty if the record has none.
    pub title: String,
    /// "Shannon 1948".
    pub name: String,
    /// The address of its page as seen from the site's root: `items/9ABCDEFG/`.
    pub address: String,
}

/// Search data that cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum FindError {
    #[error("the list of search data (`{MANIFEST}`) cannot be read")]
    Manifest(#[source] serde_json::Error),
    #[error("the search data have format {0}, which this version of zbib does not know")]
    Format(u32),
    #[error("the quick finder's index (`{FIRST}` or a further part) is damaged")]
    Index(#[source] StorageError),
}

impl Hint for FindError {
    fn hint(&self) -> Option<String> {
        Some("`zbib build` writes it anew".to_owned())
    }
}

/// The names of the index's parts in their order, out of a manifest.
pub fn parts(manifest: &[u8]) -> Result<Vec<String>, FindError> {
    let manifest: Manifest = serde_json::from_slice(manifest).map_err(FindError::Manifest)?;
    match manifest.is_known() {
        true => Ok(manifest.quick.into_iter().map(|part| part.file).collect()),
        false => Err(FindError::Format(manifest.format)),
    }
}

/// The records that have every word of the query, best first: those with the words in their titles, then the newest.
///
/// A word of three letters or more is also found as the beginning of a longer one.
pub fn find<B: AsRef<[u8]>>(parts: &[B], query: &str) -> Result<Vec<Hit>, FindError> {
    let words: Vec<String> = analysis::tokens(query).iter().map(|word| spell(word)).collect();
    let mut ranked = Vec::new();
    for part in parts {
        let index = Storage::from_bytes(part.as_ref()).map_err(FindError::Index)?.filters;
        let found = |word: &String| tinysearch::search(&index, word, usize::MAX);
        let mut each: Vec<Vec<&PostId>> = words.iter().map(found).collect();
        for posts in &mut each {
            posts.sort_unstable_by_key(|post| &post.url);
        }
        let all = tinysearch::search(&index, &words.join(" "), usize::MAX);
        let has_all =
            |post: &&PostId| each.iter().all(|posts| posts.binary_search_by_key(&&post.url, |post| &post.url).is_ok());
        ranked.extend(all.into_iter().filter(has_all).map(|post| (rank(post, &words), hit(post))));
    }
    ranked.sort_by(|(a, _), (b, _)| b.cmp(a));
    Ok(ranked.into_iter().map(|(_, hit)| hit).collect())
}

/// The crate's own score, which it keeps to itself and which parts have to be merged by.
fn rank(post: &PostId, words: &[String]) -> usize {
    let title = post.title.to_lowercase();
    let title: Vec<&str> = title.split(|c: char| !(c.is_alphabetic() || c == '\'')).collect();
    let score = |word: &String| {
        let long = word.chars().count() >= tinysearch::MIN_PREFIX_LEN;
        match title.contains(&word.as_str()) {
            true => 3,
            false => 1 + usize::from(long && title.iter().any(|known| known.starts_with(word.as_str()))),
        }
    };
    words.iter().map(score).sum()
}

fn hit(post: &PostId) -> Hit {
    let key = post.url.trim_end_matches('/').rsplit('/').next().unwrap_or_default().to_owned();
    Hit { key, title: post.title.clone(), name: post.meta.clone(), address: post.url.clone() }
}
