//! Why the site cannot be written.

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

use crate::report::Hint;
use crate::website::output::{Failure, SitePath};

/// An expected failure of the writer.
#[derive(Debug, thiserror::Error)]
pub enum WriterError {
    #[error("{}", collisions(.0.len()))]
    Collisions(Vec<Collision>),
    #[error("cannot use `{}` as the output folder, it is the root of the file system", dir.display())]
    Root { dir: PathBuf },
    #[error("cannot use `{}` as the output folder, it holds `{}`", dir.display(), holds.display())]
    HoldsSources { dir: PathBuf, holds: PathBuf },
    #[error("cannot use `{}` as the output folder, the site is made from what is in `{}`", dir.display(), sources.display())]
    InSources { dir: PathBuf, sources: PathBuf },
    #[error("cannot use `{}` as the output folder, zbib did not write what is in it", dir.display())]
    NotOurs { dir: PathBuf, example: String },
    #[error("cannot use `{}` as the output folder, a file stands in its way", dir.display())]
    NotAFolder { dir: PathBuf, file: PathBuf },
    #[error("cannot write the output folder `{}`", dir.display())]
    Unwritable { dir: PathBuf, source: io::Error },
    #[error("cannot write through a symlink in the output folder")]
    Symlink { path: PathBuf },
    #[error("cannot write `{path}`, something that zbib did not write stands there")]
    Foreign { path: SitePath, owner: String, there: PathBuf },
    #[error("cannot write the output folder `{}`, another zbib is writing it", dir.display())]
    Busy { dir: PathBuf },
    #[error("cannot read what the last build wrote, its list is damaged")]
    Manifest { path: PathBuf, line: usize },
    #[error("cannot make {owner}")]
    Make { path: SitePath, owner: String, source: Cause },
    #[error("cannot copy `{}`", from.display())]
    Copy { from: PathBuf, owner: String, source: io::Error },
    #[error("cannot read `{}`", path.display())]
    Read { path: PathBuf, source: io::Error },
    #[error("cannot write `{}`", path.display())]
    Write { path: PathBuf, source: io::Error },
}

/// Two files of the site of which only one can be where it wants.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Collision {
    pub path: SitePath,
    pub owner: String,
    /// The same path, one that differs from it in case only, or a folder that it leads through.
    pub other_path: String,
    pub other_owner: String,
}

impl fmt::Display for Collision {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { path, owner, other_path, other_owner } = self;
        if path.as_str() == other_path {
            write!(f, "`{path}`, wanted by {other_owner} and {owner}")
        } else {
            write!(f, "`{other_path}`, wanted by {other_owner}, and `{path}`, wanted by {owner}")
        }
    }
}

/// Why a file could not be made, as the room that makes it says.
#[derive(Debug)]
pub struct Cause(pub(super) Failure);

impl fmt::Display for Cause {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl std::error::Error for Cause {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.0.source()
    }
}

/// How many collisions are listed.
const SHOWN: usize = 5;

fn collisions(count: usize) -> String {
    match count {
        1 => "two parts of the site want the same place".to_owned(),
        count => format!("parts of the site want the same place, {count} times"),
    }
}

impl WriterError {
    pub(super) fn reading(path: &Path) -> impl FnOnce(io::Error) -> Self {
        |source| Self::Read { path: path.to_owned(), source }
    }

    pub(super) fn writing(path: &Path) -> impl FnOnce(io::Error) -> Self {
        |source| Self::Write { path: path.to_owned(), source }
    }
}

const ANOTHER: &str = "name another folder in `[site] output` or with `--output`";

impl Hint for WriterError {
    fn hint(&self) -> Option<String> {
        Some(match self {
            Self::Collisions(_) => "rename or move the one that is yours, in `content/`, `static/` or `themes/`; \
                 names that differ in case only are one name on many computers"
                .to_owned(),
            Self::Root { .. } | Self::HoldsSources { .. } | Self::InSources { .. } => {
                format!("{ANOTHER}, one that holds nothing but the site: `public`")
            }
            Self::NotOurs { .. } => {
                format!(
                    "{ANOTHER}, or empty it; to keep its files beside the site, put an empty file `.zbib-manifest` in it"
                )
            }
            Self::NotAFolder { file, .. } => format!("move `{}` away, or {ANOTHER}", file.display()),
            Self::Unwritable { .. } => format!("zbib must be allowed to write it; or {ANOTHER}"),
            Self::Symlink { path } => format!("remove the symlink `{}`, or make it a folder", path.display()),
            Self::Foreign { there, .. } => {
                format!("move `{}` away; files of your own belong into `static/`", there.display())
            }
            Self::Busy { .. } => "wait until it is done, or end it".to_owned(),
            Self::Manifest { path, .. } => {
                format!("empty the output folder, or make `{}` an empty file to keep what is there", path.display())
            }
            Self::Make { source, .. } => return source.0.hint(),
            Self::Copy { source, .. } if source.kind() == io::ErrorKind::NotFound => {
                "it was there when the build began; build again".to_owned()
            }
            Self::Copy { .. } | Self::Read { .. } => "zbib must be allowed to read it".to_owned(),
            Self::Write { source, .. } if source.kind() == io::ErrorKind::StorageFull => {
                "make room on the disk, and build again".to_owned()
            }
            Self::Write { .. } => "zbib must be allowed to write it; the next build goes on from there".to_owned(),
        })
    }

    fn place(&self) -> Option<String> {
        match self {
            Self::Collisions(collisions) => {
                let mut lines: Vec<_> = collisions.iter().take(SHOWN).map(ToString::to_string).collect();
                if collisions.len() > SHOWN {
                    lines.push(format!("…and {} more", collisions.len() - SHOWN));
                }
                Some(lines.join("\n"))
            }
            Self::NotOurs { dir, example } => Some(dir.join(example).display().to_string()),
            Self::Symlink { path } => Some(path.display().to_string()),
            Self::Foreign { path, owner, .. } => Some(format!("`{path}`, wanted by {owner}")),
            Self::Manifest { path, line } => Some(format!("{}:{line}", path.display())),
            Self::Make { path, source, .. } => Some(source.0.place().unwrap_or_else(|| format!("`{path}`"))),
            Self::Copy { owner, .. } => Some(format!("wanted by {owner}")),
            _ => None,
        }
    }
}
