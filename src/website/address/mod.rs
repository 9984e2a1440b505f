//! Where every thing lives; the only maker of links.
//!
//! No other room joins a path or encodes an address. Links between pages are relative, so that the site works under any
//! base path; absolute addresses exist only if the owner named a base.

mod encode;
mod slug;

use url::Url;

use crate::bibliography::library::{CollectionIndex, Item, ItemIndex, Library};
use crate::website::outline::{ListIndex, ListKind, Outline, Place, Subject};
use crate::website::output::SitePath;

pub use self::encode::doi;

/// The places of one site.
pub struct Addresses<'a> {
    library: &'a Library,
    outline: &'a Outline,
    base: Option<Url>,
    /// The folder of each list, with a final slash; for an anchor the folder it would have.
    lists: Vec<String>,
}

impl<'a> Addresses<'a> {
    /// `base` is the address of the site's root; None if the owner named none.
    #[must_use]
    pub fn new(library: &'a Library, outline: &'a Outline, base: Option<Url>) -> Self {
        let base = base.map(slash_ended);
        Self { library, outline, base, lists: slug::folders(library, outline) }
    }

    /// The home page.
    #[must_use]
    pub fn home(&self) -> SitePath {
        place("index.html")
    }

    /// The page of an item.
    #[must_use]
    pub fn item(&self, item: ItemIndex) -> SitePath {
        self.in_item(item, "index.html")
    }

    /// An export of an item: `items/K/K.bib`.
    #[must_use]
    pub fn item_export(&self, item: ItemIndex, extension: &str) -> SitePath {
        let key = self.library.item(item).key;
        self.in_item(item, &format!("{key}.{extension}"))
    }

    /// A published file of an item, in the item's own folder. `name` is one that `attachment` has made safe.
    #[must_use]
    pub fn item_file(&self, item: ItemIndex, name: &str) -> SitePath {
        self.in_item(item, name)
    }

    /// A page of a list, counted from 1. A list without pages has the page of its kind's index.
    #[must_use]
    pub fn list(&self, list: ListIndex, page: u32) -> SitePath {
        match (self.outline.list(list).place, page) {
            (Place::Anchor, _) => self.index(self.outline.list(list).kind()),
            (Place::Pages(_), 0 | 1) => self.in_list(list, "index.html"),
            (Place::Pages(_), page) => self.in_list(list, &format!("page/{page}/index.html")),
        }
    }

    /// A file of a list that has pages: `collections/C/feed.xml`.
    #[must_use]
    pub fn list_file(&self, list: ListIndex, name: &str) -> SitePath {
        self.in_list(list, name)
    }

    /// An export of a list: `collections/C/C.bib`, `tags/SLUG/SLUG.bib`.
    #[must_use]
    pub fn list_export(&self, list: ListIndex, extension: &str) -> SitePath {
        let folder = self.lists[list.0 as usize].trim_end_matches('/');
        let name = folder.rsplit('/').next().unwrap_or(folder);
        self.in_list(list, &format!("{name}.{extension}"))
    }

    /// The name of a list's anchor on its index page.
    #[must_use]
    pub fn anchor(&self, list: ListIndex) -> String {
        let folder = self.lists[list.0 as usize].trim_end_matches('/');
        format!("v-{}", folder.rsplit('/').next().unwrap_or(folder))
    }

    /// The index page of a kind of lists.
    #[must_use]
    pub fn index(&self, kind: ListKind) -> SitePath {
        place(&format!("{}/index.html", slug::kind(kind)))
    }

    #[must_use]
    pub fn search(&self) -> SitePath {
        place("search/index.html")
    }

    /// A file of the search's data: `search/data/NAME`.
    #[must_use]
    pub fn search_data(&self, name: &str) -> SitePath {
        place(&format!("search/data/{name}"))
    }

    /// A page of the owner's, `about` for `content/about.md`.
    #[must_use]
    pub fn prose(&self, slug: &str) -> SitePath {
        place(&format!("{slug}/index.html"))
    }

