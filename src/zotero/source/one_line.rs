//! JSON on one line.

use std::borrow::Cow;

/// The same JSON without the white space between its parts. Text, numbers and escapes stay as they are written.
pub(super) fn one_line(json: &str) -> Cow<'_, str> {
    let blank = |byte: u8| matches!(byte, b' ' | b'\n' | b'\r' | b'\t');
    let mut kept = Vec::with_capacity(json.len());
    let mut in_text = false;
    let mut escaped = false;
    for byte in json.bytes() {
        if in_text {
            in_text = escaped || byte != b'"';
            escaped = !escaped && byte == b'\\';
        } else {
            in_text = byte == b'"';
        }
        if in_text || !blank(byte) {
            kept.push(byte);
        }
    }
    if kept.len() == json.len() {
        return Cow::Borrowed(json);
    }
    String::from_utf8(kept).map_or(Cow::Borrowed(json), Cow::Owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn white_space_goes_and_text_stays() {
        assert_eq!(
            one_line("{ \"a b\": [1,\n 2.50],\t\"c\\\" \\\\\" : \" d \" }"),
            r#"{"a b":[1,2.50],"c\" \\":" d "}"#
        );
    }
}
