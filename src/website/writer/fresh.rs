//! A site where there was none: written aside, and given its name whole.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use crate::report::progress::Progress;
use crate::website::writer::disk::{Disk, Hold, Stage};
use crate::website::writer::make::{self, Made};
use crate::website::writer::manifest::Manifest;
use crate::website::writer::reserved;
use crate::website::writer::standing::Standing;
use crate::website::writer::{Plan, WriterError};

pub(super) fn write(disk: &Disk, plan: Plan<'_>, dir: &Path, progress: &Progress) -> Result<Vec<Made>, WriterError> {
    let aside = aside(dir);
    let _hold = clear(disk, &aside)?;
    let stage = Stage { disk, root: aside.clone() };
    let write = || {
        let made = make::all(plan, &Standing::nothing(dir), Some(&stage), progress)?;
        disk.write(&aside.join(reserved::MANIFEST), Manifest::of(made.iter().map(Made::named)).text().as_bytes())?;
        disk.rename(&aside, dir)?;
        Ok(made)
    };
    write().inspect_err(|_: &WriterError| {
        // Not being able to clear away is no failure of its own: the next run tries again.
        let _ = disk.remove_tree(&aside);
    })
}

/// Beside the folder, so that a rename can give it its name.
fn aside(dir: &Path) -> PathBuf {
    let name = dir.file_name().unwrap_or_default().to_string_lossy();
    dir.with_file_name(format!(".{name}.zbib-staging"))
}

/// Makes an empty folder aside, in the place of one that a run that was cut has left.
fn clear(disk: &Disk, aside: &Path) -> Result<Hold, WriterError> {
    match fs::symlink_metadata(aside) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => {}
        Err(error) => return Err(WriterError::reading(aside)(error)),
        Ok(metadata) if metadata.is_symlink() => return Err(WriterError::Symlink { path: aside.to_owned() }),
        Ok(_) => {
            let _hold = Hold::take(aside)?;
            disk.remove_tree(aside)?;
        }
    }
    disk.create_dir_all(aside)?;
    Hold::take(aside)
}
