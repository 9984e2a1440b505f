//! Making the lists out of a library.

use std::collections::BTreeMap;

use crate::bibliography::library::{CollectionIndex, Item, ItemIndex, Library};
use crate::language::Collation;
use crate::website::outline::{List, ListIndex, ListKind, Memberships, Outline, Place, Settings, Subject};
use crate::zotero::schema::Labels;

/// Every list of a library, ordered as readers of the site's language expect.
#[must_use]
pub fn build(library: &Library, settings: &Settings, labels: &Labels, collation: &Collation) -> Outline {
    let mut outline = Outline { page_size: settings.page_size, newest: newest(library), ..Outline::default() };
    for (position, _) in (0..).zip(&library.collections) {
        outline.lists.push(collection(library, CollectionIndex(position), settings));
    }
    let groups = group(library);
    let order = sorted(groups.keys(), labels, collation);
    for (subject, _) in order {
        let list = plain(subject.clone(), groups[subject].clone(), settings);
        let index = ListIndex(u32::try_from(outline.lists.len()).unwrap_or(u32::MAX));
        outline.indexes[list.kind() as usize].push(index);
        outline.lists.push(list);
    }
    outline.indexes[ListKind::Collections as usize] = tree(library);
    outline.memberships = memberships(library, &outline);
    outline
}

/// Newest addition first; of those added together, the site's order.
fn newest(library: &Library) -> Vec<ItemIndex> {
    let mut items: Vec<_> = library.indexed().collect();
    items.sort_by(|(_, a), (_, b)| b.added.cmp(&a.added));
    items.into_iter().map(|(index, _)| index).collect()
}

/// A collection with the items of all its parts, each once.
fn collection(library: &Library, index: CollectionIndex, settings: &Settings) -> List {
    let mut members = Vec::new();
    let mut open = vec![index];
    while let Some(at) = open.pop() {
        members.extend(&library.collection(at).items);
        open.extend(&library.collection(at).parts);
    }
    members.sort_unstable();
    members.dedup();
    let place = Place::Pages(pages(members.len(), settings));
    List { subject: Subject::Collection(index), indexed: !members.is_empty(), members, place }
}

/// Who shares a tag, creator, year or type. Members come in the site's order, each once.
fn group(library: &Library) -> BTreeMap<Subject, Vec<ItemIndex>> {
    let mut groups: BTreeMap<Subject, Vec<ItemIndex>> = BTreeMap::new();
    for (index, item) in library.indexed() {
        for subject in subjects(item) {
            let members = groups.entry(subject).or_default();
            if members.last() != Some(&index) {
                members.push(index);
            }
        }
    }
    groups
}

fn subjects(item: &Item) -> impl Iterator<Item = Subject> {
    let tags = item.tags.iter().map(|tag| Subject::Tag(tag.name.clone()));
    let creators = item.creators.iter().map(|creator| Subject::Creator(creator.name.clone()));
    tags.chain(creators).chain([year_of(item), Subject::Type(item.item_type.clone())])
}

fn year_of(item: &Item) -> Subject {
    Subject::Year(item.date.year_number())
}

/// Years and types always have pages; a tag or creator of a single item is an anchor on the index.
fn plain(subject: Subject, members: Vec<ItemIndex>, settings: &Settings) -> List {
    let always = matches!(subject, Subject::Year(_) | Subject::Type(_));
    let place = if always || members.len() > 1 { Place::Pages(pages(members.len(), settings)) } else { Place::Anchor };
    List { subject, indexed: true, members, place }
}

fn pages(members: usize, settings: &Settings) -> u32 {
    u32::try_from(members.div_ceil(settings.page_size).max(1)).unwrap_or(u32::MAX)
}

/// Subjects in the order of their index pages.
fn sorted<'a>(
    subjects: impl Iterator<Item = &'a Subject>,
    labels: &Labels,
    collation: &Collation,
) -> Vec<(&'a Subject, Vec<u8>)> {
    let key = |subject: &Subject| match subject {
        Subject::Tag(name) => collation.sort_key(from_first_letter(name)),
        Subject::Creator(name) => collation.sort_key(from_first_letter(&name.inverted())),
        Subject::Type(name) => collation.sort_key(labels.item_type(name)),
        // The newest first, undated last: flipping the sign bit makes signed numbers compare as bytes.
        Subject::Year(year) => year.map_or(vec![u8::MAX; 5], |year| (!(year ^ i32::MIN)).to_be_bytes().to_vec()),
        Subject::Collection(_) => Vec::new(),
    };
    let mut keyed: Vec<_> = subjects.map(|subject| (subject, key(subject))).collect();
    keyed.sort_by(|(a, a_key), (b, b_key)| a_key.cmp(b_key).then_with(|| a.cmp(b)));
    keyed
}

/// Quotes and signs before a name do not decide where it stands.
fn from_first_letter(name: &str) -> &str {
    let words = name.trim_start_matches(|c: char| !c.is_alphanumeric());
    if words.is_empty() { name } else { words }
}

/// The collections as the tree is read: each followed by its parts.
fn tree(library: &Library) -> Vec<ListIndex> {
    let roots = (0..).map(CollectionIndex).zip(&library.collections).filter(|(_, known)| known.parent.is_none());
    let mut open: Vec<CollectionIndex> = roots.map(|(index, _)| index).collect();
    open.reverse();
    let mut walk = Vec::new();
    while let Some(at) = open.pop() {
        walk.push(ListIndex(at.0));
        open.extend(library.collection(at).parts.iter().rev());
    }
    walk
}

fn memberships(library: &Library, outline: &Outline) -> Vec<Memberships> {
    let positions: BTreeMap<&Subject, ListIndex> =
        outline.lists.iter().zip(0..).map(|(list, position)| (&list.subject, ListIndex(position))).collect();
    let find = |subject: Subject| positions.get(&subject).copied();
    let of = |item: &Item| Memberships {
        year: find(year_of(item)),
        item_type: find(Subject::Type(item.item_type.clone())),
        tags: item.tags.iter().filter_map(|tag| find(Subject::Tag(tag.name.clone()))).collect(),
        creators: item.creators.iter().filter_map(|creator| find(Subject::Creator(creator.name.clone()))).collect(),
        collections: item.collections.iter().map(|collection| outline.collection(*collection)).collect(),
    };
    library.items.iter().map(of).collect()
}
