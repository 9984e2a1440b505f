//! The item type of an entry.

use biblatex::{Entry, EntryType};

use super::text::text;

/// What an entry is in Zotero, by its type and, where one type stands for several, by its fields.
pub(super) fn item_type(entry: &Entry) -> &'static str {
    let has = |name: &str| entry.get(name).is_some();
    let kind = || entry.get("type").map(text).unwrap_or_default();
    let preprint = has("eprint") && !has("journal") && !has("journaltitle");
    match &entry.entry_type {
        EntryType::Misc | EntryType::Unpublished | EntryType::Online if preprint => "preprint",
        EntryType::Article | EntryType::SuppPeriodical | EntryType::Periodical => "journalArticle",
        EntryType::InBook
        | EntryType::InCollection
        | EntryType::BookInBook
        | EntryType::SuppBook
        | EntryType::SuppCollection => "bookSection",
        EntryType::InProceedings => "conferencePaper",
        EntryType::Thesis | EntryType::PhdThesis | EntryType::MastersThesis => "thesis",
        EntryType::Report | EntryType::TechReport => "report",
        EntryType::Unpublished if has("eventtitle") => "presentation",
        EntryType::Unpublished => "manuscript",
        EntryType::Online => "webpage",
        EntryType::Software => "computerProgram",
        EntryType::Dataset => "dataset",
        EntryType::Patent => "patent",
        EntryType::InReference => "encyclopediaArticle",
        EntryType::Misc => "document",
        EntryType::Unknown(name) if name == "letter" && kind() == "E-mail" => "email",
        EntryType::Unknown(name) => unusual_type(name),
        _ => "book",
    }
}

/// Types that biblatex styles know beside the standard's own.
fn unusual_type(name: &str) -> &'static str {
    match name {
        "www" | "electronic" | "webpage" => "webpage",
        "artwork" | "image" => "artwork",
        "audio" | "music" => "audioRecording",
        "movie" => "film",
        "video" => "videoRecording",
        "letter" => "letter",
        "jurisdiction" => "case",
        "legislation" => "statute",
        "standard" => "standard",
        "newsarticle" => "newspaperArticle",
        _ => "document",
    }
}
