//! Why the Zotero program on this computer cannot be read.

use crate::report::Hint;
use crate::zotero::source::Fault;

/// An expected failure of the desktop program's local API.
#[derive(Debug, thiserror::Error)]
pub enum DesktopError {
    #[error("Zotero is not running on this computer")]
    NotRunning { source: Fault },
    #[error("Zotero on this computer does not let other programs read its libraries")]
    NotAllowed { source: Fault },
    #[error("Zotero on this computer has no {library}")]
    NoSuchLibrary { library: String, source: Fault },
    #[error("somebody else than user {id} is signed in to Zotero on this computer")]
    OtherUser { id: String, source: Fault },
    #[error("Zotero on this computer has no local API that zbib can read")]
    NoLocalApi { source: Fault },
    #[error("Zotero was started with other data during the sync")]
    OtherServer,
}

impl Hint for DesktopError {
    fn hint(&self) -> Option<String> {
        Some(
            match self {
                Self::NotRunning { .. } => {
                    "start Zotero and try again; `zbib build --offline` builds from the cache. `api` in `zbib.toml` says \
                     where zbib looks for it"
                }
                Self::NotAllowed { .. } => {
                    "in Zotero: Settings → Advanced → \"Allow other applications on this computer to communicate with \
                     Zotero\""
                }
                Self::NoSuchLibrary { .. } => {
                    "check `id` in `zbib.toml`; in Zotero, the group must be among the libraries on the left"
                }
                Self::OtherUser { .. } => {
                    "leave out `id` for whoever is signed in to Zotero, or set it to the number of that user"
                }
                Self::NoLocalApi { .. } => "install Zotero 7 or newer; check `api` in `zbib.toml`",
                Self::OtherServer => "try again once Zotero runs with the profile you want",
            }
            .to_owned(),
        )
    }
}
