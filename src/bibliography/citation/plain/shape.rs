//! The shapes of references, and which type has which.

/// How a reference of some types is built.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shape {
    /// Stands for itself: a book, a film, a law.
    Work,
    /// In an issue of a periodical.
    Article,
    /// In another work, with pages: "In E. Editor (Ed.), *Book* (pp. 1–9)".
    Part,
    /// On a site, without pages.
    Post,
    /// One of a series: "In *Programme*".
    Broadcast,
}

impl Shape {
    /// The shape of a type; one that is newer than this program stands for itself.
    pub fn of(item_type: &str) -> Self {
        match item_type {
            "journalArticle" | "magazineArticle" | "newspaperArticle" => Self::Article,
            "bookSection" | "conferencePaper" | "encyclopediaArticle" | "dictionaryEntry" => Self::Part,
            "webpage" | "blogPost" | "forumPost" => Self::Post,
            "podcast" | "radioBroadcast" | "tvBroadcast" => Self::Broadcast,
            _ => Self::Work,
        }
    }

    /// Types of which there is one copy, so that the archive matters.
    pub fn is_kept(item_type: &str) -> bool {
        matches!(item_type, "artwork" | "document" | "interview" | "letter" | "manuscript" | "map")
    }
}

/// How much of a date a reference shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Exactness {
    Year,
    Day,
}

impl Exactness {
    pub fn of(item_type: &str) -> Self {
        match item_type {
            "blogPost" | "email" | "forumPost" | "hearing" | "instantMessage" | "interview" | "letter"
            | "magazineArticle" | "newspaperArticle" | "podcast" | "presentation" | "radioBroadcast"
            | "tvBroadcast" | "webpage" => Self::Day,
            _ => Self::Year,
        }
    }
}
