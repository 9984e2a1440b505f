//! Files of a plan that are in each other's way.
//!
//! Names are compared as the pickiest file system compares them: composed, and without regard to case.

use std::collections::BTreeMap;

use unicode_normalization::UnicodeNormalization;

use crate::website::output::OutputFile;
use crate::website::writer::error::Collision;
use crate::website::writer::reserved;

/// Who took a name first: how it is spelt, and for which file.
struct Taken<'a> {
    spelling: &'a str,
    owner: &'a str,
    folder: bool,
}

/// All collisions, in the order of the paths.
pub(super) fn find(files: &[OutputFile<'_>]) -> Vec<Collision> {
    let mut taken: BTreeMap<String, Taken<'_>> = BTreeMap::new();
    for own in [reserved::MANIFEST, reserved::STAGING] {
        taken.insert(own.to_owned(), Taken { spelling: own, owner: "zbib itself", folder: false });
    }
    files.iter().filter_map(|file| claim(&mut taken, file)).collect()
}

/// Takes a file's place and the folders on the way to it; gives the first thing that is in the way.
fn claim<'a>(taken: &mut BTreeMap<String, Taken<'a>>, file: &'a OutputFile<'_>) -> Option<Collision> {
    let path = file.path.as_str();
    let ends = path.match_indices('/').map(|(at, _)| (at, true)).chain([(path.len(), false)]);
    for (end, folder) in ends {
        let spelling = &path[..end];
        let wish = Taken { spelling, owner: &file.owner, folder };
        match taken.entry(folded(spelling)) {
            std::collections::btree_map::Entry::Vacant(free) => _ = free.insert(wish),
            std::collections::btree_map::Entry::Occupied(by) => {
                let by = by.get();
                if !(folder && by.folder && by.spelling == spelling) {
                    return Some(Collision {
                        path: file.path.clone(),
                        owner: file.owner.clone(),
                        other_path: by.spelling.to_owned(),
                        other_owner: by.owner.to_owned(),
                    });
                }
            }
        }
    }
    None
}

/// A path as a file system sees it that ignores case and the form of accents.
pub(super) fn folded(path: &str) -> String {
    if path.is_ascii() {
        return path.to_ascii_lowercase();
    }
    path.nfc().flat_map(char::to_lowercase).nfc().collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::website::output::SitePath;

    fn check(paths: &[&str], expected: &[&str]) {
        let files: Vec<_> = paths
            .iter()
            .enumerate()
            .map(|(at, path)| OutputFile::bytes(SitePath::new(*path).unwrap(), format!("part {at}"), ""))
            .collect();
        let found: Vec<_> = find(&files).iter().map(ToString::to_string).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn two_that_want_one_place_are_both_named() {
        check(&["a/b", "a/c", "b"], &[]);
        check(&["a/b", "a/b"], &["`a/b`, wanted by part 0 and part 1"]);
    }

    #[test]
    fn names_that_differ_in_case_or_accents_form_only_are_one_name() {
        check(&["Ä.html", "a\u{308}.html"], &["`Ä.html`, wanted by part 0, and `a\u{308}.html`, wanted by part 1"]);
        check(&["K.bib", "k.BIB"], &["`K.bib`, wanted by part 0, and `k.BIB`, wanted by part 1"]);
        check(&["Tags/a", "tags/b"], &["`Tags`, wanted by part 0, and `tags/b`, wanted by part 1"]);
    }

    #[test]
    fn a_file_cannot_be_where_another_wants_a_folder() {
        check(&["a", "a/b"], &["`a`, wanted by part 0, and `a/b`, wanted by part 1"]);
        check(&["a/b/c", "A/B"], &["`a`, wanted by part 0, and `A/B`, wanted by part 1"]);
        check(&["a/b/c", "a/b"], &["`a/b`, wanted by part 0 and part 1"]);
    }

    #[test]
    fn the_writers_own_names_are_taken() {
        check(&[".zbib-manifest"], &["`.zbib-manifest`, wanted by zbib itself and part 0"]);
        check(
            &[".zbib-Staging/x"],
            &["`.zbib-staging`, wanted by zbib itself, and `.zbib-Staging/x`, wanted by part 0"],
        );
    }
}
