//! The preview as a browser sees it, at a port of its own.

use std::fs;
use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::path::Path;
use std::sync::mpsc;

use tempfile::TempDir;
use tokio::sync::oneshot;

use super::*;
use crate::report::{self, Verbosity, failure};

/// A project with a built site under `/repository/`.
fn project() -> TempDir {
    let root = tempfile::tempdir().unwrap();
    for (path, text) in [
        ("content/about.md", "about"),
        ("public/index.html", "<body>home</body>"),
        ("public/404.html", "<body>gone</body>"),
        ("public/items/A/index.html", "<body>a</body>"),
        ("public/items/A/A.bib", "@book{a}"),
        ("public/.zbib-manifest", "zbib-manifest 1\n"),
        ("secret.txt", "secret"),
    ] {
        fs::create_dir_all(root.path().join(path).parent().unwrap()).unwrap();
        fs::write(root.path().join(path), text).unwrap();
    }
    root
}

fn site(root: &Path) -> Site {
    let sources = ["content", "themes", "zbib.toml"].map(|name| root.join(name)).to_vec();
    Site { folder: root.join("public"), base_path: "/repository/".to_owned(), sources }
}

/// Runs a preview while `visit` looks at it.
fn preview(root: &Path, rebuild: impl FnMut() -> Option<Site> + Send, visit: impl FnOnce(SocketAddr)) {
    let listener = bind(0).unwrap();
    let address = listener.local_addr().unwrap();
    let (stop, stopped) = oneshot::channel::<()>();
    let report = Report::new(report::Settings { verbosity: Verbosity::Quiet, ..report::Settings::default() });
    std::thread::scope(|scope| {
        let server = scope.spawn(|| {
            let stopped = async { _ = stopped.await };
            run(listener, site(root), Duration::from_millis(5), &report, rebuild, stopped).unwrap();
        });
        // A visit that fails drops the sender, which ends the server too.
        visit(address);
        drop(stop);
        server.join().unwrap();
    });
}

fn ask(address: SocketAddr, line: &str) -> String {
    let mut stream = TcpStream::connect(address).unwrap();
    write!(stream, "{line} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n").unwrap();
    let mut text = String::new();
    stream.read_to_string(&mut text).unwrap();
    text
}

fn get(address: SocketAddr, path: &str) -> String {
    ask(address, &format!("GET {path}"))
}

fn never() -> Option<Site> {
    unreachable!("nothing changed")
}

#[test]
fn pages_are_served_under_the_base_path_with_the_script_in_them() {
    let root = project();
    preview(root.path(), never, |address| {
        let home = get(address, "/repository/");
        assert!(home.starts_with("HTTP/1.1 200 OK\r\ncontent-type: text/html; charset=utf-8\r\n"), "{home}");
        assert!(home.contains("cache-control: no-store\r\n"), "{home}");
        assert!(home.ends_with("<body>home<script src=\"/__zbib/reload.js?0\"></script>\n</body>"), "{home}");
        assert!(get(address, "/repository/items/A/").contains("<body>a<script"));
        let export = get(address, "/repository/items/A/A.bib?download");
        assert!(export.contains("application/x-bibtex") && export.ends_with("\r\n@book{a}"), "{export}");
        assert!(get(address, "/").contains("302 Found\r\nlocation: /repository/\r\n"));
        assert!(get(address, "/repository/items/A").contains("location: /repository/items/A/\r\n"));
        assert!(get(address, "/__zbib/reload.js").contains("new EventSource(\"/__zbib/builds\" + seen)"));
        assert!(ask(address, "POST /repository/").starts_with("HTTP/1.1 405"));
    });
    assert_eq!(fs::read_to_string(root.path().join("public/index.html")).unwrap(), "<body>home</body>");
}

#[test]
fn what_is_not_there_is_answered_with_the_sites_own_page() {
    let root = project();
    preview(root.path(), never, |address| {
        for path in ["/repository/nothing", "/elsewhere", "/repository/items/", "/favicon.ico"] {
            let text = get(address, path);
            assert!(text.starts_with("HTTP/1.1 404 Not Found\r\ncontent-type: text/html"), "{path}: {text}");
            assert!(text.contains("<body>gone<script"), "{path}: {text}");
        }
    });
}

