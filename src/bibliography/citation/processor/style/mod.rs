//! A citation style: read once, checked, and turned into nodes that are walked for every record.

mod compile;
mod dates;
mod names;
pub(super) mod node;

use std::collections::HashMap;

use citationberg::taxonomy::NameVariable;
use citationberg::taxonomy::Variable;
use citationberg::{
    DemoteNonDroppingParticle, IndependentStyle, InheritableNameOptions, LayoutRenderingElement, PageRangeFormat,
    SecondFieldAlign, SortDirection, SortKey as ParsedKey, StyleClass, SubsequentAuthorSubstituteRule,
};

use super::locale::Locale;
use compile::Compiler;
use node::{Look, Node};

/// Where an element stands: the first index of what differs between citations and bibliographies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Area {
    Citation,
    Bibliography,
}

/// A citation or a bibliography.
#[derive(Clone, Debug)]
pub(super) struct Layout {
    pub nodes: Vec<Node>,
    pub look: Look,
    pub sort: Vec<SortKey>,
}

/// A key by which a list is sorted.
#[derive(Clone, Debug)]
pub(super) struct SortKey {
    pub by: SortBy,
    pub descending: bool,
    /// How names are cut for sorting: from how many on, to how many, and whether the last one stays.
    pub names: (Option<u32>, Option<u32>, Option<bool>),
}

#[derive(Clone, Debug)]
pub(super) enum SortBy {
    Variable(Variable),
    Macro(usize),
}

/// A style in one locale, ready to format.
#[derive(Clone, Debug)]
pub struct Style {
    /// The last part of its id: `apa`.
    pub id: String,
    /// Its name for readers: "IEEE".
    pub title: String,
    /// A note style cites in footnotes.
    pub is_note: bool,
    /// Entries hang: all lines but the first are indented.
    pub hanging_indent: bool,
    /// The first field of an entry stands in a column of its own.
    pub second_field_align: bool,
    /// The space between entries, in lines.
    pub entry_spacing: i16,
    /// The height of lines.
    pub line_spacing: i16,
    pub(super) locale: Locale,
    pub(super) macros: Vec<Vec<Node>>,
    pub(super) citation: Layout,
    pub(super) bibliography: Option<Layout>,
    pub(super) page_range_format: Option<PageRangeFormat>,
    pub(super) demote_particles: DemoteNonDroppingParticle,
    pub(super) initialize_with_hyphen: bool,
    /// Subtitles begin with a capital, as Zotero wants for APA and its kin.
    pub(super) capital_subtitles: bool,
    pub(super) repeated_authors: Option<(Box<str>, SubsequentAuthorSubstituteRule)>,
    pub(super) year_suffixes: bool,
    pub(super) disambiguation: Disambiguation,
    /// The style itself says where the letter behind a year stands.
    pub(super) prints_year_suffix: bool,
}

/// How a style tells citations apart.
#[derive(Clone, Copy, Debug)]
pub(super) struct Disambiguation {
    pub add_names: bool,
    pub add_given: bool,
}

impl Style {
    /// A parsed style for a locale: the style's own default locale if it has one. `locales` are those to look for words
    /// in, first to last. Macros that are not there print nothing.
    #[must_use]
    pub fn new(parsed: &IndependentStyle, tag: &str, locales: &[citationberg::Locale]) -> Self {
        build(parsed, Locale::merged(tag, locales, &parsed.locale))
    }

    pub(super) fn layout(&self, area: Area) -> &Layout {
        match (area, &self.bibliography) {
            (Area::Bibliography, Some(layout)) => layout,
            _ => &self.citation,
        }
    }
}

