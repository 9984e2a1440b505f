//! Zotero's palettes: colours by name, since pages may not carry colours of their own.

/// The colours Zotero's reader and note editor offer.
/// See <https://github.com/zotero/reader/blob/master/src/common/defines.js>.
const ANNOTATIONS: [(&str, [u8; 3]); 8] = [
    ("yellow", [0xff, 0xd4, 0x00]),
    ("red", [0xff, 0x66, 0x66]),
    ("green", [0x5f, 0xb2, 0x36]),
    ("blue", [0x2e, 0xa8, 0xe5]),
    ("purple", [0xa2, 0x8a, 0xe5]),
    ("magenta", [0xe5, 0x6e, 0xee]),
    ("orange", [0xf1, 0x98, 0x37]),
    ("gray", [0xaa, 0xaa, 0xaa]),
];

/// The colours Zotero offers for tags.
/// See <https://github.com/zotero/zotero/blob/main/chrome/content/zotero/tagColorChooser.js>.
const TAGS: [(&str, [u8; 3]); 9] = [
    ("red", [0xff, 0x66, 0x66]),
    ("orange", [0xff, 0x8c, 0x19]),
    ("gray", [0x99, 0x99, 0x99]),
    ("green", [0x5f, 0xb2, 0x36]),
    ("teal", [0x00, 0x99, 0x80]),
    ("blue", [0x2e, 0xa8, 0xe5]),
    ("indigo", [0x57, 0x6d, 0xd9]),
    ("purple", [0xa2, 0x8a, 0xe5]),
    ("plum", [0xa6, 0x50, 0x7b]),
];

/// The name of the annotation colour nearest to `#ffd400`, `#ffd40080` or `rgb(255, 212, 0)`. None if it is no colour.
#[must_use]
pub fn annotation(color: &str) -> Option<&'static str> {
    nearest(&ANNOTATIONS, parse(color)?)
}

/// The annotation colour of a name, as `#ffd400`; that of an unknown name is the first's.
#[must_use]
pub fn of_annotation(name: &str) -> String {
    let (_, [red, green, blue]) = ANNOTATIONS.iter().find(|(known, _)| *known == name).unwrap_or(&ANNOTATIONS[0]);
    format!("#{red:02x}{green:02x}{blue:02x}")
}

/// The name of the tag colour nearest to `#ff6666`. None if it is no colour.
#[must_use]
pub fn tag(color: &str) -> Option<&'static str> {
    nearest(&TAGS, parse(color)?)
}

fn nearest(palette: &[(&'static str, [u8; 3])], color: [u8; 3]) -> Option<&'static str> {
    let distance =
        |other: &[u8; 3]| -> u32 { color.iter().zip(other).map(|(a, b)| u32::from(a.abs_diff(*b)).pow(2)).sum() };
    palette.iter().min_by_key(|(_, known)| distance(known)).map(|(name, _)| *name)
}

fn parse(color: &str) -> Option<[u8; 3]> {
    let color = color.trim();
    if let Some(digits) = color.strip_prefix('#') {
        return hexadecimal(digits);
    }
    let inner = color.strip_prefix("rgba(").or_else(|| color.strip_prefix("rgb("))?.strip_suffix(')')?;
    let mut parts = inner.split([',', ' ', '/']).filter(|part| !part.is_empty()).map(str::parse::<u8>);
    let mut next = || parts.next()?.ok();
    Some([next()?, next()?, next()?])
}

fn hexadecimal(digits: &str) -> Option<[u8; 3]> {
    if !digits.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return None;
    }
    let pair = |at: usize| u8::from_str_radix(&digits[at..at + 2], 16).ok();
    let single = |at: usize| u8::from_str_radix(&digits[at..=at], 16).ok().map(|value| value * 17);
    match digits.len() {
        6 | 8 => Some([pair(0)?, pair(2)?, pair(4)?]),
        3 | 4 => Some([single(0)?, single(1)?, single(2)?]),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colours_have_zoteros_names_in_every_notation() {
        for (color, wanted) in [
            ("#ffd400", Some("yellow")),
            ("#FFD40080", Some("yellow")),
            ("rgba(255, 102, 102, 0.5)", Some("red")),
            ("rgb(46 168 229)", Some("blue")),
            ("#ff0", Some("yellow")),
            ("#000000", Some("green")),
            ("red;position:fixed", None),
            ("#ééé", None),
            ("", None),
        ] {
            assert_eq!(annotation(color), wanted, "{color}");
        }
        assert_eq!(tag("#A6507B"), Some("plum"));
    }
}
