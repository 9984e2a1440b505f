//! Parts of addresses as URLs want them.

use std::fmt::Write as _;

/// A path segment, percent-encoded where URLs require it.
pub(super) fn segment(text: &str) -> String {
    let mut encoded = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~!$'()*,;=@".contains(&byte) {
            encoded.push(char::from(byte));
        } else {
            let _ = write!(encoded, "%{byte:02X}");
        }
    }
    encoded
}

/// Where a bare DOI leads: <https://www.doi.org/doi-handbook/HTML/encoding-rules-for-urls.html>.
#[must_use]
pub fn doi(bare: &str) -> String {
    let parts: Vec<_> = bare.split('/').map(segment).collect();
    format!("https://doi.org/{}", parts.join("/"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn segments_are_encoded_byte_by_byte() {
        assert_eq!(segment("Gödel 1931 #2?.pdf"), "G%C3%B6del%201931%20%232%3F.pdf");
        assert_eq!(segment("a%b\"<>"), "a%25b%22%3C%3E");
    }

    #[test]
    fn a_doi_of_any_characters_is_an_address() {
        assert_eq!(doi("10.1002/(SICI)1:2<3#?"), "https://doi.org/10.1002/(SICI)1%3A2%3C3%23%3F");
    }
}
