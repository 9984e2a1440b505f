//! What kind of file a browser is told it gets.

/// The content type of a file of the site by its name.
pub(super) fn of(name: &str) -> &'static str {
    if name.ends_with(".csl.json") {
        return "application/vnd.citationstyles.csl+json; charset=utf-8";
    }
    let extension = name.rsplit_once('.').map_or(String::new(), |(_, extension)| extension.to_ascii_lowercase());
    match extension.as_str() {
        "html" | "htm" => "text/html; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "json" | "map" => "application/json; charset=utf-8",
        "webmanifest" => "application/manifest+json; charset=utf-8",
        "xml" => "application/xml; charset=utf-8",
        "rdf" => "application/rdf+xml; charset=utf-8",
        "bib" => "application/x-bibtex; charset=utf-8",
        "ris" => "application/x-research-info-systems; charset=utf-8",
        "csv" => "text/csv; charset=utf-8",
        "txt" | "md" => "text/plain; charset=utf-8",
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
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_files_of_a_site_have_their_types() {
        for (name, expected) in [
            ("index.html", "text/html; charset=utf-8"),
            ("K.csl.json", "application/vnd.citationstyles.csl+json; charset=utf-8"),
            ("K.biblatex.bib", "application/x-bibtex; charset=utf-8"),
            ("Paper.PDF", "application/pdf"),
            ("serif.woff2", "font/woff2"),
            ("quick.idx", "application/octet-stream"),
            ("LICENCE", "application/octet-stream"),
        ] {
            assert_eq!(super::of(name), expected, "{name}");
        }
    }
}
