//! The tree of all collections.

use crate::bibliography::library::CollectionIndex;
use crate::website::outline::{ListKind, Subject};
use crate::website::output::SitePath;
use crate::website::page::view::frame::Frame;
use crate::website::page::view::list::{CollectionsView, TreeNode};
use crate::website::page::{Site, entry, frame, trail};

/// Levels that are drawn one within the other; what is deeper stands beside its ancestor, so that no page nests without end.
const DEEPEST: usize = 24;

pub(super) fn page(site: &Site<'_>, at: &SitePath) -> (Frame, CollectionsView) {
    let heading = site.kind_name(ListKind::Collections);
    let steps = trail::from_home(site, Vec::new());
    let frame = frame::of_page(site, at, &heading, &steps);
    let unfiled = site.library.items.iter().filter(|item| item.collections.is_empty()).count();
    let view = CollectionsView {
        trail: trail::view(site, at, &steps, &heading),
        lede: None,
        tree: tree(site, at),
        unfiled: unfiled as u64,
        total: site.library.collections.len() as u64,
    };
    (frame, view)
}

fn tree(site: &Site<'_>, at: &SitePath) -> Vec<TreeNode> {
    let top =
        site.outline.index(ListKind::Collections).iter().filter_map(|list| match site.outline.list(*list).subject {
            Subject::Collection(index) if site.library.collection(index).parent.is_none() => Some(index),
            _ => None,
        });
    top.map(|index| node(site, index, at, 1)).collect()
}

fn node(site: &Site<'_>, index: CollectionIndex, at: &SitePath, depth: usize) -> TreeNode {
    let counted = entry::counted(site, site.outline.collection(index), at);
    let below = if depth < DEEPEST { site.library.collection(index).parts.clone() } else { Vec::new() };
    TreeNode {
        label: counted.label,
        href: counted.href,
        count: Some(counted.count),
        current: false,
        open: depth == 1,
        children: below.into_iter().map(|part| node(site, part, at, depth + 1)).collect(),
    }
}
