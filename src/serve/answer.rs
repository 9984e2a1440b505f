//! Requests and what is answered.

use std::fs;
use std::future::Future;
use std::io;
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::time::Duration;

use axum::Router;
use axum::extract::{Request, State};
use axum::http::header::{ALLOW, CACHE_CONTROL, CONTENT_TYPE, LOCATION, X_CONTENT_TYPE_OPTIONS};
use axum::http::{HeaderValue, Method, StatusCode};
use axum::response::{IntoResponse, Response};

use crate::serve::live::Live;
use crate::serve::route::Route;
use crate::serve::{Site, content_type, reload, route};
use crate::website::output::SitePath;

/// How long open connections may take to end.
const GRACE: Duration = Duration::from_secs(1);

/// Answers requests until `stop`.
pub(super) async fn until(
    listener: TcpListener,
    live: Live,
    stop: impl Future<Output = ()> + Send + 'static,
) -> io::Result<()> {
    listener.set_nonblocking(true)?;
    let listener = tokio::net::TcpListener::from_std(listener)?;
    let router = Router::new().fallback(answer).with_state(live.clone());
    let ending = live.clone();
    let server = axum::serve(listener, router).with_graceful_shutdown(async move {
        stop.await;
        ending.end();
    });
    tokio::select! {
        result = server => result,
        () = async { live.ended().await; tokio::time::sleep(GRACE).await } => Ok(()),
    }
}

async fn answer(State(live): State<Live>, request: Request) -> Response {
    if request.method() != Method::GET && request.method() != Method::HEAD {
        return (StatusCode::METHOD_NOT_ALLOWED, [(ALLOW, "GET, HEAD")]).into_response();
    }
    let state = live.now();
    let mut response = match route::of(request.uri().path(), &state.site.base_path) {
        Route::Script => typed(StatusCode::OK, "text/javascript; charset=utf-8", reload::script().into_bytes()),
        Route::Builds => builds(&live, request.uri().query()).await,
        Route::Redirect(to) => redirect(&to),
        // On a thread that may wait for the disk.
        Route::File(path) => {
            let asked = request.uri().path().to_owned();
            let read = tokio::task::spawn_blocking(move || page(&state.site, &path, &asked, state.build));
            read.await.unwrap_or_else(|_| StatusCode::INTERNAL_SERVER_ERROR.into_response())
        }
        Route::Nothing => {
            let read = tokio::task::spawn_blocking(move || missing(&state.site, state.build));
            read.await.unwrap_or_else(|_| StatusCode::INTERNAL_SERVER_ERROR.into_response())
        }
    };
    response.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response.headers_mut().insert(X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    response
}

/// One event, sent when there is another build than the page came from. A browser asks again by itself after it.
async fn builds(live: &Live, seen: Option<&str>) -> Response {
    let seen = seen.and_then(|query| query.parse().ok()).unwrap_or(0);
    let event = if live.newer(seen).await { "data: built\n\n" } else { "" };
    typed(StatusCode::OK, "text/event-stream", event.into())
}

fn page(site: &Site, path: &SitePath, asked: &str, build: u64) -> Response {
    match inside(&site.folder, path) {
        Some(file) if file.is_dir() => redirect(&format!("{asked}/")),
        Some(file) => sent(StatusCode::OK, path.name(), &file, build).unwrap_or_else(|| missing(site, build)),
        None => missing(site, build),
    }
}

/// The site's own page for what is not there.
fn missing(site: &Site, build: u64) -> Response {
    let page = SitePath::new("404.html").ok().and_then(|path| inside(&site.folder, &path));
    let sent = page.and_then(|page| sent(StatusCode::NOT_FOUND, "404.html", &page, build));
    sent.unwrap_or_else(|| typed(StatusCode::NOT_FOUND, "text/plain; charset=utf-8", b"not found\n".into()))
}

/// The real path of a file or folder of the site, if it is there and no symlink leads out of the site.
fn inside(folder: &Path, path: &SitePath) -> Option<PathBuf> {
    let (folder, file) = (folder.canonicalize().ok()?, folder.join(path.as_str()).canonicalize().ok()?);
    file.starts_with(folder).then_some(file)
}

fn sent(status: StatusCode, name: &str, file: &Path, build: u64) -> Option<Response> {
    let (kind, bytes) = (content_type::of(name), fs::read(file).ok()?);
    let bytes = if kind.starts_with("text/html") { reload::injected(&bytes, build) } else { bytes };
    Some(typed(status, &kind, bytes))
}

fn typed(status: StatusCode, kind: &str, bytes: Vec<u8>) -> Response {
    (status, [(CONTENT_TYPE, kind)], bytes).into_response()
}

/// Never kept by a browser: the next preview at this port may have another base path.
fn redirect(to: &str) -> Response {
    match HeaderValue::from_str(to) {
        // Two slashes at the start would name another host.
        Ok(value) if !to.starts_with("//") => (StatusCode::FOUND, [(LOCATION, value)]).into_response(),
        _ => StatusCode::NOT_FOUND.into_response(),
    }
}
