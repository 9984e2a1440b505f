//! The indexes: all tags, creators, years or types.

use crate::bibliography::library::ItemIndex;
use crate::bibliography::{citation, markup};
use crate::language::Initial;
use crate::website::outline::{ListIndex, ListKind, Place, Subject};
use crate::website::output::SitePath;
use crate::website::page::view::frame::Frame;
use crate::website::page::view::index::{IndexGroup, IndexKind, IndexValue, IndexView, Only};
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
        let value = value(site, *list, at);
        if let Some(group) = groups.iter_mut().find(|group| group.heading == heading) {
            group.values.push(value);
            continue;
        }
        let anchor = if heading.is_empty() { String::new() } else { format!("g-{}", groups.len() + 1) };
        groups.push(IndexGroup { heading, anchor, values: vec![value] });
    }
    groups
}

fn heading(site: &Site<'_>, subject: &Subject) -> String {
    match subject {
        Subject::Tag(name) => letter(site, name),
        Subject::Creator(name) => letter(site, &name.inverted()),
        Subject::Year(Some(year)) if *year >= 0 => site.decade(year / 10 * 10),
        Subject::Year(Some(_)) => site.language.say("before-common-era", &[]),
        Subject::Year(None) => site.say("undated"),
        Subject::Type(_) | Subject::Collection(_) => String::new(),
    }
}

/// The letter a name stands under; what begins with no letter stands together, and so do the scripts that have too many.
fn letter(site: &Site<'_>, name: &str) -> String {
    match site.language.collation().initial(name) {
        Initial::Letter(letter) => letter,
        Initial::EastAsian => site.say("east-asian"),
        Initial::None => site.say("other"),
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
        only: known.members.first().filter(|_| alone).map(|index| only(site, *index, at)),
    }
}

fn only(site: &Site<'_>, index: ItemIndex, at: &SitePath) -> Only {
    let item = site.library.item(index);
    let year = item.date.year_number().map(|year| site.year(year));
    Only {
        key: item.key.to_string(),
        title: item.title().map_or_else(|| markup::SafeHtml::escape(&site.say("untitled")), markup::title),
        href: site.addresses.link(at, &site.addresses.item(index)),
        short: if item.leading_creators().is_empty() { year } else { Some(citation::short(item)) },
    }
}

fn color(site: &Site<'_>, list: ListIndex) -> Option<String> {
    let known = site.outline.list(list);
    let Subject::Tag(name) = &known.subject else { return None };
    let item = site.library.item(*known.members.first()?);
    item.tags.iter().find(|tag| tag.name == *name)?.color.as_deref().and_then(markup::color::tag).map(str::to_owned)
}
