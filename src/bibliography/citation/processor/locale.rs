//! The words of a language for references: terms, ordinals, forms of dates, and how locales fall back on each other.

use std::collections::{HashMap, HashSet};

use citationberg::taxonomy::{Kind, Locator, NumberVariable, OtherTerm, Term};
use citationberg::{Date, DateForm, GrammarGender, LocalizedTerm, OrdinalMatch, TermForm};

/// A term's words for one and for several.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Words {
    pub one: Box<str>,
    pub many: Box<str>,
}

/// An ending of ordinals.
#[derive(Clone, Debug)]
struct Ordinal {
    /// None for the ending of all other numbers.
    number: Option<u8>,
    fits: OrdinalMatch,
    gender: Option<GrammarGender>,
    text: Box<str>,
}

/// All words of one language, merged for one style.
#[derive(Clone, Debug, Default)]
pub(super) struct Locale {
    pub code: String,
    terms: HashMap<(Term, TermForm), Words>,
    genders: HashMap<Term, GrammarGender>,
    ordinals: Vec<Ordinal>,
    long_ordinals: HashMap<u8, Box<str>>,
    dates: HashMap<DateForm, Date>,
    pub punctuation_in_quote: bool,
    pub limit_day_ordinals: bool,
    /// Opening and closing quotes, outer ones first.
    pub quotes: [(String, String); 2],
    pub range_delimiter: Box<str>,
}

impl Locale {
    /// The words of a language with a style's own terms over them. `files` are those to look in, first to last.
    pub fn merged(tag: &str, files: &[citationberg::Locale], style: &[citationberg::Locale]) -> Self {
        let mut locale = Self { code: tag.to_owned(), ..Self::default() };
        for layer in files.iter().rev() {
            locale.forget_terms_of(layer);
            locale.take(layer);
        }
        let base = tag.split('-').next().unwrap_or(tag);
        let wanted = [None, Some(base), Some(tag).filter(|tag| *tag != base)];
        for (index, wanted) in wanted.into_iter().enumerate() {
            let fits = |layer: &&citationberg::Locale| layer.lang.as_ref().map(|lang| lang.0.as_str()) == wanted;
            for layer in style.iter().filter(fits).filter(|_| index == 0 || wanted.is_some()) {
                locale.take(layer);
            }
        }
        locale.complete();
        locale
    }

    fn take(&mut self, layer: &citationberg::Locale) {
        let terms = layer.terms.iter().flat_map(|terms| &terms.terms);
        if terms.clone().any(|term| term.name == Term::Other(OtherTerm::Ordinal)) {
            self.ordinals.clear();
        }
        for term in terms {
            self.take_term(term);
        }
        for date in &layer.date {
            if let Some(form) = date.form {
                self.dates.insert(form, date.clone());
            }
        }
        if let Some(options) = layer.style_options {
            self.punctuation_in_quote = options.punctuation_in_quote.unwrap_or(self.punctuation_in_quote);
            self.limit_day_ordinals = options.limit_day_ordinals_to_day_1.unwrap_or(self.limit_day_ordinals);
        }
    }

    /// A language's own file says all about a term: a form it lacks is not another language's.
    fn forget_terms_of(&mut self, layer: &citationberg::Locale) {
        let own: HashSet<Term> =
            layer.terms.iter().flat_map(|terms| &terms.terms).map(|term| canonical(term.name)).collect();
        self.terms.retain(|(term, _), _| !own.contains(term));
    }

    fn take_term(&mut self, term: &LocalizedTerm) {
        let one: Box<str> = term.single().unwrap_or_default().into();
        match term.name {
            Term::Other(OtherTerm::Ordinal) => self.ordinals.push(Ordinal {
                number: None,
                fits: OrdinalMatch::LastDigit,
                gender: term.gender_form,
                text: one,
            }),
            Term::Other(OtherTerm::OrdinalN(number)) => {
                let usual = if number < 10 { OrdinalMatch::LastDigit } else { OrdinalMatch::LastTwoDigits };
                let fits = term.match_.unwrap_or(usual);
                self.ordinals.push(Ordinal { number: Some(number), fits, gender: term.gender_form, text: one });
            }
            Term::Other(OtherTerm::LongOrdinal(number)) => {
                self.long_ordinals.insert(number, one);
            }
            name => {
                let many = term.multiple().map_or_else(|| one.clone(), Into::into);
                if let Some(gender) = term.gender {
                    self.genders.insert(canonical(name), gender);
                }
                self.terms.insert((canonical(name), term.form), Words { one, many });
            }
        }
    }

