//! Files on their way into the store: hashed as they are written, in the store only when they are whole and right.

use std::collections::BTreeSet;
use std::fs::{self, File, OpenOptions};
use std::io::{self, BufWriter, Read, Seek, Write};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use tempfile::{NamedTempFile, TempPath};

use crate::zotero::cache::Md5;
use crate::zotero::cache::md5::Hasher;
use crate::zotero::cache::store::{AdmitError, Admitted, place};

/// How the names of files start that are not whole yet.
const INCOMING: &str = ".incoming-";
/// As many bytes are held in memory for each file.
const BUFFER: usize = 64 * 1024;

/// A file on its way into the store.
#[derive(Debug)]
pub struct Incoming {
    file: BufWriter<NamedTempFile>,
    hasher: Hasher,
    size: u64,
    dir: PathBuf,
    turn: Option<Turn>,
}

/// A file that is whole and has the expected hash, but is not in the store yet.
#[derive(Debug)]
pub struct Whole {
    file: NamedTempFile,
    dir: PathBuf,
    admitted: Admitted,
    _turn: Option<Turn>,
}

/// Which parts of files are being written, so that no two downloads write the same.
pub(super) type Busy = Arc<Mutex<BTreeSet<Md5>>>;

/// The right to write one part, until dropped.
#[derive(Debug)]
struct Turn {
    md5: Md5,
    busy: Busy,
}

impl Turn {
    fn take(md5: Md5, busy: &Busy) -> Option<Self> {
        let free = busy.lock().unwrap_or_else(PoisonError::into_inner).insert(md5);
        free.then(|| Self { md5, busy: Arc::clone(busy) })
    }
}

impl Drop for Turn {
    fn drop(&mut self) {
        self.busy.lock().unwrap_or_else(PoisonError::into_inner).remove(&self.md5);
    }
}

impl Incoming {
    /// An empty file that is gone when it is dropped.
    pub(super) fn new(dir: &Path) -> io::Result<Self> {
        fs::create_dir_all(dir)?;
        Ok(Self::in_file(builder().prefix(INCOMING).tempfile_in(dir)?, dir, None))
    }

    /// What came so far of the file that is announced with `md5`. It is hashed again: a killed process may have left
    /// anything. The file stays when this is dropped, for the next run to go on with. Where it is being written already,
    /// an empty one of no name.
    pub(super) fn part(dir: &Path, md5: Md5, busy: &Busy) -> io::Result<Self> {
        let Some(turn) = Turn::take(md5, busy) else { return Self::new(dir) };
        fs::create_dir_all(dir)?;
        let path = part(dir, md5);
        // The cache may come from strangers: nothing is written through a link.
        if fs::symlink_metadata(&path).is_ok_and(|data| !data.is_file()) {
            fs::remove_file(&path)?;
        }
        let mut file = OpenOptions::new().read(true).write(true).create(true).truncate(false).open(&path)?;
        let mut hasher = Hasher::default();
        let size = read_all(&mut file, |bytes| hasher.update(bytes))?;
        let mut path = TempPath::try_from_path(path)?;
        path.disable_cleanup(true);
        let file = NamedTempFile::from_parts(file, path);
        Ok(Self { hasher, size, ..Self::in_file(file, dir, Some(turn)) })
    }

    fn in_file(file: NamedTempFile, dir: &Path, turn: Option<Turn>) -> Self {
        let file = BufWriter::with_capacity(BUFFER, file);
        Self { file, hasher: Hasher::default(), size: 0, dir: dir.to_owned(), turn }
    }

    /// How many bytes came so far.
    #[must_use]
    pub fn size(&self) -> u64 {
        self.size
    }

    /// Forgets what came so far.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn start_over(&mut self) -> io::Result<()> {
        self.file.flush()?;
        let file = self.file.get_mut().as_file_mut();
        file.rewind()?;
        file.set_len(0)?;
        (self.hasher, self.size) = (Hasher::default(), 0);
        Ok(())
    }

    /// The whole file, if it has the `expected` hash; else it is gone.
    ///
    /// # Errors
    /// When it has another hash, or cannot be written.
    pub fn whole(self, expected: Option<Md5>) -> Result<Whole, AdmitError> {
        let found = self.hasher.finish();
        let mut file = self.file.into_inner().map_err(io::IntoInnerError::into_error)?;
        if let Some(expected) = expected.filter(|expected| *expected != found) {
            file.disable_cleanup(false);
            return Err(AdmitError::Mismatch { expected, found });
        }
        let admitted = Admitted { md5: found, size: self.size };
        Ok(Whole { file, dir: self.dir, admitted, _turn: self.turn })
    }

    /// Puts the file into the store under its hash, if that is the `expected` one.
    ///
    /// # Errors
    /// When it has another hash, or cannot be written; the store is then as it was.
    pub fn finish(self, expected: Option<Md5>) -> Result<Admitted, AdmitError> {
        Ok(self.whole(expected)?.admit()?)
    }
}