fn build(parsed: &IndependentStyle, locale: Locale) -> Style {
    let macros: HashMap<&str, usize> =
        parsed.macros.iter().enumerate().map(|(index, own)| (own.name.as_str(), index)).collect();
    let options = &parsed.settings.options;
    let area = |own: Option<&InheritableNameOptions>| own.map_or_else(|| options.clone(), |own| options.apply(own));
    let bibliography = parsed.bibliography.as_ref();
    let areas = [area(Some(&parsed.citation.name_options)), area(bibliography.map(|own| &own.name_options))];
    let mut compiler = Compiler { locale: &locale, macros, areas };
    let nodes: Vec<_> = parsed.macros.iter().map(|own| compiler.nodes(&own.children)).collect();
    let citation = layout(&mut compiler, &parsed.citation.layout, parsed.citation.sort.as_ref());
    let bibliography_layout = bibliography.map(|own| layout(&mut compiler, &own.layout, own.sort.as_ref()));
    let id = short_id(&parsed.info.id);
    Style {
        capital_subtitles: wants_capital_subtitles(&id),
        id,
        title: parsed.info.title.value.clone(),
        is_note: parsed.settings.class == StyleClass::Note,
        hanging_indent: bibliography.is_some_and(|own| own.hanging_indent),
        second_field_align: matches!(
            bibliography.and_then(|own| own.second_field_align),
            Some(SecondFieldAlign::Margin | SecondFieldAlign::Flush)
        ),
        entry_spacing: bibliography.map_or(0, |own| own.entry_spacing),
        line_spacing: bibliography.map_or(1, |own| own.line_spacing.get()),
        prints_year_suffix: prints_year_suffix(&nodes, [Some(&citation), bibliography_layout.as_ref()]),
        macros: nodes,
        citation,
        bibliography: bibliography_layout,
        page_range_format: parsed.settings.page_range_format,
        demote_particles: parsed.settings.demote_non_dropping_particle,
        initialize_with_hyphen: parsed.settings.initialize_with_hyphen,
        repeated_authors: bibliography.and_then(repeated_authors),
        year_suffixes: parsed.citation.disambiguate_add_year_suffix,
        disambiguation: Disambiguation {
            add_names: parsed.citation.disambiguate_add_names,
            add_given: parsed.citation.disambiguate_add_givenname,
        },
        locale,
    }
}

fn layout(compiler: &mut Compiler<'_>, parsed: &citationberg::Layout, sort: Option<&citationberg::Sort>) -> Layout {
    let mut keys = Vec::new();
    for key in sort.iter().flat_map(|sort| &sort.keys) {
        let descending = key.sort_direction() == SortDirection::Descending;
        keys.push(match key {
            ParsedKey::Variable { variable, .. } => {
                SortKey { by: SortBy::Variable(*variable), descending, names: (None, None, None) }
            }
            ParsedKey::MacroName { name, names_min, names_use_first, names_use_last, .. } => {
                let Some(index) = compiler.macros.get(name.as_str()) else { continue };
                let names = (*names_min, *names_use_first, *names_use_last);
                SortKey { by: SortBy::Macro(*index), descending, names }
            }
        });
    }
    let elements: &[LayoutRenderingElement] = &parsed.elements;
    Layout { nodes: compiler.nodes(elements), look: compile::look(parsed, None, None), sort: keys }
}

fn repeated_authors(own: &citationberg::Bibliography) -> Option<(Box<str>, SubsequentAuthorSubstituteRule)> {
    let text = own.subsequent_author_substitute.as_deref()?;
    Some((text.into(), own.subsequent_author_substitute_rule))
}

/// Whether the style has a place for the letter behind a year.
fn prints_year_suffix(macros: &[Vec<Node>], layouts: [Option<&Layout>; 2]) -> bool {
    let layouts = layouts.into_iter().flatten().map(|layout| &layout.nodes);
    macros.iter().chain(layouts).any(|nodes| nodes.iter().any(Node::prints_year_suffix))
}

/// `http://www.zotero.org/styles/apa` → `apa`.
fn short_id(id: &str) -> String {
    id.trim_end_matches('/').rsplit('/').next().unwrap_or(id).trim_end_matches(".csl").to_owned()
}

/// Zotero's list of the styles whose subtitles it gives capitals.
fn wants_capital_subtitles(id: &str) -> bool {
    ["apa", "academy-of-management", "freshwater-science"]
        .iter()
        .any(|kin| id.strip_prefix(kin).is_some_and(|rest| rest.is_empty() || rest.starts_with('-')))
}

/// The variable of both editors and translators, where the two are the same people.
pub(super) const EDITOR_TRANSLATOR: NameVariable = NameVariable::EditorTranslator;
