//! What has files of many records: the library, and lists.

use super::{Context, Download, Part, distinct, formats_of, place_of_library, place_of_list};
use crate::bibliography::export::Format;
use crate::bibliography::library::ItemIndex;
use crate::website::outline::ListIndex;
use crate::website::output::SitePath;

/// What a file can be of as a whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Whole {
    Library,
    List(ListIndex),
}

impl Whole {
    /// The formats of its files, each once; Zotero RDF of a list is of its pages, and no file of the whole.
    pub fn formats<'a>(self, context: &Context<'a>) -> Box<dyn Iterator<Item = Format> + 'a> {
        match self {
            Self::Library => Box::new(distinct(&context.settings.library)),
            Self::List(list) => {
                let known = context.outline.list(list);
                let has_pages = known.pages() > 0;
                let formats = formats_of(known.kind(), context).filter(|format| *format != Format::Rdf);
                Box::new(formats.filter(move |_| has_pages))
            }
        }
    }

    /// Its references in the site's order.
    pub fn records(self, context: &Context<'_>) -> Vec<ItemIndex> {
        let is_regular = |index: &ItemIndex| context.library.item(*index).is_regular();
        match self {
            Self::Library => context.library.indexed().map(|(index, _)| index).filter(is_regular).collect(),
            Self::List(list) => context.outline.list(list).members.iter().copied().filter(is_regular).collect(),
        }
    }

    /// Its file in a format, or the parts of it.
    pub fn downloads(self, format: Format, context: &Context<'_>) -> Vec<Download> {
        match context.splits.count(self, format) {
            1 => vec![Download::whole(format, self.place(format, context))],
            of => (1..=of).map(|number| self.part(format, Part { number, of }, context)).collect(),
        }
    }

    fn part(self, format: Format, part: Part, context: &Context<'_>) -> Download {
        let place = match part.number {
            1 => self.place(format, context),
            number => self.beside(format, &format!("-{number}"), context),
        };
        Download { format, place, part: Some(part) }
    }

    /// Where the file stands, or its first part.
    pub fn place(self, format: Format, context: &Context<'_>) -> SitePath {
        match self {
            Self::Library => place_of_library(format, context),
            Self::List(list) => place_of_list(list, format, context),
        }
    }

    /// A further part: `bibliography-2.bib`, `tags/logic/logic-2.bib`.
    fn beside(self, format: Format, suffix: &str, context: &Context<'_>) -> SitePath {
        let extension = format!(".{}", format.extension());
        let first = self.place(format, context);
        let stem = first.name().strip_suffix(&extension).unwrap_or(first.name());
        let name = format!("{stem}{suffix}{extension}");
        match self {
            Self::Library => context.addresses.at_root(&name),
            Self::List(list) => context.addresses.list_file(list, &name),
        }
    }

    /// What says which part has what: `bibliography.index.json`.
    pub fn index(self, context: &Context<'_>) -> SitePath {
        match self {
            Self::Library => context.addresses.library_export("index.json"),
            Self::List(list) => context.addresses.list_export(list, "index.json"),
        }
    }

    /// Whose files they are, in words.
    pub fn owner(self, context: &Context<'_>) -> String {
        match self {
            Self::Library => "the exports of the library".to_owned(),
            Self::List(_) => format!("the exports of {}", self.index(context).folder().trim_end_matches('/')),
        }
    }
}
