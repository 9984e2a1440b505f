//! Which of two signs stays where a style's punctuation meets what is there already.

/// What two neighbouring signs become, as in Zotero's processor; none if at least one is no such sign.
pub(super) fn merged(first: char, second: char) -> Option<(char, Option<char>)> {
    let is_sign = |c: char| matches!(c, '.' | ',' | ';' | ':' | '!' | '?');
    if !is_sign(first) || !is_sign(second) {
        return None;
    }
    if first == second {
        return Some((first, None));
    }
    Some(match (first, second) {
        ('!' | '?', '.' | ':') | (':' | ';', '.') | (';', ':') => (first, None),
        (':' | ';', '!' | '?') | (',', '.') => (second, None),
        (first, second) => (first, Some(second)),
    })
}

#[cfg(test)]
mod tests {
    use super::merged;

    #[test]
    fn the_stronger_sign_stays() {
        for (pair, expected) in [
            ("..", "."),
            (",,", ","),
            ("?.", "?"),
            ("!.", "!"),
            ("?:", "?"),
            ("?,", "?,"),
            (".,", ".,"),
            (".:", ".:"),
            (",.", "."),
            (";.", ";"),
            (":!", "!"),
            ("?!", "?!"),
            (".;", ".;"),
        ] {
            let mut signs = pair.chars();
            let (first, second) = merged(signs.next().unwrap(), signs.next().unwrap()).unwrap();
            let text: String = std::iter::once(first).chain(second).collect();
            assert_eq!(text, expected, "{pair}");
        }
        assert_eq!(merged('a', '.'), None);
    }
}
