//! `cs:text` with a variable.

use citationberg::taxonomy::{NumberVariable, StandardVariable, Variable};

use super::Walk;
use crate::bibliography::citation::processor::marks::{self, CLOSE, END_LINK, END_TITLE, Format, LINK, TITLE};
use crate::bibliography::citation::processor::name_value::is_east_asian;
use crate::bibliography::citation::processor::style::node::Look;
use crate::bibliography::citation::processor::text::{quotes, subtitle};

/// Where a DOI leads, and how styles begin one.
const DOI_HOST: &str = "https://doi.org/";

/// The variables in whose titles capitals depend on the record's language.
const BY_LANGUAGE: [StandardVariable; 15] = [
    StandardVariable::Title,
    StandardVariable::TitleShort,
    StandardVariable::ContainerTitle,
    StandardVariable::ContainerTitleShort,
    StandardVariable::CollectionTitle,
    StandardVariable::Event,
    StandardVariable::EventPlace,
    StandardVariable::Publisher,
    StandardVariable::PublisherPlace,
    StandardVariable::Authority,
    StandardVariable::Genre,
    StandardVariable::Medium,
    StandardVariable::Jurisdiction,
    StandardVariable::Archive,
    StandardVariable::ArchivePlace,
];

impl<'a> Walk<'a> {
    pub(super) fn variable(&mut self, variable: Variable, short: bool, look: &'a Look) {
        match variable {
            Variable::Number(_) | Variable::Page(_) => return self.plain_number(variable, look),
            Variable::Standard(StandardVariable::YearSuffix) => return self.year_suffix(look),
            _ => {}
        }
        self.calls.attempted = true;
        let Some((variable, text)) = self.text_of(variable, short) else { return };
        if !self.take(variable) {
            return;
        }
        self.calls.succeeded = true;
        match variable {
            Variable::Standard(StandardVariable::DOI) => self.doi(text, look),
            Variable::Standard(StandardVariable::URL) => {
                self.wrapped(look, |walk| walk.link(text));
            }
            Variable::Standard(variable) => self.words(variable, text, look),
            _ => {}
        }
    }

    /// The value of a variable, and of which: a short form stands for the long one if there is one.
    fn text_of(&self, variable: Variable, short: bool) -> Option<(Variable, &'a str)> {
        let item = self.item;
        if short {
            let shorter = match variable {
                Variable::Standard(StandardVariable::Title) => Some(StandardVariable::TitleShort),
                Variable::Standard(StandardVariable::ContainerTitle) => Some(StandardVariable::ContainerTitleShort),
                _ => None,
            };
            if let Some(shorter) = shorter
                && let Some(text) = item.text(shorter.into())
            {
                return Some((variable, text)).filter(|_| !text.is_empty());
            }
        }
        item.text(variable).map(|text| (variable, text))
    }

    fn words(&mut self, variable: StandardVariable, text: &'a str, look: &'a Look) {
        let own = quotes::own(text, &self.style.locale.quotes);
        let text = own.as_deref().unwrap_or(text);
        let titled = matches!(
            variable,
            StandardVariable::Title | StandardVariable::ContainerTitle | StandardVariable::TitleShort
        );
        let capitals = titled && self.style.capital_subtitles && look.case.is_none();
        let french = self.style.locale.is("fr");
        // Zotero asks for the language of the record's own main fields only; others are as if in English.
        let mut language = self.language();
        language.english |= !BY_LANGUAGE.contains(&variable);
        let upright = is_east_asian_text(text) && look.format.has(Format::ITALIC);
        self.wrapped_in(look, language, |walk| {
            if upright {
                // There is no italic in these scripts.
                walk.out.push(marks::open(Format::ITALIC.off()));
            }
            let title = matches!(variable, StandardVariable::Title | StandardVariable::TitleShort);
            if title {
                walk.out.push(TITLE);
            }
            if capitals {
                walk.out.push_str(&subtitle::capitalized(text, french));
            } else {
                walk.out.push_str(text);
            }
            if title {
                walk.out.push(END_TITLE);
            }
            if upright {
                walk.out.push(CLOSE);
            }
        });
    }

    /// A DOI is a link; the host that a style writes before it is part of it.
    fn doi(&mut self, text: &str, look: &'a Look) {
        let bare = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
        let bare = bare.and_then(|text| text.strip_prefix("dx.").or(Some(text))?.strip_prefix("doi.org/"));
        let Some(before) = look.prefix.strip_suffix(DOI_HOST) else {
            self.wrapped(look, |walk| walk.link(text));
            return;
        };
        let start = self.out.len();
        self.affix(before);
        self.link(&[DOI_HOST, bare.unwrap_or(text)].concat());
        self.affix(&look.suffix);
        debug_assert!(self.out.len() > start, "a DOI is not empty");
    }

    fn link(&mut self, text: &str) {
        self.out.push(LINK);
        self.out.push_str(text);
        self.out.push(END_LINK);
    }

    /// The letter that tells works of one year apart; asking for it counts neither way.
    fn year_suffix(&mut self, look: &'a Look) {
        let suffix = self.cite.year_suffix;
        if !suffix.is_empty() && !self.year_suffix_printed {
            self.year_suffix_printed = true;
            self.calls.succeeded = true;
            self.wrapped(look, |walk| walk.out.push_str(suffix));
        }
    }

    /// A number that is not the record's: of the list, the note, the place cited.
    pub(super) fn number_of_cite(&self, variable: NumberVariable) -> Option<String> {
        match variable {
            NumberVariable::CitationNumber => Some(self.cite.number.to_string()),
            NumberVariable::FirstReferenceNoteNumber => self.cite.first_note.map(|note| note.to_string()),
            NumberVariable::Locator => self.cite.locator.map(|(_, text)| text.to_owned()),
            _ => None,
        }
    }
}

/// Whether all letters are Han, kana or hangul.
fn is_east_asian_text(text: &str) -> bool {
    let mut letters = text.chars().filter(|c| c.is_alphabetic() && !marks::is_mark(*c)).peekable();
    letters.peek().is_some() && letters.all(is_east_asian)
}
