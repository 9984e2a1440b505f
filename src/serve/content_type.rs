//! What kind of file a browser is told it gets.

use std::borrow::Cow;

use crate::bibliography::export::Format;

/// The content type of a file of the site by its name.
pub(super) fn of(name: &str) -> Cow<'static, str> {
    let name = name.to_ascii_lowercase();
    if let Some(format) = Format::of_file(&name) {
        return format!("{}; charset=utf-8", format.media_type()).into();
    }
    let extension = name.rsplit_once('.').map_or("", |(_, extension)| extension);
    let known = match extension {
        "htm" => "text/html; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "json" | "map" => "application/json; charset=utf-8",
        "webmanifest" => "application/manifest+json; charset=utf-8",
        "xml" => "application/xml; charset=utf-8",
        "svg" => "image/svg+xml; charset=utf-8",
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "gif" => "image/gif",
        "webp" => "image/webp",
        "avif" => "image/avif",
        "ico" => "image/x-icon",
        "woff2" => "font/woff2",
        "woff" => "font/woff",
        "ttf" => "font/ttf",
        "otf" => "font/otf",
        "pdf" => "application/pdf",
        "epub" => "application/epub+zip",
        "zip" => "application/zip",
        "mp3" => "audio/mpeg",
        "mp4" => "video/mp4",
        "webm" => "video/webm",
        _ => "application/octet-stream",
    };
    known.into()
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_files_of_a_site_have_their_types() {
        for (name, expected) in [
            ("index.html", "text/html; charset=utf-8"),
            ("K.csl.json", "application/vnd.citationstyles.csl+json; charset=utf-8"),
            ("K.biblatex.bib", "application/x-bibtex; charset=utf-8"),
            ("bibliography.md", "text/markdown; charset=utf-8"),
            ("NOTES.TXT", "text/plain; charset=utf-8"),
            ("Paper.PDF", "application/pdf"),
            ("serif.woff2", "font/woff2"),
            ("quick.idx", "application/octet-stream"),
            ("LICENCE", "application/octet-stream"),
        ] {
            assert_eq!(super::of(name), expected, "{name}");
        }
    }
}
