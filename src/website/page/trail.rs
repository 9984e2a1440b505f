//! Where a page stands: the pages above it.

use crate::bibliography::library::CollectionIndex;
use crate::website::metadata::Step;
use crate::website::outline::{ListIndex, ListKind, Subject};
use crate::website::output::SitePath;
use crate::website::page::Site;
use crate::website::page::view::{Link, Trail};

/// The home page and `below`, which leads from there down to the page.
pub(super) fn from_home(site: &Site<'_>, below: Vec<Step>) -> Vec<Step> {
    let home = Step { name: site.say("home"), place: site.addresses.home() };
    std::iter::once(home).chain(below).collect()
}

/// The trail as it is shown on the page at a place.
pub(super) fn view(site: &Site<'_>, at: &SitePath, steps: &[Step], here: &str) -> Trail {
    let link = |step: &Step| Link { label: step.name.clone(), href: site.addresses.link(at, &step.place) };
    Trail { steps: steps.iter().map(link).collect(), here: here.to_owned() }
}

/// The way down to a list: its index, and for a collection those it is a part of.
pub(super) fn to_list(site: &Site<'_>, list: ListIndex) -> Vec<Step> {
    let kind = site.outline.list(list).kind();
    let mut steps = vec![Step { name: site.kind_name(kind), place: site.addresses.index(kind) }];
    if let Subject::Collection(index) = site.outline.list(list).subject {
        let above = site.library.collection(index).parent;
        steps.extend(above.into_iter().flat_map(|parent| down_to(site, parent)));
    }
    from_home(site, steps)
}

/// A collection and all above it, from the top.
pub(super) fn down_to(site: &Site<'_>, collection: CollectionIndex) -> Vec<Step> {
    let lineage = std::iter::successors(Some(collection), |index| site.library.collection(*index).parent);
    let step = |index: CollectionIndex| {
        let list = site.outline.collection(index);
        Step { name: site.list_name(list), place: site.addresses.list(list, 1) }
    };
    let mut steps: Vec<_> = lineage.map(step).collect();
    steps.reverse();
    steps
}

/// A link to a list under its own name.
pub(super) fn link_to_list(site: &Site<'_>, at: &SitePath, list: ListIndex) -> Link {
    Link { label: site.list_name(list), href: site.addresses.link_to_list(at, list) }
}

/// The kinds of lists that have an index worth linking: those with something in them.
pub(super) fn kinds<'a>(site: &'a Site<'_>) -> impl Iterator<Item = ListKind> + 'a {
    ListKind::ALL.into_iter().filter(|kind| !site.outline.index(*kind).is_empty())
}