#[test]
fn no_request_leads_outside_the_folder() {
    let root = project();
    #[cfg(unix)]
    std::os::unix::fs::symlink(root.path().join("secret.txt"), root.path().join("public/link.txt")).unwrap();
    preview(root.path(), never, |address| {
        for path in [
            "/repository/../secret.txt",
            "/repository/%2e%2e/secret.txt",
            "/repository/..%2fsecret.txt",
            "/repository/%2Fetc%2Fpasswd",
            "/repository//etc/passwd",
            "/repository/items/..%5c..%5csecret.txt",
            "/repository/secret.txt%00",
            "/repository/link.txt",
            "/repository/.zbib-manifest",
        ] {
            let text = get(address, path);
            let refused = text.starts_with("HTTP/1.1 404") || text.starts_with("HTTP/1.1 400");
            assert!(refused && !text.contains("secret") && !text.contains("root:"), "{path}: {text}");
        }
    });
}

#[test]
fn a_change_builds_again_and_tells_the_browser_and_a_failed_build_keeps_the_site() {
    let root = project();
    let at = |path: &str| root.path().join(path);
    let (built, builds) = mpsc::channel();
    let rebuild = || {
        let page = fs::read_to_string(at("content/about.md")).unwrap();
        built.send((page.clone(), at("themes").exists(), at("themes/mine").exists())).unwrap();
        fs::write(at("public/index.html"), "<body>new</body>").unwrap();
        (page != "broken").then(|| site(root.path()))
    };
    preview(root.path(), rebuild, |address| {
        assert!(get(address, "/repository/").contains("home<script src=\"/__zbib/reload.js?0\">"));
        fs::write(at("content/about.md"), "broken").unwrap();
        builds.iter().find(|(page, ..)| page == "broken").unwrap();
        assert!(get(address, "/repository/").contains("/__zbib/reload.js?0"), "no new build to tell of");
        fs::write(at("content/about.md"), "mended").unwrap();
        let event = get(address, "/__zbib/builds?0");
        assert!(event.contains("content-type: text/event-stream") && event.ends_with("data: built\n\n"), "{event}");
        let page = get(address, "/repository/");
        assert!(page.contains("new<script") && !page.contains("/__zbib/reload.js?0"), "{page}");
        // A folder that was not there at the start is watched too, once it is.
        fs::create_dir(at("themes")).unwrap();
        builds.iter().find(|(_, themes, _)| *themes).unwrap();
        fs::create_dir(at("themes/mine")).unwrap();
        builds.iter().find(|(.., mine)| *mine).unwrap();
    });
}

#[test]
fn the_end_does_not_wait_for_those_who_wait_for_a_build() {
    let root = project();
    let mut waiting = None;
    preview(root.path(), never, |address| {
        let mut stream = TcpStream::connect(address).unwrap();
        write!(stream, "GET /__zbib/builds?0 HTTP/1.1\r\nHost: localhost\r\n\r\n").unwrap();
        // Answered after the request above was accepted.
        get(address, "/repository/");
        waiting = Some(stream);
    });
    let mut text = String::new();
    // The connection may also be cut, if the end came before the request was read.
    let _ = waiting.unwrap().read_to_string(&mut text);
    assert!(!text.contains("data:"), "{text}");
}

#[test]
fn a_port_that_is_taken_is_told_with_another() {
    let taken = bind(0).unwrap();
    let port = taken.local_addr().unwrap().port();
    let error = bind(port).unwrap_err();
    assert_eq!(
        failure::text(&error),
        format!(
            "error: cannot serve the site at port {port}, another program does\n\n\
             hint: end that program (another `zbib serve`?), or take another port: `zbib serve --port {}`\n",
            port.checked_add(1).unwrap_or(1111)
        )
    );
}
