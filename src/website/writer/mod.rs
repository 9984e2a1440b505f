//! One plan of all files: collisions, staging, only what changed, stale files by manifest.
//!
//! No other room writes under the output folder. This one deletes only what its own manifest of the last build names,
//! never follows a symlink there, and never overwrites a file that it did not write. It does not know what is in a file.
//!
//! # Why a crash cannot tear the site
//!
//! A new site is written aside and gets its name by one rename. In a site that stands, what changed is first written
//! into `.zbib-staging` inside it, where nothing refers to it; whatever fails up to here leaves the site as it was. Then
//! a journal of the renames and removals gets its name, and that is the commit: from here on every step may be done
//! again, and the next run does, before anything else. The manifest comes last.

mod check;
mod collision;
mod compare;
mod disk;
mod error;
mod fresh;
mod intact;
mod journal;
mod make;
mod manifest;
mod reserved;
mod standing;
#[cfg(test)]
mod tests;
mod way;

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

pub use self::check::check_output;
pub use self::error::{Collision, WriterError};
pub use self::intact::{Intact, intact, seal};

use self::disk::{Disk, Hold};
use self::journal::Journal;
use self::make::Made;
use self::manifest::Manifest;
use self::standing::Standing;
use crate::report::Report;
use crate::website::output::{OutputFile, SitePath};

/// All files of the site, no two of which are in each other's way. Sorted by path.
pub struct Plan<'a> {
    files: Vec<OutputFile<'a>>,
}

/// What a build did to the output folder.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Written {
    /// The files of the site, and their bytes.
    pub files: usize,
    pub bytes: u64,
    /// Of these files, how many were new or changed, and how many stood there already.
    pub written: usize,
    pub unchanged: usize,
    /// Files of the last build that are no part of the site any more.
    pub removed: usize,
}

/// What a build would do to the output folder.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Preview {
    pub files: usize,
    pub bytes: u64,
    pub written: Vec<SitePath>,
    pub removed: Vec<SitePath>,
}

/// Whether a folder holds a site that zbib wrote.
#[must_use]
pub fn holds_site(dir: &Path) -> bool {
    dir.join(reserved::MANIFEST).exists()
}

/// Makes one plan of all files.
///
/// # Errors
/// When two of them want one place, also on a file system that ignores case: the error names both owners.
pub fn plan(mut files: Vec<OutputFile<'_>>) -> Result<Plan<'_>, WriterError> {
    files.sort_by(|a, b| a.path.cmp(&b.path));
    let collisions = collision::find(&files);
    if collisions.is_empty() { Ok(Plan { files }) } else { Err(WriterError::Collisions(collisions)) }
}

/// Makes the folder `dir` hold exactly the site of the plan, beside files that zbib did not write. Files that are right
/// already are not touched; if all are, nothing is. A plan of no files takes the folder away too, unless foreign files
/// are left in it.
///
/// # Errors
/// When a file cannot be made, or a foreign one stands in its way: the site is then as it was. When the disk fails while
/// changed files are given their names, the next run finishes.
pub fn write(plan: Plan<'_>, dir: &Path, report: &Report) -> Result<Written, WriterError> {
    write_through(&Disk::default(), plan, dir, report)
}

fn write_through(disk: &Disk, plan: Plan<'_>, dir: &Path, report: &Report) -> Result<Written, WriterError> {
    let dir = check::resolved(dir).map_err(WriterError::reading(dir))?;
    let progress = report.progress("making pages", Some(plan.files.len() as u64));
    let is_empty = plan.is_empty();
    if !dir.exists() {
        if is_empty {
            return Ok(Written::default());
        }
        let made = fresh::write(disk, plan, &dir, &progress)?;
        return Ok(Written::sum(&made, 0));
    }
    let _hold = Hold::take(&dir)?;
    let recovered = journal::recover(disk, &dir)?;
    let standing = Standing::survey(&dir, &plan.paths(), recovered)?;
    let stage = disk::Stage { disk, root: journal::staged(&dir) };
    let made = make::all(plan, &standing, Some(&stage), &progress).inspect_err(|_| journal::discard(disk, &dir))?;
    let changed = made.iter().filter(|made| made.changed).map(|made| made.path.clone());
    let journal = Journal::new(changed, standing.stale());
    let manifest = Manifest::of(made.iter().map(Made::named));
    if !journal.is_empty() || !standing.has(&manifest) {
        journal::commit(disk, &dir, &journal, &manifest)?;
    }
    if is_empty {
        leave(disk, &dir)?;
    }
    Ok(Written::sum(&made, standing.stale().len()))
}

/// Takes away a folder that holds nothing but its manifest. Beside foreign files the manifest stays, so that the next
/// build still knows the folder for its own.
fn leave(disk: &Disk, dir: &Path) -> Result<(), WriterError> {
    let entries = fs::read_dir(dir).map_err(WriterError::reading(dir))?;
    if entries.flatten().any(|entry| entry.file_name() != reserved::MANIFEST) {
        return Ok(());
    }
    disk.remove(&dir.join(reserved::MANIFEST))?;
    disk.remove_dir(dir)
}

impl Plan<'_> {
    /// The number of files.
    #[must_use]
    pub fn len(&self) -> usize {
        self.files.len()
    }

    /// Whether the site has no files at all.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.files.is_empty()
    }

    fn paths(&self) -> BTreeSet<SitePath> {
        self.files.iter().map(|file| file.path.clone()).collect()
    }

    /// What [`write()`] would do, without doing it.
    ///
    /// # Errors
    /// As [`write()`], but for the disk's.
    pub fn dry_run(self, dir: &Path, report: &Report) -> Result<Preview, WriterError> {
        let dir = check::resolved(dir).map_err(WriterError::reading(dir))?;
        let progress = report.progress("making pages", Some(self.files.len() as u64));
        let standing =
            if dir.exists() { Standing::survey(&dir, &self.paths(), false)? } else { Standing::nothing(&dir) };
        let made = make::all(self, &standing, None, &progress)?;
        let sum = Written::sum(&made, 0);
        let written = made.into_iter().filter(|made| made.changed).map(|made| made.path).collect();
        Ok(Preview { files: sum.files, bytes: sum.bytes, written, removed: standing.stale().to_vec() })
    }
}

impl Written {
    fn sum(made: &[Made], removed: usize) -> Self {
        let written = made.iter().filter(|made| made.changed).count();
        let bytes = made.iter().map(|made| made.entry.size).sum();
        Self { files: made.len(), bytes, written, unchanged: made.len() - written, removed }
    }
}
