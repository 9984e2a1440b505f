//! Which records are asked for, and the file of the site that they are the same as.

use std::collections::BTreeSet;

use crate::bibliography::export::Format;
use crate::bibliography::library::{Item, ItemIndex};
use crate::cli::Failure;
use crate::cli::export::{Export, ExportFailure, collection};
use crate::cli::records::{self, Scope, withheld};
use crate::report;
use crate::website::download;
use crate::website::outline::{ListIndex, ListKind, Subject};
use crate::website::output::SitePath;

/// What was typed, beside what there is.
#[derive(Clone, Copy)]
pub(super) struct Asked<'a> {
    pub arguments: &'a Export,
    pub scope: Scope<'a>,
    pub downloads: &'a download::Context<'a>,
}

/// Records in the site's order.
pub(super) struct Choice {
    pub items: Vec<ItemIndex>,
    /// Where the site's file of these records stands, or would stand: links in it begin there if the site has no address.
    pub place: SitePath,
}

impl<'a> Asked<'a> {
    /// # Errors
    /// When something that is named is not there, not published, or more than one thing.
    pub(super) fn choose(self) -> Result<Choice, Failure> {
        let keys: BTreeSet<_> =
            self.arguments.keys.iter().map(|name| records::find(name, &self.scope)).collect::<Result<_, _>>()?;
        let tags = self.arguments.tags.iter().map(|name| self.tag(name)).collect::<Result<Vec<_>, _>>()?;
        let name = self.arguments.collection.as_deref();
        let collection = name.map(|name| collection::find(name, &self)).transpose()?;
        let lists: Vec<_> = collection.into_iter().chain(tags).collect();
        let outline = self.downloads.outline;
        let passes = |(index, item): &(ItemIndex, &Item)| {
            item.is_regular()
                && self.scope.holds(item.holding)
                && (keys.is_empty() || keys.contains(index))
                && lists.iter().all(|list| outline.list(*list).members.binary_search(index).is_ok())
        };
        let items = self.scope.published.indexed().filter(passes).map(|(index, _)| index).collect();
        Ok(Choice { items, place: self.place(&keys, &lists) })
    }

    /// The site's file of one record, of one list, or of everything.
    fn place(&self, keys: &BTreeSet<ItemIndex>, lists: &[ListIndex]) -> SitePath {
        let format: Format = self.arguments.format;
        match (Vec::from_iter(keys).as_slice(), lists) {
            ([only], []) => download::place_of_item(**only, format, self.downloads),
            ([], [only]) => download::place_of_list(*only, format, self.downloads),
            _ => download::place_of_library(format, self.downloads),
        }
    }

    fn tag(&self, name: &str) -> Result<ListIndex, Failure> {
        let outline = self.downloads.outline;
        let tags = || {
            outline.index(ListKind::Tags).iter().filter_map(|list| match &outline.list(*list).subject {
                Subject::Tag(tag) => Some((*list, tag.as_str())),
                _ => None,
            })
        };
        if let Some((list, _)) = tags().find(|(_, tag)| *tag == name) {
            return Ok(list);
        }
        if self.scope.config.publish.hides_tag(name) {
            return Err(withheld::tag(name).into());
        }
        let known: Vec<_> = tags().map(|(_, tag)| tag).collect();
        let nearest = report::nearest(name, &known).map(str::to_owned);
        Err(ExportFailure::NoTag { name: name.to_owned(), nearest }.into())
    }
}
