//! The template engine: a view in, a page out.
//!
//! Text is escaped in every template, whatever its name. Only the filter `html` prints as it is, and it takes nothing but a
//! `SafeHtml` of a view; Tera's own `safe` is refused. So no template, an owner's included, can print text from outside unescaped
//! by mistake.

use std::collections::BTreeMap;
use std::sync::Arc;

use tera::{Context, Error, ErrorKind, Kwargs, Map, State, Tera, TeraResult, Value};

use super::view::View;
use super::view::frame::Frame;
use crate::bibliography::markup::safe_html::HTML;
use crate::language::{Argument, Date, Language, Length};
use crate::report::Hint;
use crate::website::theme::Theme;

/// A template that cannot be read, or cannot show what it is given.
#[derive(Debug, thiserror::Error)]
#[error("a template is broken: {what}")]
pub struct TemplateError {
    /// Where it stands, if that is known.
    file: Option<String>,
    line: Option<usize>,
    what: String,
}

impl Hint for TemplateError {
    fn hint(&self) -> Option<String> {
        let file = self.file.as_deref()?;
        Some(format!("mend `{file}`, or delete it to use the one of the default theme"))
    }

    fn place(&self) -> Option<String> {
        let file = self.file.as_deref()?;
        Some(self.line.map_or_else(|| file.to_owned(), |line| format!("{file}:{line}")))
    }
}

/// The templates of a theme, ready to render pages in one language from any thread.
#[derive(Debug)]
pub struct Templates {
    tera: Tera,
    /// Where each template stands, by its name.
    files: BTreeMap<String, String>,
}

impl Templates {
    /// Reads all templates of the theme, and fails here rather than in the middle of a build.
    pub fn new(theme: &Theme, language: &Arc<Language>) -> Result<Self, TemplateError> {
        let mut tera = Tera::new();
        tera.autoescape_on(vec![""]);
        tera.register_filter("html", html);
        tera.register_filter("safe", refuse_safe);
        let own = Arc::clone(language);
        tera.register_filter("number", move |value: u64, _: Kwargs, _: &State<'_>| own.number(value));
        let own = Arc::clone(language);
        tera.register_filter("size", move |bytes: u64, _: Kwargs, _: &State<'_>| own.size(bytes));
        let own = Arc::clone(language);
        tera.register_filter("date", move |text: &str, options: Kwargs, _: &State<'_>| date(&own, text, &options));
        let own = Arc::clone(language);
        tera.register_function("say", move |arguments: Kwargs, _: &State<'_>| say(&own, &arguments));

        let files = theme.templates().iter().map(|template| (template.name.clone(), template.file.clone())).collect();
        let mut templates = Self { tera, files };
        let texts = theme.templates().iter().map(|template| (template.name.as_str(), template.text.as_str()));
        templates.tera.add_raw_templates(texts).map_err(|error| templates.failure(&error))?;
        Ok(templates)
    }

    /// The page that shows a view.
    pub fn render<V: View>(&self, frame: &Frame, view: &V) -> Result<Vec<u8>, TemplateError> {
        let mut context = Context::new();
        context.insert("page", frame);
        context.insert("view", view);
        let mut page = Vec::with_capacity(16 * 1024);
        self.tera.render_to(V::TEMPLATE, &context, &mut page).map_err(|error| self.failure(&error))?;
        Ok(page)
    }

    fn failure(&self, error: &Error) -> TemplateError {
        let at = |name: &str| Some(self.files.get(name).cloned().unwrap_or_else(|| name.to_owned()));
        match error.kind() {
            ErrorKind::SyntaxError(report) | ErrorKind::RenderingError(report) => TemplateError {
                file: at(report.filename()),
                line: Some(report.span().start_line),
                what: report.message().to_owned(),
            },
            ErrorKind::MissingParent { current, parent } => TemplateError {
                file: at(current),
                line: None,
                what: format!("it extends `{parent}`, which does not exist"),
            },
            ErrorKind::CircularExtend { tpl, .. } | ErrorKind::CircularInclude { tpl, .. } => {
                TemplateError { file: at(tpl), line: None, what: "it contains itself".to_owned() }
            }
            other => {
                let text = other.to_string();
                let (what, place) = reported(&text);
                TemplateError { file: place.and_then(|(name, _)| at(name)), line: place.map(|(_, line)| line), what }
            }
        }
    }
}

/// The first message of a report of Tera's, and the template and line it points to. It reports several errors at once only as text:
/// `error: Unknown filter `x``, then ` --> home.html:1:11`, then the line itself.
fn reported(text: &str) -> (String, Option<(&str, usize)>) {
    let what = text.lines().next().unwrap_or_default();
    let place = text.lines().find_map(|line| line.trim_start().strip_prefix("--> ")).and_then(|place| {
        let mut parts = place.rsplitn(3, ':').skip(1);
        let line = parts.next()?.parse().ok()?;
        Some((parts.next()?, line))
    });
    (what.strip_prefix("error: ").unwrap_or(what).to_owned(), place)
}

/// Prints a `SafeHtml` as it is. A plain string is no map, and so an error.
fn html(value: &Map, _: Kwargs, _: &State<'_>) -> TeraResult<Value> {
    match value.get(&HTML.into()).and_then(Value::as_str) {
        Some(html) if value.len() == 1 => Ok(Value::safe_string(html)),
        _ => Err(Error::message(
            "`html` takes what is HTML already, such as a title or a note; text is printed without it",
        )),
    }
}

fn refuse_safe(_: &Value, _: Kwargs, _: &State<'_>) -> TeraResult<Value> {
    Err(Error::message(
        "`safe` is not allowed: text is always escaped, and what is HTML already is printed with `html`",
    ))
}

fn date(language: &Language, text: &str, options: &Kwargs) -> TeraResult<String> {
    let length = match options.get::<&str>("style")?.unwrap_or("long") {
        "long" => Length::Long,
        "medium" => Length::Medium,
        "short" => Length::Short,
        "day" => Length::Day,
        other => {
            return Err(Error::message(format!("`{other}` is no style of a date: use long, medium, short or day")));
        }
    };
    let date = Date::parse(text).ok_or_else(|| Error::message(format!("`{text}` is no ISO date")))?;
    Ok(language.date(date, length))
}

fn say(language: &Language, arguments: &Kwargs) -> TeraResult<String> {
    let key = arguments.must_get::<&str>("key")?;
    let texts: Vec<(&str, Spoken)> = arguments
        .iter()
        .filter_map(|(name, value)| Some((name.as_str().filter(|name| *name != "key")?, Spoken::of(value))))
        .collect();
    let arguments: Vec<(&str, Argument<'_>)> = texts.iter().map(|(name, spoken)| (*name, spoken.argument())).collect();
    language.find(key, &arguments).ok_or_else(|| Error::message(format!("no locale file has the phrase `{key}`")))
}

/// A value that a phrase is about.
enum Spoken {
    Number(u64),
    Text(String),
}

impl Spoken {
    fn of(value: &Value) -> Self {
        value.as_u64().map_or_else(|| Self::Text(value.to_string()), Self::Number)
    }

    fn argument(&self) -> Argument<'_> {
        match self {
            Self::Number(number) => Argument::Number(*number),
            Self::Text(text) => Argument::Text(text),
        }
    }
}

#[cfg(test)]
mod samples;
#[cfg(test)]
mod tests;
