//! The bytes of one announced file, over as many answers as it takes.

use std::fs::File;
use std::io::{self, Write};

use crate::zotero::cache::{AdmitError, FileStore, Incoming, Md5, StoredFile, Whole};
use crate::zotero::source::SourceError;
use crate::zotero::source::web::{Announced, Piece, SoFar, Web};

/// A download that goes on where it broke off.
#[derive(Debug)]
pub(super) struct Download {
    md5: Md5,
    incoming: Incoming,
    so_far: SoFar,
}

/// Bytes that have the announced hash.
#[derive(Debug)]
pub(super) enum Came {
    Now(Whole),
    /// They are in the store: an earlier run kept them though no record names them.
    Before(Md5, StoredFile, FileStore),
}

/// Why bytes did not come.
#[derive(Debug)]
pub(super) enum Refusal {
    /// They are not what was announced.
    Content(String),
    /// They break off, or do not come at all.
    Transport(String),
    /// The way to them is none that zbib goes.
    Way(String),
    Disk(io::Error),
}

impl Download {
    /// With what an earlier run left.
    fn begin(store: &FileStore, md5: Md5) -> io::Result<Self> {
        let incoming = store.part(md5)?;
        let so_far = SoFar::of(incoming.size());
        Ok(Self { md5, incoming, so_far })
    }

    /// How many bytes came so far.
    pub(super) fn size(&self) -> u64 {
        self.so_far.size
    }

    async fn go_on(&mut self, web: &Web, announced: &Announced) -> Result<(), Refusal> {
        if announced.size.is_some_and(|size| self.size() > size) {
            self.incoming.start_over().map_err(Refusal::Disk)?;
            self.so_far = SoFar::default();
        }
        if self.size() > 0 && announced.size == Some(self.size()) {
            return Ok(());
        }
        let incoming = &mut self.incoming;
        let keep = |piece: Piece<'_>| match piece {
            Piece::StartOver => incoming.start_over(),
            Piece::Bytes(bytes) => incoming.write_all(bytes),
        };
        web.fetch(announced, &mut self.so_far, keep).await.map_err(|error| match error {
            SourceError::Keep(error) => Refusal::Disk(error),
            SourceError::Redirect { .. } => Refusal::Way(error.to_string()),
            error => Refusal::Transport(in_words(&error)),
        })
    }
}

/// Takes what Zotero announced, if that is what comes. What broke off stays in `held` for another attempt.
pub(super) async fn attempt(
    web: &Web,
    store: &FileStore,
    announced: &Announced,
    held: &mut Option<Download>,
) -> Result<Came, Refusal> {
    let md5 = announced.md5.as_deref().and_then(|md5| md5.parse().ok());
    let Some(md5) = md5 else { return Err(Refusal::Content("Zotero announces no hash for it".into())) };
    if let Some(stored) = store.get(md5) {
        return Ok(Came::Before(md5, stored, store.clone()));
    }
    let mut download = match held.take().filter(|held| held.md5 == md5) {
        Some(held) => held,
        None => Download::begin(store, md5).map_err(Refusal::Disk)?,
    };
    if let Err(refusal) = download.go_on(web, announced).await {
        *held = Some(download);
        return Err(refusal);
    }
    let came = download.size();
    match download.incoming.whole(Some(md5)) {
        Ok(whole) => Ok(Came::Now(whole)),
        Err(AdmitError::Io(error)) => Err(Refusal::Disk(error)),
        Err(mismatch) => Err(Refusal::Content(match announced.size.filter(|size| *size != came) {
            Some(size) => format!("expected {size} bytes, got {came}"),
            None => mismatch.to_string(),
        })),
    }
}

/// An error and why it came about: the cause alone names what was asked.
pub(super) fn in_words(error: &SourceError) -> String {
    let cause = std::error::Error::source(error);
    cause.map_or_else(|| error.to_string(), |cause| format!("{error}: {cause}"))
}

impl Came {
    pub(super) fn md5(&self) -> Md5 {
        match self {
            Self::Now(whole) => whole.admitted().md5,
            Self::Before(md5, ..) => *md5,
        }
    }

    pub(super) fn open(&self) -> io::Result<File> {
        match self {
            Self::Now(whole) => whole.open(),
            Self::Before(_, stored, _) => File::open(&stored.path),
        }
    }

    /// Keeps them in the store.
    pub(super) fn admit(self) -> io::Result<()> {
        match self {
            Self::Now(whole) => whole.admit().map(drop),
            Self::Before(..) => Ok(()),
        }
    }

    /// Nobody needs them.
    pub(super) fn discard(self) -> io::Result<()> {
        match self {
            Self::Now(whole) => whole.discard(),
            Self::Before(md5, _, store) => store.remove(md5)?,
        }
        Ok(())
    }
}
