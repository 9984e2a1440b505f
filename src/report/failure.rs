//! Failures: how an error that stops a command is told to the owner.

use std::error::Error;
use std::fmt::Write as _;

use crate::report::problem::printable;

/// An expected failure. Its `Display` says what zbib could not do, its sources say why, and its hint what to do now.
pub trait Hint: Error {
    /// The exact key, flag, command or page that helps.
    fn hint(&self) -> Option<String>;

    /// Where it happened, if that is a place in a file: `zbib.toml:12:1  ` and what stands there.
    fn place(&self) -> Option<String> {
        None
    }
}

/// The whole message: what, causes outermost first, the place, one hint.
#[must_use]
pub fn text(error: &dyn Hint) -> String {
    let mut text = format!("error: {}\n", lines(&error.to_string()));
    let mut cause = error.source();
    while let Some(source) = cause {
        let _ = writeln!(text, "  caused by: {}", lines(&without_number(&source.to_string())));
        cause = source.source();
    }
    if let Some(place) = error.place() {
        let _ = writeln!(text, "  at: {}", lines(&place));
    }
    if let Some(hint) = error.hint() {
        let _ = writeln!(text, "\nhint: {}", lines(&hint).replace("\n  ", "\n      "));
    }
    text
}

/// What and why in one line, for places that keep it: no place, no hint.
#[must_use]
pub fn in_a_line(error: &dyn Error) -> String {
    let mut text = printable(&error.to_string());
    let mut cause = error.source();
    while let Some(source) = cause {
        text.push_str(": ");
        text.push_str(&printable(&without_number(&source.to_string())));
        cause = source.source();
    }
    text
}

/// The system's words without its number for them: " (os error 2)".
fn without_number(text: &str) -> String {
    match text.rsplit_once(" (os error ") {
        Some((words, number)) if number.ends_with(')') => words.to_owned(),
        _ => text.to_owned(),
    }
}

/// Each line made printable, continuation lines indented.
fn lines(text: &str) -> String {
    text.trim_end().lines().map(printable).collect::<Vec<_>>().join("\n  ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, thiserror::Error)]
    #[error("cannot read `zbib.toml`")]
    struct Unreadable(#[source] std::io::Error);

    impl Hint for Unreadable {
        fn hint(&self) -> Option<String> {
            Some("run `zbib init` here first".to_owned())
        }
        fn place(&self) -> Option<String> {
            Some("zbib.toml:3:1".to_owned())
        }
    }

    #[test]
    fn a_failure_says_what_why_where_and_what_now() {
        let error = Unreadable(std::io::Error::other("no such file"));
        assert_eq!(
            text(&error),
            "error: cannot read `zbib.toml`\n  caused by: no such file\n  at: zbib.toml:3:1\n\nhint: run `zbib init` here first\n"
        );
        assert_eq!(in_a_line(&error), "cannot read `zbib.toml`: no such file");
    }
}
