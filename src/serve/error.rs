//! Why there is no preview.

use std::io;
use std::path::PathBuf;

use crate::report::Hint;

/// An expected failure of the preview.
#[derive(Debug, thiserror::Error)]
pub enum ServeError {
    #[error("cannot serve the site at port {port}, another program does")]
    PortTaken { port: u16 },
    #[error("cannot serve the site at port {port}")]
    Port { port: u16, source: io::Error },
    #[error("cannot watch `{}` for changes", path.display())]
    Watch { path: PathBuf, source: notify::Error },
    #[error("cannot watch files for changes")]
    Watcher(#[source] notify::Error),
    #[error("cannot serve the site")]
    Server(#[source] io::Error),
}

impl Hint for ServeError {
    fn hint(&self) -> Option<String> {
        match self {
            Self::PortTaken { port } => {
                let other = port.checked_add(1).unwrap_or(1111);
                Some(format!(
                    "end that program (another `zbib serve`?), or take another port: `zbib serve --port {other}`"
                ))
            }
            Self::Port { .. } => Some("take another port, over 1023: `zbib serve --port 1111`".to_owned()),
            Self::Watch { source: notify::Error { kind: notify::ErrorKind::MaxFilesWatch, .. }, .. } => {
                Some("the system allows too few watches: raise `fs.inotify.max_user_watches` with sysctl".to_owned())
            }
            Self::Watch { .. } => Some("zbib must be allowed to read it".to_owned()),
            Self::Watcher(_) | Self::Server(_) => None,
        }
    }
}
