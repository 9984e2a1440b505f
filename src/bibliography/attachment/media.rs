//! Media types of files that a site can safely give out.

use crate::bibliography::attachment::Rules;

/// Types and their file extensions, the usual one first. Nothing here runs as a page or a script of the site's origin: no
/// HTML, SVG, XML, nor programs.
const SAFE: &[(&str, &[&str])] = &[
    ("application/pdf", &["pdf"]),
    ("application/epub+zip", &["epub"]),
    ("application/zip", &["zip"]),
    ("application/msword", &["doc"]),
    ("application/vnd.openxmlformats-officedocument.wordprocessingml.document", &["docx"]),
    ("application/vnd.openxmlformats-officedocument.presentationml.presentation", &["pptx"]),
    ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", &["xlsx"]),
    ("application/vnd.oasis.opendocument.text", &["odt"]),
    ("image/vnd.djvu", &["djvu"]),
    ("text/plain", &["txt"]),
    ("text/csv", &["csv"]),
    ("image/png", &["png"]),
    ("image/jpeg", &["jpg", "jpeg"]),
    ("image/gif", &["gif"]),
    ("image/webp", &["webp"]),
    ("audio/mpeg", &["mp3"]),
    ("video/mp4", &["mp4"]),
];

/// The types that can be chosen.
pub(super) fn names() -> impl Iterator<Item = &'static str> {
    SAFE.iter().map(|(name, _)| *name)
}

/// The usual extension of a type.
pub(super) fn extension(media_type: &str) -> &'static str {
    SAFE.iter().find(|(name, _)| *name == media_type).map_or("bin", |(_, extensions)| extensions[0])
}

/// The type under which a file is published, if it is: Zotero's word and the name's extension must not disagree.
pub(super) fn published(
    content_type: &str,
    filename: &str,
    rules: &Rules,
    image_of_note: bool,
) -> Option<&'static str> {
    let stated = content_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    let extension = filename.rsplit_once('.').map(|(_, extension)| extension.to_ascii_lowercase());
    let by_name = extension.as_deref().and_then(of_extension);
    let media_type = match (SAFE.iter().find(|(name, _)| *name == stated), by_name) {
        (Some((stated, _)), Some(by_name)) if *stated != by_name => return None,
        (Some((stated, _)), None) if extension.as_deref().is_none_or(|text| text.len() > 5) => stated,
        (Some(_), None) => return None,
        (Some((stated, _)), Some(_)) => stated,
        (None, by_name) if matches!(stated.as_str(), "" | "application/octet-stream") => by_name?,
        (None, _) => return None,
    };
    (rules.takes(media_type) || image_of_note && media_type.starts_with("image/")).then_some(media_type)
}

fn of_extension(extension: &str) -> Option<&'static str> {
    SAFE.iter().find(|(_, known)| known.contains(&extension)).map(|(name, _)| *name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bibliography::attachment::Settings;

    #[test]
    fn a_file_is_published_if_its_type_and_its_name_agree() {
        let types = vec!["application/pdf".into(), "text/plain".into()];
        let rules = Rules::compile(&Settings { types, ..Settings::default() }).unwrap();
        for (content_type, filename, wanted) in [
            ("application/pdf", "paper.pdf", Some("application/pdf")),
            ("application/pdf", "PAPER.PDF", Some("application/pdf")),
            ("application/pdf; charset=x", "paper", Some("application/pdf")),
            ("application/pdf", "On computing. A survey", Some("application/pdf")),
            ("", "paper.pdf", Some("application/pdf")),
            ("application/pdf", "evil.html", None),
            ("application/pdf", "evil.svg", None),
            ("text/html", "page.pdf", None),
            ("image/svg+xml", "x.svg", None),
            ("image/png", "x.png", None),
            ("", "", None),
        ] {
            assert_eq!(published(content_type, filename, &rules, false), wanted, "{content_type} {filename}");
        }
        assert_eq!(published("image/png", "x.png", &rules, true), Some("image/png"));
    }
}
