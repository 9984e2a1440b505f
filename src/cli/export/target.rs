//! Where an export goes: stdout, or a file that is written whole or not at all.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use tempfile::Builder;

use crate::bibliography::export::Format;
use crate::cli::export::ExportFailure;
use crate::report::Report;

/// Where the bytes go.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Target {
    Stdout,
    File(PathBuf),
}

impl Target {
    /// # Errors
    /// When the path is a folder.
    pub(super) fn new(path: &Path, format: Format) -> Result<Self, ExportFailure> {
        if path == Path::new("-") {
            return Ok(Self::Stdout);
        }
        if path.is_dir() {
            let file = path.join(format!("bibliography.{}", format.extension()));
            return Err(ExportFailure::Folder { path: path.to_owned(), file });
        }
        Ok(Self::File(path.to_owned()))
    }

    /// # Errors
    /// When the file cannot be written; one that was there is then as it was.
    pub(super) fn write(&self, bytes: &[u8], report: &Report) -> Result<(), ExportFailure> {
        match self {
            Self::Stdout => report.file(bytes).map_err(|source| ExportFailure::Stdout { source }),
            Self::File(path) => {
                write(path, bytes).map_err(|source| ExportFailure::Unwritable { path: path.clone(), source })
            }
        }
    }
}

/// A device or pipe takes the bytes as they are; a file is written beside its place and then put there.
fn write(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let there = fs::metadata(path).ok();
    if there.as_ref().is_some_and(|known| !known.is_file()) {
        return File::options().write(true).open(path)?.write_all(bytes);
    }
    // Behind a link stands the file that is meant.
    let path = if there.is_some() { fs::canonicalize(path)? } else { path.to_owned() };
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let mut file = builder().tempfile_in(folder)?;
    file.write_all(bytes)?;
    // As open to others as the one that it replaces.
    there.map_or(Ok(()), |there| file.as_file().set_permissions(there.permissions()))?;
    file.as_file().sync_all()?;
    file.persist(&path).map(|_| ()).map_err(|error| error.error)
}

/// Makes a file that is as open to others as new files are.
fn builder() -> Builder<'static, 'static> {
    let mut builder = Builder::new();
    builder.prefix(".zbib-export-");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        builder.permissions(fs::Permissions::from_mode(0o666));
    }
    builder
}
