//! Which files are watched, and when a change is one.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::time::{Duration, Instant};

use notify::{EventKind, RecommendedWatcher, RecursiveMode, Watcher};

use crate::serve::ServeError;

/// What the thread that builds waits for.
#[derive(Debug)]
pub(super) enum Signal {
    /// These paths changed; none if the system does not know which.
    Changed(Vec<PathBuf>),
    Stop,
}

/// The sources of a site, watched.
#[derive(Debug)]
pub(super) struct Watches {
    watcher: RecommendedWatcher,
    signals: Receiver<Signal>,
    sources: Vec<PathBuf>,
    watched: BTreeSet<PathBuf>,
}

/// Someone who writes without a pause is interrupted after this many quiet times.
const PATIENCE: u32 = 20;

impl Watches {
    /// And what tells them to stop.
    pub fn new() -> Result<(Self, Sender<Signal>), ServeError> {
        let (sender, signals) = mpsc::channel();
        let stop = sender.clone();
        let watcher = notify::recommended_watcher(move |event: notify::Result<notify::Event>| {
            let signal = match event {
                // Reading is no change: a build reads all sources.
                Ok(event) if matches!(event.kind, EventKind::Access(_)) => return,
                Ok(event) if event.need_rescan() => Signal::Changed(Vec::new()),
                Ok(event) => Signal::Changed(event.paths),
                Err(_) => Signal::Changed(Vec::new()),
            };
            // Nobody listens any more: the preview is ending.
            let _ = sender.send(signal);
        });
        let watcher = watcher.map_err(ServeError::Watcher)?;
        Ok((Self { watcher, signals, sources: Vec::new(), watched: BTreeSet::new() }, stop))
    }

    /// Watches these files and folders, also those that do not exist yet.
    ///
    /// Editors put a new file in the place of the old one, so a file is watched through its folder.
    pub fn follow(&mut self, sources: &[PathBuf]) -> Result<(), ServeError> {
        self.sources = sources.iter().map(|source| real(source)).collect();
        let mut wanted: BTreeSet<(PathBuf, bool)> = BTreeSet::new();
        for source in &self.sources {
            if source.is_dir() {
                wanted.insert((source.clone(), true));
            }
            let parent = source.ancestors().skip(1).find(|folder| folder.is_dir());
            wanted.extend(parent.map(|folder| (folder.to_owned(), false)));
        }
        let folders: BTreeSet<_> = wanted.iter().map(|(folder, _)| folder.clone()).collect();
        for gone in self.watched.difference(&folders) {
            // A folder that was removed is not watched any more, which is all that is wanted.
            let _ = self.watcher.unwatch(gone);
        }
        for (folder, all) in &wanted {
            let mode = if *all { RecursiveMode::Recursive } else { RecursiveMode::NonRecursive };
            let watch = self.watcher.watch(folder, mode);
            watch.map_err(|source| ServeError::Watch { path: folder.clone(), source })?;
        }
        self.watched = folders;
        Ok(())
    }

    /// Waits until a source changed and all are quiet again; false when it is time to stop.
    pub fn changed(&self, quiet: Duration) -> bool {
        loop {
            match self.signals.recv() {
                Ok(Signal::Changed(paths)) if self.concerned(&paths) => return self.settled(quiet),
                Ok(Signal::Changed(_)) => {}
                Ok(Signal::Stop) | Err(_) => return false,
            }
        }
    }

    #[expect(clippy::disallowed_methods, reason = "it waits for people, and nothing of it reaches the site")]
    fn settled(&self, quiet: Duration) -> bool {
        let (start, mut end) = (Instant::now(), Instant::now() + quiet);
        loop {
            match self.signals.recv_timeout(end.saturating_duration_since(Instant::now())) {
                Ok(Signal::Changed(paths)) => {
                    if self.concerned(&paths) && start.elapsed() < quiet * PATIENCE {
                        end = Instant::now() + quiet;
                    }
                }
                Err(RecvTimeoutError::Timeout) => return true,
                Ok(Signal::Stop) | Err(RecvTimeoutError::Disconnected) => return false,
            }
        }
    }

    fn concerned(&self, paths: &[PathBuf]) -> bool {
        let source = |path: &PathBuf| self.sources.iter().any(|source| path.starts_with(source));
        paths.is_empty() || paths.iter().any(source)
    }
}

/// The path as the system tells it in events: absolute, without symlinks, as far as it exists.
fn real(path: &Path) -> PathBuf {
    let path = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    let known = path.ancestors().find_map(|known| Some((known, known.canonicalize().ok()?)));
    match known {
        Some((known, real)) => path.strip_prefix(known).map_or(path.clone(), |rest| real.join(rest)),
        None => path,
    }
}
