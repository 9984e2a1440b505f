//! `zbib cite`: references in a citation style, out of the cache.

use std::collections::BTreeSet;
use std::io;
use std::path::Path;

use clap::{Args, ValueEnum};
use serde_json::{Map, Value, json};

use crate::bibliography::citation::styles::{self, locales};
use crate::bibliography::citation::{References, Settings};
use crate::bibliography::export::{self, Format, Wording};
use crate::bibliography::library::{Item, Library};
use crate::bibliography::markup::SafeHtml;
use crate::cli::publishing::Workshop;
use crate::cli::records::{self, Scope};
use crate::cli::{Context, Failure, export as export_command, sync};
use crate::config::Config;
use crate::report::{Hint, Report};
use crate::shelf::Shelf;
use crate::zotero::cache;

/// What `--help` adds. Scripts hold to it.
const NOTES: &str = "\
A style is named as at https://www.zotero.org/styles (apa, ieee, modern-language-association); any other is a `.csl` file \
by its path. Without a KEY all published records are printed, in the site's order; with KEYs these, in the order in which \
they are named. Each reference is made as if it stood alone.

`json` is one object: {\"KEY\": {\"citekey\": …, \"html\": …, \"text\": …}}; in a site of several libraries the KEY stands \
behind the folder of its library.

Records come from the copy of the last `zbib sync`, libraries in files as they are now; nothing is asked of Zotero.

Examples:
  zbib cite @turing1936                          in the first style of the settings
  zbib cite --style ieee --format markdown       everything, as a list
  zbib cite -s styles/our-lab.csl -l de-DE KEY   in a style of your own, in German";

/// Print references to published records in a citation style
#[derive(Debug, Args)]
#[command(after_help = NOTES)]
pub(super) struct Cite {
    /// Only these records: Zotero's keys, or citation keys, with `@` if a key of Zotero's is written the same
    #[arg(value_name = "KEY")]
    keys: Vec<String>,
    /// The style, by its name or its file; without it, the first of the settings
    #[arg(short, long, value_name = "STYLE")]
    style: Option<String>,
    /// The locale of a style that has none of its own, such as `de-AT`
    #[arg(short, long, value_name = "LOCALE")]
    locale: Option<String>,
    /// What is printed
    #[arg(short, long, value_enum, default_value_t)]
    format: As,
    /// Only records of this library, by its id or its name in the settings
    #[arg(long, value_name = "NAME")]
    library: Option<String>,
}

/// What references are printed as.
#[derive(Clone, Copy, Debug, Default, ValueEnum)]
enum As {
    /// A paragraph for each
    #[default]
    Text,
    /// A `<div class="csl-entry">` for each, in a line of its own
    Html,
    /// A list
    Markdown,
    /// One object, by the keys of the records
    Json,
}

/// Stdout cannot be written to.
#[derive(Debug, thiserror::Error)]
#[error("cannot write to stdout")]
pub(super) struct NoStdout(#[source] io::Error);

impl Hint for NoStdout {
    fn hint(&self) -> Option<String> {
        Some("check that there is room where stdout leads".to_owned())
    }
}

pub(super) fn run(arguments: &Cite, context: &Context<'_>) -> Result<(), Failure> {
    let report = context.report;
    let flags = arguments.locale.iter().map(|locale| ("citations.locale".to_owned(), locale.clone())).collect();
    let config = Config::load(&context.arguments.request(flags), context.environment)?;
    let library = arguments.library.as_deref().map(|name| sync::position(&config, name)).transpose()?;
    let workshop = Workshop::open(&config, report)?;
    let references = references(arguments, &config, &workshop, report)?;
    export_command::read_files(&config, report)?;
    let snapshot = report.stage("reading the cache", || cache::load(&config.cache(), &config.library_ids()))?;
    report.problems(snapshot.problems.iter().cloned());
    let published = workshop.library(&config, &snapshot, report);
    let scope = Scope { library, published: &published, config: &config, snapshot: &snapshot };
    let items = items(&arguments.keys, &scope)?;
    let text = report.stage("making references", || printed(arguments.format, &items, &published, &references));
    if items.is_empty() {
        report.say("note: no record is published, so there is nothing to cite");
    }
    report.file(text.as_bytes()).map_err(NoStdout)?;
    Ok(())
}

/// The style that is asked for, in its locale. A file named on the command line is looked for where the command is run,
/// one of the settings beside them.
fn references(arguments: &Cite, config: &Config, workshop: &Workshop, report: &Report) -> Result<References, Failure> {
    let Settings { styles: names, locale, article_urls } = &config.file.citations;
    let mut shelf = Shelf::default();
    let chosen = match &arguments.style {
        Some(name) => vec![styles::style(name, &mut |path| Ok::<_, Failure>(shelf.style(Path::new(""), path)?))?],
        None => styles::styles(names, &mut |path| Ok::<_, Failure>(shelf.style(&config.root, path)?))?,
    };
    // One style is printed: the first.
    let chosen = &chosen[..1];
    let mut read = |path: &str| Ok::<_, Failure>(shelf.style(&config.root, path)?);
    let tag = match locale {
        Some(tag) => {
            locales::asked(tag, &mut read)?;
            tag.clone()
        }
        None => {
            let (tag, problem) = locales::of_site(&config.site.language, &mut read)?;
            report.problems(problem.filter(|_| chosen[0].own_locale().is_none()));
            tag
        }
    };
    let own = chosen[0].own_locale().filter(|own| arguments.locale.as_deref().is_some_and(|asked| asked != *own));
    if let Some(own) = own {
        report.say(&format!("note: `{}` prints in its own locale, {own}, whatever is asked for", chosen[0].id));
    }
    References::in_styles(chosen, &tag, *article_urls, workshop.words(), &mut read)
}

/// The records that are named, each once; without a name all of them.
fn items<'a>(names: &[String], scope: &Scope<'a>) -> Result<Vec<&'a Item>, Failure> {
    let published = scope.published;
    if names.is_empty() {
        let all = published.items.iter();
        return Ok(all.filter(|item| item.is_regular() && scope.holds(item.holding)).collect());
    }
    let mut seen = BTreeSet::new();
    let found = names.iter().map(|name| records::find(name, scope)).collect::<Result<Vec<_>, _>>()?;
    Ok(found.into_iter().filter(|index| seen.insert(*index)).map(|index| published.item(index)).collect())
}

