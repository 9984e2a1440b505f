//! Reference data that are not ours to publish: real records, and what Zotero itself makes of them.
//!
//! `ZBIB_SHARED` names the folder they are in. Without it the tests that need them say so and pass.

use std::path::{Path, PathBuf};

/// A folder or file among the reference data; without them, says what is left out.
pub fn find(name: &str, left_out: &str) -> Option<PathBuf> {
    let found = std::env::var_os("ZBIB_SHARED").map(|shared| Path::new(&shared).join(name));
    if found.is_none() {
        println!("{left_out}: ZBIB_SHARED is not set");
    }
    found
}

/// The real records.
pub fn corpus(left_out: &str) -> Option<PathBuf> {
    find("corpus", left_out)
}
