//! The indexes: all tags, creators, years or types.

use crate::bibliography::markup;
use crate::website::outline::{ListIndex, ListKind, Place, Subject};
use crate::website::output::SitePath;
use crate::website::page::view::frame::Frame;
use crate::website::page::view::index::{IndexGroup, IndexKind, IndexValue, IndexView};
use crate::website::page::{Site, entry, frame, home, trail};

pub(super) fn page(site: &Site<'_>, kind: ListKind, at: &SitePath) -> (Frame, IndexView) {
    let heading = site.kind_name(kind);
    let steps = trail::from_home(site, Vec::new());
    let frame = frame::of_page(site, at, &heading, &steps);
    let lists = site.outline.index(kind);
    let view = IndexView {
        kind: view_kind(kind),
        trail: trail::view(site, at, &steps, &heading),
        total: lists.len() as u64,
        histogram: (kind == ListKind::Years).then(|| home::years(site)).flatten(),
        groups: groups(site, lists, at),
    };
    (frame, view)
}

fn view_kind(kind: ListKind) -> IndexKind {
    match kind {
        ListKind::Creators => IndexKind::Creators,
        ListKind::Years => IndexKind::Years,
        ListKind::Types => IndexKind::Types,
        ListKind::Tags | ListKind::Collections => IndexKind::Tags,
    }
}

/// Words under their first letters, years under their decades, types under nothing.
fn groups(site: &Site<'_>, lists: &[ListIndex], at: &SitePath) -> Vec<IndexGroup> {
    let mut groups: Vec<IndexGroup> = Vec::new();
    for list in lists {
        let heading = heading(site, &site.outline.list(*list).subject);
        let same = |group: &IndexGroup| group.heading == heading || same_letter(site, &group.heading, &heading);
        if !groups.last().is_some_and(same) {
            let anchor = if heading.is_empty() { String::new() } else { format!("g-{}", groups.len() + 1) };
            groups.push(IndexGroup { heading, anchor, values: Vec::new() });
        }
        if let Some(group) = groups.last_mut() {
            group.values.push(value(site, *list, at));
        }
    }
    groups
}

/// O and Ø, where the language sorts them as one.
fn same_letter(site: &Site<'_>, left: &str, right: &str) -> bool {
    let one = |text: &str| text.chars().count() == 1;
    one(left) && one(right) && site.language.collation().same_letter(left, right)
}

fn heading(site: &Site<'_>, subject: &Subject) -> String {
    match subject {
        Subject::Tag(name) => letter(site, name),
        Subject::Creator(name) => letter(site, &name.inverted()),
        Subject::Year(Some(year)) if *year >= 0 => {
            let decade = (year / 10 * 10).to_string();
            site.language.say("decade", &[("year", crate::language::Argument::Text(&decade))])
        }
        Subject::Year(Some(_)) => site.language.say("before-common-era", &[]),
        Subject::Year(None) => site.say("undated"),
        Subject::Type(_) | Subject::Collection(_) => String::new(),
    }
}

/// The letter a name stands under; everything that begins with no letter stands together.
fn letter(site: &Site<'_>, name: &str) -> String {
    let first = name.chars().find(|c| c.is_alphanumeric());
    match first {
        Some(c) if c.is_alphabetic() => {
            use unicode_normalization::UnicodeNormalization as _;
            let base = c.nfd().next().unwrap_or(c);
            base.to_uppercase().collect()
        }
        _ => site.say("other"),
    }
}

fn value(site: &Site<'_>, list: ListIndex, at: &SitePath) -> IndexValue {
    let known = site.outline.list(list);
    let alone = known.place == Place::Anchor;
    let label = match &known.subject {
        Subject::Creator(name) => name.inverted(),
        subject => site.subject_name(subject),
    };
    IndexValue {
        label,
        href: (!alone).then(|| site.addresses.link_to_list(at, list)),
        anchor: alone.then(|| site.addresses.anchor(list)),
        count: entry::count(site, list),
        color: color(site, list),
        entry: known.members.first().filter(|_| alone).map(|index| entry::entry(site, *index, at)),
    }
}

fn color(site: &Site<'_>, list: ListIndex) -> Option<String> {
    let known = site.outline.list(list);
    let Subject::Tag(name) = &known.subject else { return None };
    let item = site.library.item(*known.members.first()?);
    item.tags.iter().find(|tag| tag.name == *name)?.color.as_deref().and_then(markup::color::tag).map(str::to_owned)
}
