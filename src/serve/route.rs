//! What a request asks for. Decided from its path alone, before any file is touched.

use crate::website::output::SitePath;

/// The script that the server puts into pages, and what the script listens to.
pub(super) const SCRIPT: &str = "/__zbib/reload.js";
pub(super) const BUILDS: &str = "/__zbib/builds";

/// What a path means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Route {
    /// A file of the site, or the page of a folder.
    File(SitePath),
    /// A path without its final slash may be a folder's.
    Redirect(String),
    Script,
    Builds,
    /// Outside the site, or no path at all.
    Nothing,
}

/// What the path of a request, percent-encoded as it came, means for a site under `base_path`.
pub(super) fn of(path: &str, base_path: &str) -> Route {
    match path {
        SCRIPT => return Route::Script,
        BUILDS => return Route::Builds,
        _ => {}
    }
    let base = base(base_path);
    let Some(inside) = path.strip_prefix(&base) else {
        let is_root = path == "/" || base.strip_suffix('/') == Some(path);
        return if is_root { Route::Redirect(base) } else { Route::Nothing };
    };
    let named =
        if inside.is_empty() || inside.ends_with('/') { format!("{inside}index.html") } else { inside.to_owned() };
    site_path(&named).map_or(Route::Nothing, Route::File)
}

/// The base path with a slash at both ends.
pub(super) fn base(base_path: &str) -> String {
    match base_path.trim_matches('/') {
        "" => "/".to_owned(),
        base => format!("/{base}/"),
    }
}

/// Each part is decoded by itself, so an encoded slash leads nowhere; [`SitePath`] refuses what is no plain name.
fn site_path(encoded: &str) -> Option<SitePath> {
    let parts: Vec<_> = encoded.split('/').map(decoded).collect::<Option<_>>()?;
    let plain = |part: &String| !part.contains('/') && !part.to_ascii_lowercase().starts_with(".zbib");
    if parts.iter().all(plain) { SitePath::new(parts.join("/")).ok() } else { None }
}

/// Text without percent-encoding; None if it is no UTF-8.
fn decoded(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((first, more)) = rest.split_first() {
        rest = more;
        if *first != b'%' {
            bytes.push(*first);
            continue;
        }
        let (digits, more) = more.split_at_checked(2)?;
        let digits =
            std::str::from_utf8(digits).ok().filter(|digits| digits.bytes().all(|byte| byte.is_ascii_hexdigit()))?;
        bytes.push(u8::from_str_radix(digits, 16).ok()?);
        rest = more;
    }
    String::from_utf8(bytes).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(path: &str, base: &str, expected: &str) {
        let found = match of(path, base) {
            Route::File(path) => path.to_string(),
            Route::Redirect(to) => format!("-> {to}"),
            other => format!("{other:?}"),
        };
        assert_eq!(found, expected, "{path} under {base}");
    }

    #[test]
    fn the_site_lies_under_its_base_path() {
        check("/repository/", "/repository", "index.html");
        check("/repository/items/A/", "/repository/", "items/A/index.html");
        check("/repository/items/A/A.bib", "repository", "items/A/A.bib");
        check("/repository/caf%C3%A9%20x.pdf", "/repository/", "café x.pdf");
        check("/", "/repository/", "-> /repository/");
        check("/repository", "/repository/", "-> /repository/");
        check("/items/A/", "/repository/", "Nothing");
        check("/repositorium/", "/repository/", "Nothing");
        check("/", "/", "index.html");
        check("/", "", "index.html");
        check("/a/b/c.css", "/a/b/", "c.css");
        check("/__zbib/reload.js", "/repository/", "Script");
        check("/__zbib/builds", "/", "Builds");
    }

    #[test]
    fn no_path_leads_outside_the_site() {
        for path in [
            "/../secret",
            "/items/../../secret",
            "/%2e%2e/secret",
            "/..%2fsecret",
            "/%2E%2E%5Csecret",
            "/items%2fA",
            "//etc/passwd",
            "/%2fetc%2fpasswd",
            "/C:/secret",
            "/C%3A%5Csecret",
            "/a%00.html",
            "/a\0b",
            "/./index.html",
            "/a//b",
            "/%ff",
            "/%",
            "/%4",
            "/%+1",
            "/.zbib-manifest",
            "/%2ezbib-staging/files/index.html",
            "secret",
            "*",
        ] {
            check(path, "/", "Nothing");
        }
    }
}
