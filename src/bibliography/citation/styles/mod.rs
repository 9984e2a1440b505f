//! Which styles and locales there are, and how they are chosen.
//!
//! A style is named as the Zotero style repository names it, and comes from the archive within the program; or it is a
//! file of the owner's, which is measured and checked before it is used: it may be broken, or written to do harm. Files are
//! read through a function that the caller brings, so nothing here knows where they are.

pub mod archive;
pub mod locales;

mod error;
mod macros;
mod read;
mod tree;

#[cfg(test)]
mod tests;

use citationberg::{IndependentStyle, LocaleCode, Style};

pub use self::error::{Fault, StyleError};

/// Reads a file of the owner's by its path from the project's root; none if there is no such file.
pub type Read<'a, E> = &'a mut dyn FnMut(&str) -> Result<Option<String>, E>;

/// A style that was chosen, with its parent's rules if it has a parent.
#[derive(Clone, Debug)]
pub struct ChosenStyle {
    /// What stands for it in pages and on the command line: the repository's name, or that of the file.
    pub id: String,
    /// Its name for readers: the shorter of its titles, which is not always the one that is called short.
    pub label: String,
    /// Its rules. The `default_locale` is the dependent style's own if it has one.
    pub style: IndependentStyle,
}

/// The styles in the order of their names, none of them twice.
///
/// # Errors
/// As [`style`], and when two names mean one style.
pub fn styles<E: From<StyleError>>(names: &[String], read: Read<'_, E>) -> Result<Vec<ChosenStyle>, E> {
    let mut chosen: Vec<ChosenStyle> = Vec::new();
    for name in names {
        let next = style(name, read)?;
        if let Some(known) = chosen.iter().position(|known| known.id == next.id) {
            let (first, second) = (names[known].clone(), name.clone());
            return Err(StyleError::Twice { id: next.id, first, second }.into());
        }
        chosen.push(next);
    }
    Ok(chosen)
}

/// A style by its name (`apa`, `http://www.zotero.org/styles/apa`) or the path of a `.csl` file.
///
/// # Errors
/// When there is no such style, or it is a file that cannot be read or used, or the style that it follows cannot.
pub fn style<E: From<StyleError>>(name: &str, read: Read<'_, E>) -> Result<ChosenStyle, E> {
    if is_path(name) {
        let Some(text) = read(name)? else { return Err(StyleError::NoFile { path: name.to_owned() }.into()) };
        return of_file(name, &text, read);
    }
    let archived = archive::by_name(name).ok_or_else(|| archive::unknown(name))?;
    match archive::read(archived) {
        Style::Independent(style) => {
            let chosen = chosen(archive::id(archived), style);
            let label = archive::label(&chosen.id).map_or_else(|| chosen.label.clone(), str::to_owned);
            Ok(ChosenStyle { label, ..chosen })
        }
        // The archive has none, says a test.
        Style::Dependent(_) => Err(archive::unknown(name).into()),
    }
}

/// Whether a style is named by the path of a file. Names of the repository have no ending, and slashes only in addresses.
#[must_use]
pub fn is_path(name: &str) -> bool {
    let address = name.starts_with("http://") || name.starts_with("https://");
    !address && (name.to_lowercase().ends_with(".csl") || name.contains(['/', '\\']))
}

fn of_file<E: From<StyleError>>(place: &str, text: &str, read: Read<'_, E>) -> Result<ChosenStyle, E> {
    let id = name_of(place).to_owned();
    match parsed(place, text)? {
        Style::Independent(style) => Ok(chosen(&id, style)),
        Style::Dependent(dependent) => {
            let mut style = parent(place, &dependent.parent_link.href, read)?;
            // All else that it says of itself is the parent's: Zotero's processor looks at the parent's id, too.
            style.info.title = dependent.info.title;
            style.info.title_short = dependent.info.title_short;
            style.default_locale = dependent.default_locale.or(style.default_locale);
            Ok(chosen(&id, style))
        }
    }
}

/// The rules that a dependent style follows: a file beside it, else the archive's.
fn parent<E: From<StyleError>>(place: &str, href: &str, read: Read<'_, E>) -> Result<IndependentStyle, E> {
    let name = name_of(href);
    let folder = &place[..place.rfind(['/', '\\']).map_or(0, |slash| slash + 1)];
    let file = format!("{folder}{name}.csl");
    // The name comes from the file, so it must not lead anywhere else.
    let is_name = !name.is_empty() && name.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_'));
    let beside = if is_name && file != place { read(&file)? } else { None };
    let style = match beside {
        Some(text) => parsed(&file, &text)?,
        None => match archive::by_name(name) {
            Some(archived) => archive::read(archived),
            None => return Err(StyleError::NoParent { place: place.to_owned(), parent: name.to_owned(), file }.into()),
        },
    };
    match style {
        Style::Independent(style) => Ok(style),
        Style::Dependent(_) => {
            let fault = Fault::GrandParent { parent: name.to_owned() };
            Err(StyleError::Refused { place: place.to_owned(), line: None, fault }.into())
        }
    }
}

fn parsed(place: &str, text: &str) -> Result<Style, StyleError> {
    read::style(text).map_err(|(line, fault)| StyleError::Refused { place: place.to_owned(), line, fault })
}

fn chosen(id: &str, style: IndependentStyle) -> ChosenStyle {
    let short = style.info.title_short.as_ref().map(|title| title.value.as_str());
    let titles = [Some(style.info.title.value.as_str()), short].into_iter().flatten();
    let label = titles.filter(|title| !title.trim().is_empty()).min_by_key(|title| title.len()).unwrap_or(id);
    ChosenStyle { id: id.to_owned(), label: one_line(label), style }
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

impl ChosenStyle {
    /// The locale in which it prints whatever the site's language is.
    #[must_use]
    pub fn own_locale(&self) -> Option<&str> {
        self.style.default_locale.as_ref().map(|LocaleCode(tag)| tag.as_str()).filter(|tag| !tag.is_empty())
    }
}

/// The last part of a path or an address, without `.csl`: `http://www.zotero.org/styles/apa` is `apa`.
fn name_of(path: &str) -> &str {
    let path = path.trim_end_matches(['/', '\\']);
    let name = path.rsplit(['/', '\\']).next().unwrap_or(path);
    name.strip_suffix(".csl").or_else(|| name.strip_suffix(".CSL")).unwrap_or(name)
}