impl Write for Incoming {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.file.write_all(bytes)?;
        self.hasher.update(bytes);
        self.size += bytes.len() as u64;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

impl Whole {
    /// What the store would hold.
    #[must_use]
    pub fn admitted(&self) -> Admitted {
        self.admitted
    }

    /// The file, from its beginning.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn open(&self) -> io::Result<File> {
        self.file.reopen()
    }

    /// Puts the file into the store under its hash.
    ///
    /// # Errors
    /// When it cannot be written; the store is then as it was.
    pub fn admit(self) -> io::Result<Admitted> {
        self.file.as_file().sync_all()?;
        self.file.persist(place(&self.dir, self.admitted.md5)).map_err(|error| error.error)?;
        Ok(self.admitted)
    }

    /// Nobody needs the file.
    pub fn discard(mut self) {
        self.file.disable_cleanup(false);
    }
}

/// The part of a file, or None if the name is no part's; then it is what a killed process left of a nameless one.
pub(super) fn is_part(name: &str) -> Option<bool> {
    name.strip_prefix(INCOMING).map(|rest| rest.parse::<Md5>().is_ok())
}

fn part(dir: &Path, md5: Md5) -> PathBuf {
    dir.join(format!("{INCOMING}{md5}"))
}

/// Gives all bytes to `take`. Gives their number.
pub(super) fn read_all(reader: &mut impl Read, mut take: impl FnMut(&[u8])) -> io::Result<u64> {
    let mut buffer = vec![0; BUFFER];
    let mut size = 0;
    loop {
        match reader.read(&mut buffer) {
            Ok(0) => return Ok(size),
            Ok(length) => {
                take(&buffer[..length]);
                size += length as u64;
            }
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
}

/// Files are for everybody to read who may read the site, unlike other temporary files.
fn builder() -> tempfile::Builder<'static, 'static> {
    #[cfg_attr(not(unix), expect(unused_mut, reason = "only Unix has modes"))]
    let mut builder = tempfile::Builder::new();
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    builder
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::zotero::cache::FileStore;

    fn store(dir: &tempfile::TempDir) -> FileStore {
        FileStore::new(dir.path().join("files"))
    }

    fn names(dir: &tempfile::TempDir) -> Vec<String> {
        let entries = fs::read_dir(dir.path().join("files")).unwrap().flatten();
        let mut names: Vec<_> = entries.map(|entry| entry.file_name().into_string().unwrap()).collect();
        names.sort();
        names
    }

    #[test]
    fn a_part_is_found_again_by_the_next_run_and_by_nobody_else_meanwhile() {
        let dir = tempfile::tempdir().unwrap();
        let md5 = Md5::of(b"first second");
        let (own, next) = (store(&dir), store(&dir));
        let mut incoming = own.part(md5).unwrap();
        incoming.write_all(b"first ").unwrap();
        assert_eq!(own.part(md5).unwrap().size(), 0, "a second download writes elsewhere");
        drop(incoming);
        next.tidy();
        let mut incoming = next.part(md5).unwrap();
        assert_eq!(incoming.size(), 6);
        incoming.write_all(b"second").unwrap();
        incoming.finish(Some(md5)).unwrap();
        assert_eq!(names(&dir), [md5.to_string()]);
    }

    #[test]
    fn a_part_that_turns_out_wrong_is_gone_and_one_can_be_started_over() {
        let dir = tempfile::tempdir().unwrap();
        let (store, md5) = (store(&dir), Md5::of(b"right"));
        let mut incoming = store.part(md5).unwrap();
        incoming.write_all(b"wrong").unwrap();
        assert!(matches!(incoming.whole(Some(md5)), Err(AdmitError::Mismatch { .. })));
        assert!(names(&dir).is_empty());
        let mut incoming = store.part(md5).unwrap();
        incoming.write_all(b"something longer").unwrap();
        incoming.start_over().unwrap();
        incoming.write_all(b"right").unwrap();
        let whole = incoming.whole(Some(md5)).unwrap();
        assert_eq!(io::read_to_string(whole.open().unwrap()).unwrap(), "right");
        whole.admit().unwrap();
        assert_eq!(fs::read(store.get(md5).unwrap().path).unwrap(), b"right");
    }

    #[cfg(unix)]
    #[test]
    fn nothing_is_written_through_a_link_that_a_stranger_left() {
        let dir = tempfile::tempdir().unwrap();
        let (outside, md5) = (dir.path().join("outside"), Md5::of(b"x"));
        fs::write(&outside, "precious").unwrap();
        fs::create_dir(dir.path().join("files")).unwrap();
        std::os::unix::fs::symlink(&outside, part(&dir.path().join("files"), md5)).unwrap();
        let mut incoming = store(&dir).part(md5).unwrap();
        incoming.write_all(b"x").unwrap();
        incoming.finish(Some(md5)).unwrap();
        assert_eq!(fs::read(&outside).unwrap(), b"precious");
    }
}
