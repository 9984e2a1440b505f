//! Which files are wanted, their public names, whether their hashes are right.
//!
//! Opens nothing: the store names files by the hash of their content, so a file that is there under the hash which the
//! record names is the right one. Nothing that could run in a reader's browser is ever published.

mod media;
mod name;
mod settings;

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use serde_json::Value;

use crate::bibliography::library::{Attachment, Item, ItemIndex, Library};
use crate::report::{Kind, Level, Problem};
use crate::zotero::cache::{Snapshot, StoredFile};
use crate::zotero::record::{ItemKey, LinkMode, Record};

pub use self::settings::{BadSize, Rules, Settings};

/// A file that the site gives out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Published {
    pub item: ItemIndex,
    pub attachment: ItemKey,
    /// Its name in the item's folder: safe on every system, unique in the folder.
    pub name: String,
    /// `application/pdf`
    pub media_type: String,
    /// In bytes.
    pub size: u64,
    /// Where its bytes are.
    pub source: PathBuf,
}

/// The files that the site gives out, by item.
#[derive(Debug, Default)]
pub struct Files {
    by_item: BTreeMap<ItemIndex, Vec<Published>>,
}

impl Files {
    /// The files of an item, in the order of its attachments, images of its notes last.
    #[must_use]
    pub fn of(&self, item: ItemIndex) -> &[Published] {
        self.by_item.get(&item).map(Vec::as_slice).unwrap_or_default()
    }

    /// All files, by item.
    pub fn all(&self) -> impl Iterator<Item = &Published> {
        self.by_item.values().flatten()
    }

    /// The file of one attachment.
    #[must_use]
    pub fn find(&self, item: ItemIndex, attachment: ItemKey) -> Option<&Published> {
        self.of(item).iter().find(|file| file.attachment == attachment)
    }
}

impl FromIterator<Published> for Files {
    fn from_iter<T: IntoIterator<Item = Published>>(published: T) -> Self {
        let mut files = Self::default();
        for file in published {
            files.by_item.entry(file.item).or_default().push(file);
        }
        files
    }
}

static NOT_GIVEN: Kind = Kind {
    id: "attachment-not-given",
    level: Level::Note,
    one: "a file is left out, its library does not have it or does not give it",
    many: "{n} files are left out, their libraries do not have them or do not give them",
    hint: Some(
        "Zotero has what file syncing uploaded, not what WebDAV keeps, and gives files of groups to members only; \
         `zbib sync --retry-files` asks again. A folder has them as `files/KEY/NAME`, and their `md5` in the record",
    ),
};
static MISSING: Kind = Kind {
    id: "attachment-missing",
    level: Level::Warning,
    one: "a file is left out, its bytes are not there or not the ones Zotero's record names",
    many: "{n} files are left out, their bytes are not there or not the ones Zotero's records name",
    hint: Some("the next `zbib sync` tries again; run it when Zotero has finished uploading"),
};
static TOO_BIG: Kind = Kind {
    id: "attachment-too-big",
    level: Level::Warning,
    one: "a file is left out, it is larger than `attachments.max-size`",
    many: "{n} files are left out, they are larger than `attachments.max-size`",
    hint: Some("raise `attachments.max-size` in zbib.toml to publish them"),
};
static OVER_BUDGET: Kind = Kind {
    id: "attachment-budget",
    level: Level::Warning,
    one: "a file is left out, all files together exceed `attachments.budget`",
    many: "{n} files are left out, all files together exceed `attachments.budget`; the largest went first",
    hint: Some("raise `attachments.budget` in zbib.toml if your host allows it; GitHub Pages takes 1 GB"),
};

/// Whether the bytes of a raw attachment are worth fetching, as far as its record tells.
#[must_use]
pub fn is_wanted(record: &Record, rules: &Rules) -> bool {
    if !rules.publishes() || !record.link_mode.is_some_and(LinkMode::stored) {
        return false;
    }
    let data = record.data();
    let text = |name: &str| data.get(name).and_then(Value::as_str).unwrap_or_default();
    let image = record.link_mode == Some(LinkMode::EmbeddedImage);
    media::published(text("contentType"), text("filename"), rules, image).is_some() && !text("md5").is_empty()
}

/// Decides which files the site gives out.
#[must_use]
pub fn plan(library: &Library, snapshot: &Snapshot, rules: &Rules) -> (Files, Vec<Problem>) {
    let mut files = Files::default();
    let mut problems = Vec::new();
    if rules.publishes() {
        for (index, item) in library.indexed() {
            let library = snapshot.libraries.get(item.holding);
            let find = |attachment: &Attachment| {
                let stored = library.and_then(|library| library.files.get(&attachment.md5?));
                stored.ok_or_else(|| {
                    library.is_some_and(|library| library.state.files_refused.contains_key(&attachment.key))
                })
            };
            let published = of_item(index, item, rules, &find, &mut problems);
            if !published.is_empty() {
                files.by_item.insert(index, published);
            }
        }
        keep_budget(&mut files, rules, &mut problems);
    }
    (files, problems)
}

/// Finds a stored file; without one, says whether Zotero refused it.
type Find<'a> = dyn Fn(&Attachment) -> Result<&'a StoredFile, bool> + 'a;

fn of_item<'a>(
    index: ItemIndex,
    item: &'a Item,
    rules: &Rules,
    find: &Find<'a>,
    problems: &mut Vec<Problem>,
) -> Vec<Published> {
    let mut taken = BTreeSet::new();
    let mut published = Vec::new();
    let images = item.notes.iter().flat_map(|note| &note.images);
    for attachment in item.attachments.iter().chain(images) {
        let image = attachment.link_mode == LinkMode::EmbeddedImage;
        let stored = attachment.link_mode.stored();
        let media_type = media::published(&attachment.content_type, &attachment.filename, rules, image);
        let (true, Some(media_type)) = (stored, media_type) else { continue };
        let place = format!("{} {:?}", attachment.key, attachment.filename);
        let file = match find(attachment) {
            Ok(file) => file,
            Err(refused) => {
                problems.push(missing(attachment, place, refused));
                continue;
            }
        };
        if file.size > rules.max_size() {
            problems.push(Problem::new(&TOO_BIG, place, format!("{} bytes", file.size)));
            continue;
        }
        let name = name::public(attachment, item.key, media_type, &mut taken);
        let (size, source) = (file.size, file.path.clone());
        published.push(Published {
            item: index,
            attachment: attachment.key,
            name,
            media_type: media_type.to_owned(),
            size,
            source,
        });
    }
    published
}

fn missing(attachment: &Attachment, place: String, refused: bool) -> Problem {
    match &attachment.md5 {
        Some(md5) if !refused => Problem::new(&MISSING, place, format!("expected md5 {md5}")),
        _ => Problem::new(&NOT_GIVEN, place, ""),
    }
}

/// Leaves out the largest files until the rest fits.
fn keep_budget(files: &mut Files, rules: &Rules, problems: &mut Vec<Problem>) {
    let mut total: u64 = files.all().map(|file| file.size).sum();
    let mut by_size: Vec<_> = files.all().map(|file| (file.size, file.item, file.attachment)).collect();
    by_size.sort();
    while total > rules.budget() {
        let Some((size, item, attachment)) = by_size.pop() else { break };
        total -= size;
        if let Some(list) = files.by_item.get_mut(&item) {
            list.retain(|file| file.attachment != attachment);
        }
        problems.push(Problem::new(&OVER_BUDGET, attachment.to_string(), format!("{size} bytes")));
    }
}
