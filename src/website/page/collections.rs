//! The tree of all collections.

use crate::bibliography::library::CollectionIndex;
use crate::website::outline::{ListIndex, ListKind, Subject};
use crate::website::output::SitePath;
use crate::website::page::view::frame::Frame;
use crate::website::page::view::list::{CollectionsView, TreeRow};
use crate::website::page::{Site, entry, frame, trail};

/// Levels that are drawn one within the other; deeper ones are on their collections' own pages. Browsers nest no further.
pub(super) const DEEPEST: usize = 100;

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

fn tree(site: &Site<'_>, at: &SitePath) -> Vec<TreeRow> {
    rows(top(site), &|index, depth| {
        let counted = entry::counted(site, site.outline.collection(index), at);
        let row = TreeRow {
            label: counted.label,
            href: counted.href,
            count: Some(counted.count),
            open: depth == 1,
            ..TreeRow::default()
        };
        (row, if depth < DEEPEST { site.library.collection(index).parts.clone() } else { Vec::new() })
    })
}

/// The collections that are parts of no other.
pub(super) fn top(site: &Site<'_>) -> Vec<CollectionIndex> {
    let of_list = |list: &ListIndex| match site.outline.list(*list).subject {
        Subject::Collection(index) if site.library.collection(index).parent.is_none() => Some(index),
        _ => None,
    };
    site.outline.index(ListKind::Collections).iter().filter_map(of_list).collect()
}

/// The rows of a tree, in its order. `row` gives that of a collection at a depth, counted from 1, and the parts to show.
pub(super) fn rows(
    top: Vec<CollectionIndex>,
    row: &dyn Fn(CollectionIndex, usize) -> (TreeRow, Vec<CollectionIndex>),
) -> Vec<TreeRow> {
    let mut rows: Vec<TreeRow> = Vec::new();
    let mut open = vec![top.into_iter()];
    while let Some(level) = open.last_mut() {
        let Some(index) = level.next() else {
            open.pop();
            if let (false, Some(last)) = (open.is_empty(), rows.last_mut()) {
                last.ends += 1;
            }
            continue;
        };
        let (row, parts) = row(index, open.len());
        rows.push(TreeRow { has_parts: !parts.is_empty(), ..row });
        if !parts.is_empty() {
            open.push(parts.into_iter());
        }
    }
    rows
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A tree as it would be nested: `1(2,3(4))`.
    #[test]
    fn rows_say_where_lists_of_parts_begin_and_end() {
        let parts = |index: u32| match index {
            1 => vec![2, 3],
            3 => vec![4],
            _ => vec![],
        };
        let row = |index: CollectionIndex, depth: usize| {
            let row = TreeRow { label: format!("{} at {depth}", index.0), ..TreeRow::default() };
            (row, parts(index.0).into_iter().map(CollectionIndex).collect())
        };
        let rows = rows([1, 5].map(CollectionIndex).to_vec(), &row);
        let shown: Vec<_> = rows.iter().map(|row| (row.label.as_str(), row.has_parts, row.ends)).collect();
        assert_eq!(
            shown,
            [
                ("1 at 1", true, 0),
                ("2 at 2", false, 0),
                ("3 at 2", true, 0),
                ("4 at 3", false, 2),
                ("5 at 1", false, 0)
            ]
        );
    }
}
