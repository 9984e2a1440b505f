//! The script that reloads a page when the site was built again.

use crate::serve::route::{BUILDS, SCRIPT};

/// A page that waits: the server answers when there is another build than the one the page came from.
pub(super) fn script() -> String {
    format!(
        "\"use strict\";\n\
         (() => {{\n  \
           const seen = new URL(document.currentScript.src).search;\n  \
           const builds = new EventSource(\"{BUILDS}\" + seen);\n  \
           builds.onmessage = () => {{\n    builds.close();\n    location.reload();\n  }};\n  \
           addEventListener(\"pagehide\", () => builds.close());\n\
         }})();\n"
    )
}

/// A page of `build` with the script in it, which the site's own rules for scripts allow: it comes from the same origin.
pub(super) fn injected(page: &[u8], build: u64) -> Vec<u8> {
    let tag = format!("<script src=\"{SCRIPT}?{build}\"></script>\n");
    let end = b"</body>";
    let at = page.windows(end.len()).rposition(|window| window.eq_ignore_ascii_case(end)).unwrap_or(page.len());
    [&page[..at], tag.as_bytes(), &page[at..]].concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_script_stands_at_the_end_of_the_body() {
        let text = |page: &str| String::from_utf8(injected(page.as_bytes(), 7)).unwrap();
        let tag = "<script src=\"/__zbib/reload.js?7\"></script>\n";
        assert_eq!(text("<body>a</body></html>"), format!("<body>a{tag}</body></html>"));
        assert_eq!(text("<p></BODY> b</Body>"), format!("<p></BODY> b{tag}</Body>"));
        assert_eq!(text(""), tag);
    }
}
