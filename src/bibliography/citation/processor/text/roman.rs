//! Roman numerals.

const SIGNS: [(u32, &str); 13] = [
    (1000, "m"),
    (900, "cm"),
    (500, "d"),
    (400, "cd"),
    (100, "c"),
    (90, "xc"),
    (50, "l"),
    (40, "xl"),
    (10, "x"),
    (9, "ix"),
    (5, "v"),
    (4, "iv"),
    (1, "i"),
];

/// A number below 4000 in small Roman numerals; others have none.
pub(in super::super) fn roman(mut number: u32) -> Option<String> {
    if number == 0 || number >= 4000 {
        return None;
    }
    let mut text = String::new();
    for (value, sign) in SIGNS {
        while number >= value {
            text.push_str(sign);
            number -= value;
        }
    }
    Some(text)
}

/// Whether a text is a Roman numeral in letters of one case.
pub(in super::super) fn is_roman(text: &str) -> bool {
    let lower = text.to_lowercase();
    if text != lower && text != text.to_uppercase() || text.is_empty() {
        return false;
    }
    let mut rest = lower.as_str();
    let mut value = 0;
    for (worth, sign) in SIGNS {
        while let Some(behind) = rest.strip_prefix(sign) {
            value += worth;
            rest = behind;
        }
    }
    rest.is_empty() && roman(value).is_some_and(|text| text == lower)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_have_roman_numerals_and_back() {
        for (number, text) in [(1, "i"), (4, "iv"), (14, "xiv"), (1999, "mcmxcix"), (3999, "mmmcmxcix")] {
            assert_eq!(roman(number).as_deref(), Some(text));
            assert!(is_roman(text) && is_roman(&text.to_uppercase()));
        }
        assert_eq!((roman(0), roman(4000)), (None, None));
        for text in ["", "iiii", "vx", "Xi", "volume", "12"] {
            assert!(!is_roman(text), "{text}");
        }
    }
}
