//! A preview under the real base path, with watching and live reload.
//!
//! It serves what was built and changes no file: the script that reloads a page is put into what is sent. Nothing is
//! given out that lies outside the site's folder, and nobody but this computer can ask. How a site is built it does not
//! know; it is given a closure for that.

mod answer;
mod content_type;
mod error;
mod live;
mod reload;
mod route;
mod settings;
#[cfg(test)]
mod tests;
mod watches;

use std::future::Future;
use std::net::{Ipv4Addr, TcpListener};
use std::path::PathBuf;
use std::time::Duration;

pub use self::error::ServeError;
pub use self::settings::Settings;

use self::live::Live;
use self::watches::{Signal, Watches};
use crate::report::Report;

/// A site that was built.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Site {
    pub folder: PathBuf,
    /// The path of the site's `base-url`: `/repository/`; `/` without one.
    pub base_path: String,
    /// The files and folders it was built from. When one changes, it is built again. They need not exist yet.
    pub sources: Vec<PathBuf>,
}

/// How long the sources must be quiet before the site is built again: an editor or `git checkout` writes more than once.
const QUIET: Duration = Duration::from_millis(150);

/// Shows the site on this computer until Ctrl-C, and builds it again when its sources change.
///
/// `rebuild` gives the site it built; if it cannot, it says why itself, and the old site stays.
///
/// # Errors
/// When the port is taken, or the sources cannot be watched.
pub fn serve(
    site: Site,
    settings: &Settings,
    report: &Report,
    rebuild: impl FnMut() -> Option<Site> + Send,
) -> Result<(), ServeError> {
    let listener = bind(settings.port)?;
    let interrupted = async {
        // Without a handler for Ctrl-C the process just ends: no failure of the preview.
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
    };
    run(listener, site, QUIET, report, rebuild, interrupted)
}

fn bind(port: u16) -> Result<TcpListener, ServeError> {
    TcpListener::bind((Ipv4Addr::LOCALHOST, port)).map_err(|source| match source.kind() {
        std::io::ErrorKind::AddrInUse => ServeError::PortTaken { port },
        _ => ServeError::Port { port, source },
    })
}

/// Serves in this thread, watches and rebuilds in another, until `stop`.
fn run(
    listener: TcpListener,
    site: Site,
    quiet: Duration,
    report: &Report,
    rebuild: impl FnMut() -> Option<Site> + Send,
    stop: impl Future<Output = ()> + Send + 'static,
) -> Result<(), ServeError> {
    let port = listener.local_addr().map_err(ServeError::Server)?.port();
    let (mut watches, stopping) = Watches::new()?;
    watches.follow(&site.sources)?;
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build();
    let runtime = runtime.map_err(ServeError::Server)?;
    report.say(&format!("the site is at {} (Ctrl-C ends)", address(port, &site)));
    let live = Live::new(site);
    std::thread::scope(|scope| {
        let other = live.clone();
        scope.spawn(move || keep_building(watches, quiet, rebuild, &other, port, report));
        let served = runtime.block_on(answer::until(listener, live, stop));
        // If the other thread ended before, nobody waits for this.
        let _ = stopping.send(Signal::Stop);
        served.map_err(ServeError::Server)
    })
}

fn keep_building(
    mut watches: Watches,
    quiet: Duration,
    mut rebuild: impl FnMut() -> Option<Site>,
    live: &Live,
    port: u16,
    report: &Report,
) {
    let mut sources = live.now().site.sources;
    while watches.changed(quiet) {
        report.say("something changed, building again");
        // A new folder is watched before it is read, so that nothing in it comes too late for both.
        follow(&mut watches, &sources, report);
        let Some(site) = rebuild() else { continue };
        if site.sources != sources {
            sources.clone_from(&site.sources);
            follow(&mut watches, &sources, report);
        }
        if let Some(site) = live.replace(site) {
            report.say(&format!("the site is at {}", address(port, &site)));
        }
    }
}

/// Not being able to watch a folder any more does not end the preview.
fn follow(watches: &mut Watches, sources: &[PathBuf], report: &Report) {
    if let Err(error) = watches.follow(sources) {
        report.failure(&error);
    }
}

fn address(port: u16, site: &Site) -> String {
    format!("http://127.0.0.1:{port}{}", route::base(&site.base_path))
}