fn printed(format: As, items: &[&Item], library: &Library, references: &References) -> String {
    let bibliography = |format| {
        let wording = Wording { references, title: "", language: "" };
        let context = export::Context { wording: Some(wording), ..export::Context::default() };
        export::write(format, items.iter().copied(), &context, &export::Settings::default())
    };
    match format {
        As::Text => bibliography(Format::Text),
        As::Markdown => bibliography(Format::Markdown),
        As::Html => items.iter().map(|item| division(item, references)).collect(),
        As::Json => object(items, library, references),
    }
}

fn division(item: &Item, references: &References) -> String {
    let style = references.main_style();
    let (id, entry) = (SafeHtml::escape(&style.id), references.entry(item, style));
    let (id, html) = (id.as_str(), entry.html.as_str());
    format!("<div class=\"csl-entry\" data-style=\"{id}\" data-key=\"{}\">{html}</div>\n", item.key)
}

fn object(items: &[&Item], library: &Library, references: &References) -> String {
    let entry = |item: &&Item| {
        let entry = references.entry(item, references.main_style());
        let prefix = library.holdings.get(item.holding).map_or("", |holding| holding.prefix.as_str());
        let value = json!({ "citekey": item.citation_key, "html": entry.html.as_str(), "text": entry.text });
        (format!("{prefix}{}", item.key), value)
    };
    let object: Map<String, Value> = items.iter().map(entry).collect();
    format!("{:#}\n", Value::Object(object))
}
