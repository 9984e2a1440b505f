//! What a text speaks of and the site does not have.

use crate::report::{Kind, Level, Problem};

static CITATION: Kind = Kind {
    id: "citation-unknown",
    level: Level::Warning,
    one: "a text cites a record that the site does not have",
    many: "texts cite {n} times a record that the site does not have",
    hint: Some("a record's citation key stands on its page and in its .bib file"),
};
/// `@name` in a sentence is mostly a name on some social network.
static MENTION: Kind = Kind {
    id: "mention-unknown",
    level: Level::Note,
    one: "a word with @ in a text is not the citation key of a record",
    many: "{n} words with @ in texts are not citation keys of records",
    hint: Some("`\\@word` or `code` keeps it as it is"),
};
static LINK: Kind = Kind {
    id: "link-unknown",
    level: Level::Warning,
    one: "a link in a text leads to something the site does not have",
    many: "{n} links in texts lead to something the site does not have",
    hint: None,
};

/// Something that is not there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Lack {
    Citation(String),
    Mention(String),
    Link(String),
}

impl Lack {
    pub fn in_file(self, file: &str) -> Problem {
        let (kind, detail) = match self {
            Self::Citation(key) => (&CITATION, format!("@{key}")),
            Self::Mention(key) => (&MENTION, format!("@{key}")),
            Self::Link(target) => (&LINK, target),
        };
        Problem::new(kind, file, detail)
    }
}
