//! What TOML's reader says, in an owner's words: it knows the types of Rust, an owner knows texts, numbers and lists.

use crate::report;

/// What is wrong, to stand behind "`zbib.toml` has", and what to do about it.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Wording {
    pub(super) problem: String,
    pub(super) hint: String,
}

pub(super) fn of(message: &str) -> Wording {
    let message = message.trim();
    if let Some((name, known)) = unknown(message, "unknown field `") {
        return Wording { problem: "a setting zbib does not know".to_owned(), hint: meant(&name, &known) };
    }
    if let Some((name, known)) = unknown(message, "unknown variant `") {
        return Wording { problem: "a value zbib does not know".to_owned(), hint: meant(&name, &known) };
    }
    if let Some((_, expected)) = message.rsplit_once(", expected ").filter(|_| message.starts_with("invalid ")) {
        let problem = "a value of the wrong kind".to_owned();
        return Wording { problem, hint: format!("what belongs here: {}", kind(expected)) };
    }
    Wording {
        problem: format!("a line zbib cannot understand: {message}"),
        hint: "texts stand in quotes, lists in brackets: title = \"My library\", types = [\"book\"]".to_owned(),
    }
}

/// The unknown name and the known ones: "unknown field `collection`, expected one of `site`, `publish`".
fn unknown(message: &str, start: &str) -> Option<(String, Vec<String>)> {
    let (name, expected) = message.strip_prefix(start)?.split_once('`')?;
    Some((name.to_owned(), expected.split('`').skip(1).step_by(2).map(str::to_owned).collect()))
}

fn meant(name: &str, known: &[String]) -> String {
    if is_secret(name) {
        return "an API key does not belong in a file: put it into the environment variable ZOTERO_API_KEY".to_owned();
    }
    let names: Vec<_> = known.iter().map(String::as_str).collect();
    match report::nearest(name, &names) {
        Some(near) => format!("did you mean `{near}`?"),
        None => format!("what can stand here: {}", names.join(", ")),
    }
}

fn is_secret(name: &str) -> bool {
    let name = name.to_lowercase().replace(['-', '_'], "");
    name == "key" || name.contains("apikey")
}

fn kind(expected: &str) -> &str {
    match expected {
        "a string" => "a text in quotes",
        "a boolean" => "`true` or `false`",
        "a sequence" => "a list in brackets, [\"…\"]",
        "usize" | "u16" | "u32" | "u64" | "i64" => "a whole number, and not a very large one",
        table if table.starts_with("struct ") || table == "a map" => "a table",
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_reader_speaks_of_texts_numbers_and_lists() {
        for (message, problem, hint) in [
            (
                "unknown field `titel`, expected one of `title`, `theme`",
                "a setting zbib does not know",
                "did you mean `title`?",
            ),
            ("unknown field `x`, expected `port`", "a setting zbib does not know", "what can stand here: port"),
            (
                "unknown variant `grup`, expected `group` or `user`",
                "a value zbib does not know",
                "did you mean `group`?",
            ),
            (
                "invalid type: integer `3`, expected a string",
                "a value of the wrong kind",
                "what belongs here: a text in quotes",
            ),
            (
                "invalid type: string \"a, b\", expected usize",
                "a value of the wrong kind",
                "what belongs here: a whole number, and not a very large one",
            ),
            (
                "duplicate key",
                "a line zbib cannot understand: duplicate key",
                "texts stand in quotes, lists in brackets: title = \"My library\", types = [\"book\"]",
            ),
        ] {
            assert_eq!(of(message), Wording { problem: problem.to_owned(), hint: hint.to_owned() });
        }
        assert!(of("unknown field `api_key`, expected `title`").hint.contains("ZOTERO_API_KEY"));
    }
}
