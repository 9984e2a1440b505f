//! A CSL item with typed variables, made once of a CSL-JSON object and read by every style.

use citationberg::taxonomy::{
    DateVariable, Kind, NameVariable, NumberVariable, PageVariable, StandardVariable, Variable,
};
use serde::Deserialize;
use serde::de::IntoDeserializer;
use serde::de::value::{Error, StrDeserializer};
use serde_json::{Map, Value};

use super::date_value::Date;
use super::extra;
use super::name_value::Name;
use super::text::markup;

const STANDARD: usize = StandardVariable::YearSuffix as usize + 1;
const NUMBERS: usize = NumberVariable::Volume as usize + 1;
const TEXTS: usize = STANDARD + NUMBERS + 1;
const NAMES: usize = NameVariable::Translator as usize + 1;
const DATES: usize = DateVariable::Submitted as usize + 1;

/// A record as a processor sees it: texts with their formatting as marks, names and dates in their parts.
#[derive(Clone, Debug)]
pub struct Item {
    pub(super) kind: Kind,
    texts: Vec<Option<Box<str>>>,
    names: Vec<Vec<Name>>,
    dates: Vec<Option<Date>>,
    /// The base of its language's code, in lower case, if the field holds a code.
    pub(super) language: Option<String>,
}

impl Item {
    /// Reads a CSL-JSON object. What it cannot use in it is left out; nothing makes it fail.
    #[must_use]
    pub fn new(csl: &Map<String, Value>) -> Self {
        let own;
        let csl = match extra::variables(csl) {
            Some(with_extra) => {
                own = with_extra;
                &own
            }
            None => csl,
        };
        let mut item = Self {
            kind: csl.get("type").and_then(Value::as_str).and_then(|kind| kind.parse().ok()).unwrap_or(Kind::Document),
            texts: vec![None; TEXTS],
            names: vec![Vec::new(); NAMES],
            dates: vec![None; DATES],
            language: None,
        };
        for (name, value) in csl {
            if let Some(variable) = variable(name) {
                item.set(variable, value);
            }
        }
        item.complete();
        item
    }

    fn set(&mut self, variable: Variable, value: &Value) {
        match variable {
            Variable::Name(variable) => {
                let names = value.as_array().map(Vec::as_slice).unwrap_or_default();
                self.names[variable as usize] = names.iter().filter_map(Name::new).collect();
            }
            Variable::Date(variable) => self.dates[variable as usize] = Date::new(value),
            _ => {
                let text = plain(value);
                let text = match variable {
                    Variable::Standard(StandardVariable::URL | StandardVariable::DOI) => markup::unmarked(&text),
                    _ => markup::read(&text),
                };
                if !text.trim().is_empty() {
                    self.texts[slot(variable)] = Some(text.into());
                }
            }
        }
    }

    /// Variables that follow from others.
    fn complete(&mut self) {
        let first_page = NumberVariable::PageFirst.into();
        if self.text(first_page).is_none()
            && let Some(page) = self.text(Variable::Page(PageVariable::Page))
        {
            let first: String = page.chars().take_while(|c| !matches!(c, '-' | '–' | ',' | '&' | ' ')).collect();
            self.texts[slot(first_page)] = Some(first.into());
        }
        let both = NameVariable::EditorTranslator as usize;
        let editors = &self.names[NameVariable::Editor as usize];
        if self.names[both].is_empty() && *editors == self.names[NameVariable::Translator as usize] {
            self.names[both] = editors.clone();
        }
        let language = self.text(StandardVariable::Language.into()).and_then(language_base);
        self.language = language;
    }

    /// A text or number, with its formatting as marks.
    #[must_use]
    pub(super) fn text(&self, variable: Variable) -> Option<&str> {
        self.texts.get(slot(variable))?.as_deref()
    }

    #[must_use]
    pub(super) fn names(&self, variable: NameVariable) -> &[Name] {
        &self.names[variable as usize]
    }

    #[must_use]
    pub(super) fn date(&self, variable: DateVariable) -> Option<&Date> {
        self.dates[variable as usize].as_ref()
    }

    /// Whether a variable has a value.
    #[must_use]
    pub(super) fn has(&self, variable: Variable) -> bool {
        match variable {
            Variable::Name(variable) => !self.names(variable).is_empty(),
            Variable::Date(variable) => self.date(variable).is_some(),
            text => self.text(text).is_some(),
        }
    }
}

/// The CSL variable of a name, historical spellings included.
pub(super) fn variable(name: &str) -> Option<Variable> {
    let name = match name {
        "shortTitle" => "title-short",
        "journalAbbreviation" => "container-title-short",
        name => name,
    };
    let text: StrDeserializer<'_, Error> = name.into_deserializer();
    Variable::deserialize(text).ok()
}

/// A number for each variable: texts and numbers first, then names, then dates.
pub(super) const fn slot(variable: Variable) -> usize {
    match variable {
        Variable::Standard(variable) => variable as usize,
        Variable::Number(variable) => STANDARD + variable as usize,
        Variable::Page(_) => STANDARD + NUMBERS,
        Variable::Name(variable) => TEXTS + variable as usize,
        Variable::Date(variable) => TEXTS + NAMES + variable as usize,
    }
}

/// How many variables there are: fits the bits of a `u128`.
#[cfg(test)]
const VARIABLES: usize = TEXTS + NAMES + DATES;

fn plain(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Number(number) => number.to_string(),
        Value::Bool(value) => value.to_string(),
        _ => String::new(),
    }
}

/// "en-US" → "en"; what is no code ("English", "eng") is none.
fn language_base(language: &str) -> Option<String> {
    let base = language.split(['-', '_']).next()?.trim();
    (base.len() == 2 && base.bytes().all(|byte| byte.is_ascii_alphabetic())).then(|| base.to_ascii_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_variable_has_a_bit_of_its_own() {
        const { assert!(VARIABLES <= 128) };
        assert_eq!(slot(DateVariable::Submitted.into()), VARIABLES - 1);
        for name in ["title", "DOI", "page", "volume", "author", "editortranslator", "issued", "archive_location"] {
            assert!(variable(name).is_some(), "{name}");
        }
        assert_eq!(variable("shortTitle"), variable("title-short"));
        assert_eq!(variable("no such variable"), None);
    }

    #[test]
    fn what_is_no_language_code_is_no_language() {
        for (language, base) in
            [("en-US", Some("en")), ("DE", Some("de")), ("pt_BR", Some("pt")), ("English", None), ("eng", None)]
        {
            assert_eq!(language_base(language).as_deref(), base);
        }
    }
}
