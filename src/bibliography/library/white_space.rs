//! White space as JavaScript counts it, in which Zotero's own reading and writing is made: the byte order mark is some, and
//! U+0085 is none.

/// A character of JavaScript's `\s`. See <https://tc39.es/ecma262/#prod-WhiteSpace>.
#[must_use]
pub fn is_space(c: char) -> bool {
    c != '\u{85}' && (c.is_whitespace() || c == '\u{feff}')
}

/// The text without white space at its ends.
#[must_use]
pub fn trim(text: &str) -> &str {
    text.trim_matches(is_space)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_byte_order_mark_is_white_space_and_a_next_line_is_text() {
        assert_eq!(trim("\u{feff}\u{a0} a\u{2028}\t"), "a");
        assert_eq!(trim("\u{85}a\u{200b}"), "\u{85}a\u{200b}");
    }
}
