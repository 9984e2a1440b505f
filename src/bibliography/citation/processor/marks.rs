//! The marks by which text carries its formatting until the very end.
//!
//! While a reference is being made it is one `String`: what a reader sees, and between it characters of Unicode's private
//! use that open and close formatting, quotes and links. Functions that change case or look for punctuation look through
//! them. Input is freed of such characters first, so that no record can forge one.

/// Closes what the last [`open`] opened.
pub const CLOSE: char = '\u{e000}';
/// A quotation begins; which sign that is, its depth decides in the end.
pub const QUOTE: char = '\u{e001}';
/// A quotation ends.
pub const UNQUOTE: char = '\u{e002}';
/// Text of the style follows: prefix, suffix or delimiter. Only there does punctuation merge with its neighbour.
pub const AFFIX: char = '\u{e003}';
/// The same for a prefix, which leaves a question mark's neighbour alone.
pub const PREFIX: char = '\u{e00b}';
/// The style's text ends.
pub const END_AFFIX: char = '\u{e004}';
/// What follows keeps its case.
pub const KEEP_CASE: char = '\u{e005}';
/// Case may be changed again.
pub const END_KEEP_CASE: char = '\u{e006}';
/// What follows is an address, and leads there.
pub const LINK: char = '\u{e007}';
/// The address ends.
pub const END_LINK: char = '\u{e008}';
/// The title of the work begins.
pub const TITLE: char = '\u{e009}';
/// The title of the work ends.
pub const END_TITLE: char = '\u{e00a}';
/// A division of the entry begins: `block`, `left-margin`, `right-inline`, `indent`, in this order.
pub const DIVISIONS: [char; 4] = ['\u{e010}', '\u{e011}', '\u{e012}', '\u{e013}'];
/// A division ends.
pub const END_DIVISION: char = '\u{e014}';
/// The first of the marks that open a formatting.
pub const FIRST_FORMAT: u32 = 0xf_0000;

/// Formatting as bits; a pair of bits for each attribute: set, and explicitly unset.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Format(pub u16);

impl Format {
    pub const ITALIC: Self = Self(1);
    pub const BOLD: Self = Self(1 << 1);
    pub const SMALL_CAPS: Self = Self(1 << 2);
    pub const UNDERLINE: Self = Self(1 << 3);
    pub const SUPERSCRIPT: Self = Self(1 << 4);
    pub const SUBSCRIPT: Self = Self(1 << 5);
    /// The record's own formatting: within the same formatting it is turned off.
    pub const TOGGLE: Self = Self(1 << 12);
    const VISIBLE: u16 = 0x3f;
    const OFF_SHIFT: u16 = 6;

    #[must_use]
    pub const fn and(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// The formatting that turns this one off.
    #[must_use]
    pub const fn off(self) -> Self {
        Self((self.0 & Self::VISIBLE) << Self::OFF_SHIFT)
    }

    #[must_use]
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }

    #[must_use]
    pub const fn has(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    /// What is visible within `outer` once this is opened there.
    #[must_use]
    pub const fn within(self, outer: Self) -> Self {
        let (on, off) = (self.0 & Self::VISIBLE, (self.0 >> Self::OFF_SHIFT) & Self::VISIBLE);
        if self.has(Self::TOGGLE) {
            return Self(outer.0 ^ on);
        }
        Self((outer.0 | on) & !off)
    }
}

/// The mark that opens a formatting.
#[must_use]
pub fn open(format: Format) -> char {
    char::from_u32(FIRST_FORMAT + u32::from(format.0)).unwrap_or(CLOSE)
}

/// The formatting a mark opens, if it is such a mark.
#[must_use]
pub fn opened(mark: char) -> Option<Format> {
    let bits = u32::from(mark).checked_sub(FIRST_FORMAT)?;
    u16::try_from(bits).ok().map(Format)
}

/// Whether a character is a mark, or could be taken for one.
#[must_use]
pub const fn is_mark(c: char) -> bool {
    matches!(c, '\u{e000}'..='\u{f8ff}' | '\u{f0000}'..)
}

/// Whether anything in a text is visible.
#[must_use]
pub fn is_blank(text: &str) -> bool {
    text.chars().all(is_mark)
}
