//! "Did you mean": the known name nearest to one that is not known.

/// The known name that was probably meant; None if none is near.
#[must_use]
pub fn nearest<'a>(name: &str, known: &[&'a str]) -> Option<&'a str> {
    let score = |known: &&str| strsim::jaro_winkler(&folded(name), &folded(known));
    let mut scored: Vec<_> = known.iter().map(|known| (score(known), *known)).collect();
    scored.sort_by(|a, b| b.0.total_cmp(&a.0));
    scored.first().filter(|(score, _)| *score > 0.8).map(|(_, known)| *known)
}

fn folded(name: &str) -> String {
    name.to_lowercase().replace('_', "-")
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn a_slip_of_the_finger_is_forgiven_and_a_stranger_is_not() {
        let known = ["title", "description", "base-version", "menu"];
        assert_eq!(nearest("tilte", &known), Some("title"));
        assert_eq!(nearest("base_version", &known), Some("base-version"));
        assert_eq!(nearest("Descripton", &known), Some("description"));
        assert_eq!(nearest("colour", &known), None);
        assert_eq!(nearest("", &known), None);
    }
}