    /// An export of the whole library: `bibliography.bib`.
    #[must_use]
    pub fn library_export(&self, extension: &str) -> SitePath {
        place(&format!("bibliography.{extension}"))
    }

    /// A file of the theme's or the owner's: `static/theme.1234567890.css`.
    #[must_use]
    pub fn asset(&self, name: &str) -> SitePath {
        place(&format!("static/{name}"))
    }

    /// A file at the root of the site, under a name that this program gives: `feed.xml`.
    #[must_use]
    pub fn at_root(&self, name: &str) -> SitePath {
        place(name)
    }

    /// The link from one page to another place: `../../tags/logic/`.
    #[must_use]
    pub fn link(&self, from: &SitePath, to: &SitePath) -> String {
        let here: Vec<&str> = from.folder().split_terminator('/').collect();
        let there: Vec<&str> = to.folder().split_terminator('/').collect();
        let shared = here.iter().zip(&there).take_while(|(a, b)| a == b).count();
        let mut link = "../".repeat(here.len() - shared);
        for segment in &there[shared..] {
            link.push_str(&encode::segment(segment));
            link.push('/');
        }
        if to.name() != "index.html" {
            link.push_str(&encode::segment(to.name()));
        }
        if link.is_empty() { "./".to_owned() } else { link }
    }

    /// The link from a page to a list: its first page, or its anchor on the index.
    #[must_use]
    pub fn link_to_list(&self, from: &SitePath, list: ListIndex) -> String {
        let link = self.link(from, &self.list(list, 1));
        match self.outline.list(list).place {
            Place::Anchor => format!("{link}#{}", self.anchor(list)),
            Place::Pages(_) => link,
        }
    }

    /// The link from a page to a collection.
    #[must_use]
    pub fn link_to_collection(&self, from: &SitePath, collection: CollectionIndex) -> String {
        self.link_to_list(from, self.outline.collection(collection))
    }

    /// The way from a page to the root of the site: `../../`, or `./` on the home page.
    #[must_use]
    pub fn root(&self, from: &SitePath) -> String {
        self.link(from, &self.home())
    }

    /// The full address of a place; None without a base.
    #[must_use]
    pub fn absolute(&self, to: &SitePath) -> Option<String> {
        let base = self.base.as_ref()?;
        let encoded: Vec<_> = to.address().split('/').map(encode::segment).collect();
        Some(format!("{base}{}", encoded.join("/")))
    }

    /// The path of a place on its server, for pages that are shown under any address: `/repository/items/K/`.
    #[must_use]
    pub fn from_server_root(&self, to: &SitePath) -> Option<String> {
        let path = self.base.as_ref()?.path();
        let encoded: Vec<_> = to.address().split('/').map(encode::segment).collect();
        Some(format!("{path}{}", encoded.join("/")))
    }

    /// The address of the site's root, if the owner named it.
    #[must_use]
    pub fn base(&self) -> Option<&Url> {
        self.base.as_ref()
    }

    fn in_item(&self, index: ItemIndex, name: &str) -> SitePath {
        let item: &Item = self.library.item(index);
        place(&format!("{}items/{}/{name}", self.library.holding(item).prefix, item.key))
    }

    fn in_list(&self, list: ListIndex, name: &str) -> SitePath {
        place(&format!("{}{name}", self.lists[list.0 as usize]))
    }
}

/// Names made here consist of keys, slugs and checked names.
fn place(path: &str) -> SitePath {
    SitePath::new(path).expect("keys, slugs and public names are safe parts of a path")
}

fn slash_ended(mut base: Url) -> Url {
    if !base.path().ends_with('/') {
        base.set_path(&format!("{}/", base.path()));
    }
    base.set_query(None);
    base.set_fragment(None);
    base
}

/// What a list's folder is called after.
fn subject_name(subject: &Subject) -> Option<String> {
    match subject {
        Subject::Tag(name) => Some(name.clone()),
        Subject::Creator(name) => Some(name.inverted()),
        _ => None,
    }
}
