//! The tree of parents and collections: who hangs from whom, and what is trashed with its ancestors.

use std::collections::BTreeMap;
use std::hash::Hash;

/// A forest given by each member's parent. Cycles are cut at their smallest key, so that every walk ends.
#[derive(Debug)]
pub struct Tree<Key> {
    parents: BTreeMap<Key, Option<Key>>,
    /// Members whose named parent was dropped because it led back to themselves.
    pub cut: Vec<Key>,
    /// Members whose named parent does not exist.
    pub orphans: Vec<Key>,
}

impl<Key: Copy + Ord + Hash> Tree<Key> {
    /// The tree of `members` with the parent each of them names.
    pub fn new(members: impl IntoIterator<Item = (Key, Option<Key>)>) -> Self {
        let mut parents: BTreeMap<Key, Option<Key>> = members.into_iter().collect();
        let orphans: Vec<Key> = parents
            .iter()
            .filter(|(_, parent)| parent.is_some_and(|parent| !parents.contains_key(&parent)))
            .map(|(key, _)| *key)
            .collect();
        for key in &orphans {
            parents.insert(*key, None);
        }
        let mut tree = Self { parents, cut: Vec::new(), orphans };
        tree.cut_cycles();
        tree
    }

    /// The parent of `key`, if it has one in the tree.
    #[must_use]
    pub fn parent(&self, key: Key) -> Option<Key> {
        self.parents.get(&key).copied().flatten()
    }

    /// `key` itself, its parent, and so on up to the root.
    pub fn lineage(&self, key: Key) -> impl Iterator<Item = Key> {
        std::iter::successors(Some(key), |key| self.parent(*key))
    }

    /// Each member once visited is settled, so that the whole pass is linear in the number of members.
    fn cut_cycles(&mut self) {
        let mut settled = BTreeMap::new();
        for start in self.parents.keys().copied().collect::<Vec<_>>() {
            let mut path = Vec::new();
            let mut at = Some(start);
            while let Some(key) = at.filter(|key| !settled.contains_key(key)) {
                settled.insert(key, start);
                path.push(key);
                at = self.parent(key);
            }
            let looped = at.filter(|key| settled[key] == start && path.contains(key));
            if let Some(entry) = looped {
                let first = path.iter().skip_while(|key| **key != entry).min().copied().unwrap_or(entry);
                self.parents.insert(first, None);
                self.cut.push(first);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cycle_is_cut_once_and_every_walk_ends() {
        let tree = Tree::new([(1, Some(2)), (2, Some(3)), (3, Some(1)), (4, Some(3)), (5, Some(5)), (6, Some(9))]);
        assert_eq!(tree.cut, [1, 5]);
        assert_eq!(tree.orphans, [6]);
        assert_eq!(tree.lineage(4).collect::<Vec<_>>(), [4, 3, 1]);
        assert_eq!(tree.lineage(6).collect::<Vec<_>>(), [6]);
    }

    #[test]
    fn a_hundred_thousand_levels_do_not_overflow() {
        let tree = Tree::new((0..100_000_u32).map(|n| (n, n.checked_sub(1))));
        assert_eq!(tree.lineage(99_999).count(), 100_000);
    }
}
