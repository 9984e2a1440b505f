//! The styles that zbib brings: those of the CSL project that hayagriva's archive holds, ready parsed and unchanged.

use citationberg::Style;
use hayagriva::archive::ArchivedStyle;

use super::StyleError;
use crate::report;

/// Names that people use beside those of the archive; the styles by the last part of their ids. The long ones are names
/// that the Zotero style repository gave up, and `zotero.org` still leads from.
pub(super) const ALSO_CALLED: [(&str, &str); 11] = [
    ("aaa", "american-anthropological-association"),
    ("acm", "association-for-computing-machinery"),
    ("acs", "american-chemical-society"),
    ("ama", "american-medical-association"),
    ("apsa", "american-political-science-association"),
    ("asa", "american-sociological-association"),
    ("chicago-fullnote-bibliography", "chicago-notes-bibliography"),
    ("chicago-note-bibliography", "chicago-shortened-notes-bibliography"),
    ("lancet", "the-lancet"),
    ("lncs", "springer-lecture-notes-in-computer-science"),
    ("mhra", "mhra-notes"),
];

/// Names in the archive that promise another edition than they give.
const MISLEADING: [&str; 2] = ["mla-8", "modern-language-association-8"];

/// What readers call the best known styles; titles in the archive are whole sentences.
const LABELS: [(&str, &str); 10] = [
    ("american-chemical-society", "ACS"),
    ("american-medical-association", "AMA"),
    ("apa", "APA"),
    ("chicago-author-date", "Chicago (author-date)"),
    ("chicago-notes-bibliography", "Chicago (notes)"),
    ("harvard-cite-them-right", "Harvard (Cite Them Right)"),
    ("ieee", "IEEE"),
    ("mhra-notes", "MHRA"),
    ("modern-language-association", "MLA"),
    ("nlm-citation-sequence", "Vancouver"),
];

/// How many names are offered for one that is not known.
const OFFERED: usize = 3;

/// A style of the archive by any of its names: the archive's, the repository's, or its whole id.
pub(super) fn by_name(name: &str) -> Option<ArchivedStyle> {
    let name = super::name_of(name).to_lowercase();
    let name = ALSO_CALLED.iter().find(|(also, _)| *also == name).map_or(name.as_str(), |(_, id)| *id);
    let by_id = ArchivedStyle::all().iter().find(|style| id(**style) == name).copied();
    by_id.or_else(|| ArchivedStyle::by_name(name).filter(|_| !MISLEADING.contains(&name)))
}

/// The last part of a style's id: `apa`.
pub(super) fn id(style: ArchivedStyle) -> &'static str {
    super::name_of(style.csl_id())
}

/// What readers call a style, where that is not its title.
pub(super) fn label(id: &str) -> Option<&'static str> {
    LABELS.iter().find(|(known, _)| *known == id).map(|(_, label)| *label)
}

/// The style itself.
pub(super) fn read(style: ArchivedStyle) -> Style {
    // The archive's own tests, and one of ours, read every one of them.
    style.get()
}

/// The ids of all styles, sorted.
#[must_use]
pub fn names() -> Vec<&'static str> {
    let mut names: Vec<_> = ArchivedStyle::all().iter().map(|style| id(*style)).collect();
    names.sort_unstable();
    names
}

/// Nothing is called so; these are.
pub(super) fn unknown(name: &str) -> StyleError {
    let short = super::name_of(name).to_lowercase();
    let names = names();
    let mut nearest: Vec<&str> = report::nearest(&short, &names).into_iter().collect();
    let holds = |known: &&&str| short.len() > 2 && known.contains(short.as_str()) && !nearest.contains(known);
    let others: Vec<&str> = names.iter().filter(holds).copied().collect();
    nearest.extend(others);
    StyleError::Unknown {
        name: name.to_owned(),
        nearest: nearest.into_iter().take(OFFERED).map(str::to_owned).collect(),
    }
}
