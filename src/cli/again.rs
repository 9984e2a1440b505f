//! Whether a build would only make the site again that stands there already.
//!
//! All that a site is made from comes to one number. A build keeps it in the cache, with the seal of what it wrote; if
//! the number is the same next time and the seal unbroken, there is nothing to make. A build that had something to warn
//! of keeps nothing: it is done again, so that no warning is silenced.

use std::fmt::Debug;
use std::fs;
use std::path::{Path, PathBuf};

use xxhash_rust::xxh3::{Xxh3, xxh3_64};

use crate::config::Config;
use crate::shelf::Shelf;
use crate::website::writer::{self, Written};
use crate::zotero::cache::{self, Snapshot};

/// What a build is made from, as a number.
pub(super) struct Again {
    sum: u128,
    folder: PathBuf,
}

impl Again {
    pub(super) fn of(config: &Config, shelf: &Shelf, snapshot: &Snapshot) -> Self {
        let mut sum = Xxh3::new();
        let mut add = |value: &dyn Debug| sum.update(format!("{value:?}\n").as_bytes());
        add(&(env!("CARGO_PKG_VERSION"), std::env::current_exe().ok().map(|program| look(&program))));
        add(&(&config.root, &config.file));
        add(&(&shelf.pages, &shelf.styles));
        shelf.theme.iter().for_each(|(path, bytes)| add(&(path, xxh3_64(bytes))));
        shelf.statics.iter().for_each(|file| add(&(file, look(&file.from))));
        add(&snapshot.fingerprint());
        Self { sum: sum.digest128(), folder: cache::derived(&config.cache()) }
    }

    /// The site in `output`, if it was made from just this and is as it was.
    pub(super) fn standing(&self, output: &Path) -> Option<Written> {
        let kept = fs::read_to_string(self.place(output)).ok()?;
        let (sum, seal) = kept.trim_end().split_once(' ')?;
        if sum != format!("{:032x}", self.sum) {
            return None;
        }
        let intact = writer::intact(output)?;
        (seal == format!("{:032x}", intact.seal)).then(|| intact.written())
    }

    /// Keeps in mind what `output` was made from. If that fails, the next build only has more to do.
    pub(super) fn remember(&self, output: &Path) {
        let Some(seal) = writer::seal(output) else { return };
        let _ = fs::create_dir_all(&self.folder);
        let _ = fs::write(self.place(output), format!("{:032x} {seal:032x}\n", self.sum));
    }

    /// Sites in different folders are remembered apart.
    fn place(&self, output: &Path) -> PathBuf {
        self.folder.join(format!("build-{:016x}", xxh3_64(output.as_os_str().as_encoded_bytes())))
    }
}

/// What tells a file from another one under its name, short of reading it.
fn look(path: &Path) -> impl Debug + use<> {
    fs::metadata(path).ok().map(|data| (data.len(), data.modified().ok()))
}