    fn complete(&mut self) {
        let sign = |locale: &Self, term| locale.word(Term::Other(term)).to_owned();
        self.quotes = [
            (sign(self, OtherTerm::OpenQuote), sign(self, OtherTerm::CloseQuote)),
            (sign(self, OtherTerm::OpenInnerQuote), sign(self, OtherTerm::CloseInnerQuote)),
        ];
        let delimiter = sign(self, OtherTerm::PageRangeDelimiter);
        self.range_delimiter = if delimiter.is_empty() { "–".into() } else { delimiter.into() };
    }

    /// A term in a form, or in the form that stands for a missing one.
    pub fn term(&self, term: Term, form: TermForm) -> Option<&Words> {
        let mut form = Some(form);
        while let Some(wanted) = form {
            if let Some(words) = self.terms.get(&(canonical(term), wanted)) {
                return Some(words);
            }
            form = wanted.fallback();
        }
        None
    }

    /// A term's long form for one; empty if there is none.
    pub fn word(&self, term: Term) -> &str {
        self.term(term, TermForm::Long).map_or("", |words| &words.one)
    }

    pub fn date(&self, form: DateForm) -> Option<&Date> {
        self.dates.get(&form)
    }

    pub fn gender(&self, term: Term) -> Option<GrammarGender> {
        self.genders.get(&canonical(term)).copied()
    }

    /// The ending of a number: the closest match first, then the right gender.
    pub fn ordinal(&self, number: u32, gender: Option<GrammarGender>) -> &str {
        let rank = |ordinal: &&Ordinal| {
            let fits = match (ordinal.number.map(u32::from), ordinal.fits) {
                (None, _) => 1,
                (Some(n), OrdinalMatch::LastDigit) if number % 10 == n => 2,
                (Some(n), OrdinalMatch::LastTwoDigits) if number % 100 == n => 3,
                (Some(n), OrdinalMatch::WholeNumber) if number == n => 4,
                _ => return None,
            };
            let same = match (ordinal.gender, gender) {
                (None, _) => 1,
                (own, wanted) if own == wanted => 2,
                _ => return None,
            };
            Some((fits, same))
        };
        let best = self.ordinals.iter().filter(|ordinal| rank(ordinal).is_some()).max_by_key(rank);
        best.map_or("", |ordinal| &ordinal.text)
    }

    /// "third", if the language has a word for the number.
    pub fn long_ordinal(&self, number: u32) -> Option<&str> {
        self.long_ordinals.get(&u8::try_from(number).ok()?).map(|text| &**text)
    }

    pub fn is(&self, language: &str) -> bool {
        self.code.split('-').next() == Some(language)
    }
}

/// One term for names that mean the same in several of the crate's lists.
const fn canonical(term: Term) -> Term {
    match term {
        Term::Locator(Locator::Issue) => Term::NumberVariable(NumberVariable::Issue),
        Term::Locator(Locator::Section) => Term::NumberVariable(NumberVariable::Section),
        Term::Locator(Locator::Volume) => Term::NumberVariable(NumberVariable::Volume),
        Term::Locator(Locator::Page) => Term::PageVariable,
        Term::Locator(Locator::Book) => Term::Kind(Kind::Book),
        Term::Locator(Locator::Chapter) => Term::Kind(Kind::Chapter),
        Term::Locator(Locator::Figure) => Term::Kind(Kind::Figure),
        Term::Other(OtherTerm::Interview) => Term::Kind(Kind::Interview),
        term => term,
    }
}
