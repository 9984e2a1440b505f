//! Phrases by key, from Fluent files.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use icu::locale::Locale;
use unic_langid::LanguageIdentifier;

use super::number::Numbers;
use super::{FALLBACK, LanguageError};

/// A locale file: phrases of one language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Layer {
    /// `en`, `pt-BR`
    pub language: String,
    /// Its path, for messages.
    pub file: String,
    /// Fluent.
    pub text: String,
}

/// What a phrase is about.
#[derive(Clone, Copy, Debug)]
pub enum Argument<'a> {
    Text(&'a str),
    /// Chooses the plural form; `{ NUMBER($count) }` writes it with the language's separators.
    Number(u64),
}

/// The phrases of a language, and those of the one that stands in for it.
pub struct Words {
    own: FluentBundle<FluentResource>,
    fallback: FluentBundle<FluentResource>,
    missing: BTreeSet<String>,
    /// What the phrases say that are about nothing: the same every time, and most pages say dozens of them.
    fixed: BTreeMap<String, String>,
}

impl Words {
    pub fn new(tag: &str, locale: &Locale, layers: &[Layer]) -> Result<Self, LanguageError> {
        let primary = locale.id.language.as_str();
        let mut own: Vec<&Layer> = layers.iter().filter(|layer| layer.language == primary).collect();
        if primary != tag {
            own.extend(layers.iter().filter(|layer| layer.language == tag));
        }
        if own.is_empty() {
            return Err(unspoken(tag, layers));
        }
        let fallback: Vec<&Layer> = layers.iter().filter(|layer| layer.language == FALLBACK).collect();
        let known: BTreeSet<&str> = own.iter().flat_map(|layer| keys(&layer.text)).collect();
        let missing = fallback.iter().flat_map(|layer| keys(&layer.text)).filter(|key| !known.contains(key));
        let missing = missing.map(str::to_owned).collect();
        let fixed = BTreeMap::new();
        let mut words = Self { missing, own: bundle(tag, &own)?, fallback: bundle(FALLBACK, &fallback)?, fixed };
        let all = own.iter().chain(&fallback).flat_map(|layer| keys(&layer.text));
        words.fixed = all.filter_map(|key| Some((key.to_owned(), words.format(key, &[])?))).collect();
        Ok(words)
    }

    pub fn find(&self, key: &str, arguments: &[(&str, Argument<'_>)]) -> Option<String> {
        let fixed = if arguments.is_empty() { self.fixed.get(key) } else { None };
        fixed.cloned().or_else(|| self.format(key, arguments))
    }

    fn format(&self, key: &str, arguments: &[(&str, Argument<'_>)]) -> Option<String> {
        let mut values = FluentArgs::with_capacity(arguments.len());
        for (name, argument) in arguments {
            match argument {
                Argument::Text(text) => values.set(*name, *text),
                Argument::Number(number) => values.set(*name, *number),
            }
        }
        [&self.own, &self.fallback].into_iter().find_map(|bundle| {
            let pattern = bundle.get_message(key)?.value()?;
            Some(bundle.format_pattern(pattern, Some(&values), &mut Vec::new()).into_owned())
        })
    }

    /// Keys that only the fallback has, in alphabetical order.
    pub fn missing(&self) -> impl Iterator<Item = &str> {
        self.missing.iter().map(String::as_str)
    }
}

fn unspoken(tag: &str, layers: &[Layer]) -> LanguageError {
    let spoken: BTreeSet<String> = layers.iter().map(|layer| layer.language.clone()).collect();
    LanguageError::Unspoken { tag: tag.to_owned(), spoken: spoken.into_iter().collect() }
}

/// The keys of a Fluent file: what stands before ` =` at the beginning of a line.
fn keys(text: &str) -> impl Iterator<Item = &str> {
    text.lines().filter(|line| line.starts_with(|c: char| c.is_ascii_alphabetic())).filter_map(|line| {
        let (key, _) = line.split_once('=')?;
        Some(key.trim_end())
    })
}

fn bundle(tag: &str, layers: &[&Layer]) -> Result<FluentBundle<FluentResource>, LanguageError> {
    let language: LanguageIdentifier = tag.parse().map_err(|_| LanguageError::Tag(tag.to_owned()))?;
    let mut bundle = FluentBundle::new_concurrent(vec![language]);
    bundle.set_use_isolating(false);
    let numbers = numbers(tag)?;
    let number = bundle.add_function("NUMBER", move |values, _| match values.first() {
        Some(FluentValue::Number(number)) => FluentValue::from(numbers.whole(number.value as u64)),
        _ => FluentValue::Error,
    });
    number.map_err(|error| super::no_data(tag, &error))?;
    for layer in layers {
        bundle.add_resource_overriding(resource(layer)?);
    }
    Ok(bundle)
}

fn numbers(tag: &str) -> Result<Numbers, LanguageError> {
    Numbers::new(&super::locale(tag)?).map_err(|error| super::no_data(tag, &error))
}

fn resource(layer: &Layer) -> Result<FluentResource, LanguageError> {
    FluentResource::try_new(layer.text.clone()).map_err(|(_, errors)| {
        let error = errors.first();
        // Where the broken phrase begins, rather than where the parser gave up on it.
        let at = error.map_or(0, |error| error.slice.as_ref().unwrap_or(&error.pos).start);
        let rest = layer.text.get(at..).unwrap_or_default().trim_start().len();
        let line = layer.text.get(..layer.text.len() - rest).unwrap_or_default().matches('\n').count() + 1;
        let what = error.map(|error| error.kind.to_string()).unwrap_or_default();
        LanguageError::Syntax { file: layer.file.clone(), line, what }
    })
}

impl fmt::Debug for Words {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Words").field("missing", &self.missing).finish_non_exhaustive()
    }
}
