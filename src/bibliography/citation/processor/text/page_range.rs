//! Ranges of pages, written out or shortened as a style wants.

use citationberg::PageRangeFormat;

/// A range in a format: `to` may be given short ("42-5"). Ends with different prefixes stay as they are.
pub(in super::super) fn shorten(from: &str, to: &str, delimiter: &str, format: PageRangeFormat) -> String {
    let ((prefix, first), (to_prefix, last)) = (split(from), split(to));
    if first.is_empty() || last.is_empty() || (prefix != to_prefix && !to_prefix.is_empty()) || prefix.len() > 4 {
        return [from, delimiter, to].concat();
    }
    let full = match first.len().checked_sub(last.len()) {
        Some(missing) => [&first[..missing], last].concat(),
        None => last.to_owned(),
    };
    let short = match format {
        PageRangeFormat::Expanded => [prefix, &full].concat(),
        PageRangeFormat::Minimal => changed(first, &full, 1).to_owned(),
        PageRangeFormat::MinimalTwo => changed(first, &full, 2).to_owned(),
        PageRangeFormat::Chicago15 | PageRangeFormat::Chicago16 => chicago(first, &full, format).to_owned(),
    };
    [from, delimiter, &short].concat()
}

/// Prefix and digits: "S59" → "S", "59"; digits must end it.
fn split(page: &str) -> (&str, &str) {
    let digits = page.bytes().rev().take_while(u8::is_ascii_digit).count();
    page.split_at(page.len() - digits)
}

/// What differs at the end of two numbers, `least` digits at least.
fn changed<'t>(first: &str, last: &'t str, least: usize) -> &'t str {
    if first.len() != last.len() {
        return last;
    }
    let same = first.bytes().zip(last.bytes()).take_while(|(a, b)| a == b).count();
    &last[same.min(last.len().saturating_sub(least))..]
}

/// The Chicago Manual's rules: all digits below 100 and after hundreds, one after 01–09, else two or more.
fn chicago<'t>(first: &str, last: &'t str, format: PageRangeFormat) -> &'t str {
    if first.len() < 3 || first.ends_with("00") {
        return last;
    }
    if first.as_bytes()[first.len() - 2] == b'0' {
        return changed(first, last, 1);
    }
    let short = changed(first, last, 2);
    let long = format == PageRangeFormat::Chicago15 && first.len() == 4 && short.len() >= 3;
    if long { last } else { short }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_are_shortened_as_the_specification_says() {
        use PageRangeFormat::{Chicago15, Chicago16, Expanded, Minimal, MinimalTwo};
        for (format, from, to, expected) in [
            (Chicago15, "3", "10", "3–10"),
            (Chicago15, "100", "104", "100–104"),
            (Chicago15, "107", "108", "107–8"),
            (Chicago15, "321", "325", "321–25"),
            (Chicago15, "1496", "1504", "1496–1504"),
            (Chicago16, "1496", "1504", "1496–504"),
            (Chicago16, "2787", "2816", "2787–816"),
            (Chicago16, "11564", "11568", "11564–68"),
            (Chicago16, "92", "113", "92–113"),
            (Expanded, "42", "5", "42–45"),
            (Expanded, "2787", "816", "2787–2816"),
            (Expanded, "S59", "S93", "S59–S93"),
            (Minimal, "42", "45", "42–5"),
            (Minimal, "2787", "2816", "2787–816"),
            (Minimal, "S59", "S93", "S59–93"),
            (MinimalTwo, "7", "8", "7–8"),
            (MinimalTwo, "321", "328", "321–28"),
            (Expanded, "xi", "xxiv", "xi–xxiv"),
            (Minimal, "A1", "B2", "A1–B2"),
        ] {
            assert_eq!(shorten(from, to, "–", format), expected, "{format:?}");
        }
    }
}
