//! Dates as people type them, read as Zotero reads them.

/// A date: the text as typed, and what Zotero's `strToDate` finds in it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Date {
    /// As typed: "Spring 1999", "n.d."; empty if there is none.
    pub raw: String,
    /// The year as text, with its era: "1999", "44 BC".
    pub year: Option<String>,
    /// 1 to 12.
    pub month: Option<u8>,
    /// 1 to 31.
    pub day: Option<u8>,
    /// What is left of the text: "Spring".
    pub part: Option<String>,
}

impl Date {
    /// The year as a number, negative before the common era.
    #[must_use]
    pub fn year_number(&self) -> Option<i32> {
        let text = self.year.as_deref()?;
        let digits = text.trim_end_matches(|c: char| !c.is_ascii_digit());
        let year: i32 = digits.parse().ok()?;
        Some(if text[digits.len()..].to_ascii_uppercase().contains('B') { -year } else { year })
    }
}
