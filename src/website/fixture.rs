//! A small site for the tests of this wing.

use url::Url;

use crate::bibliography::attachment::{Files, Published};
use crate::bibliography::library::{
    Attachment, Collection, CollectionIndex, Creator, Date, Extra, Fields, Holding, Item, ItemIndex, LastChange,
    Library, Name, Tag, Timestamp,
};
use crate::language::{Language, Layer};
use crate::website::address::Addresses;
use crate::website::outline::{self, Outline};
use crate::zotero::record::{ItemKey, LibraryId, LibraryKind, LibraryVersion, LinkMode};
use crate::zotero::schema::Labels;

/// The owned parts of a site.
pub struct Small {
    pub library: Library,
    pub outline: Outline,
    pub files: Files,
}

impl Small {
    /// A site of these items; those at the positions in `collected` are in its one collection, `CCCCCCCC` "Engines".
    pub fn new(items: Vec<Item>, collected: &[u32]) -> Self {
        let id = LibraryId { kind: LibraryKind::Group, id: "7".to_owned() };
        let (name, uri) = ("Engines & Logic".to_owned(), id.uri());
        let last_change = LastChange { added: 1, changed: 2, removed: 0 };
        let holding = Holding { id, name, version: LibraryVersion(42), last_change, uri, prefix: String::new() };
        let mut library = Library { holdings: vec![holding], items, collections: Vec::new() };
        for position in collected {
            library.items[*position as usize].collections = vec![CollectionIndex(0)];
        }
        library.collections.push(Collection {
            key: "CCCCCCCC".parse().unwrap(),
            holding: 0,
            name: "Engines".to_owned(),
            parent: None,
            parts: Vec::new(),
            items: collected.iter().copied().map(ItemIndex).collect(),
            overlay: None,
        });
        let labels = Labels::for_language("en");
        let words = Layer { language: "en".to_owned(), file: String::new(), text: "a = b\n".to_owned() };
        let english = Language::new("en", &[words]).unwrap();
        let outline = outline::build(&library, &outline::Settings::default(), &labels, english.collation());
        Self { library, outline, files: Files::default() }
    }

    /// Publishes a PDF of an item.
    pub fn with_pdf(mut self, item: u32, name: &str) -> Self {
        let attachment: ItemKey = "PDFPDFPD".parse().unwrap();
        self.library.items[item as usize].attachments.push(pdf(attachment, name));
        let file = Published {
            item: ItemIndex(item),
            attachment,
            name: name.to_owned(),
            media_type: "application/pdf".to_owned(),
            size: 4_100_000,
            source: "nowhere".into(),
        };
        self.files = self.files.all().cloned().chain([file]).collect();
        self
    }

    /// Its addresses under `https://example.org/lib/`, or under none.
    pub fn addresses(&self, absolute: bool) -> Addresses<'_> {
        let base = absolute.then(|| Url::parse("https://example.org/lib/").unwrap());
        Addresses::new(&self.library, &self.outline, base)
    }
}

fn pdf(key: ItemKey, name: &str) -> Attachment {
    Attachment {
        key,
        title: "Full Text".to_owned(),
        link_mode: LinkMode::ImportedFile,
        content_type: "application/pdf".to_owned(),
        filename: name.to_owned(),
        md5: None,
        url: None,
        added: None,
        modified: None,
        tags: Vec::new(),
        note: String::new(),
        annotations: Vec::new(),
    }
}

/// An item added on the first day of 2024 and changed two days later.
pub fn item(key: &str, item_type: &str, fields: &[(&str, &str)]) -> Item {
    let own = |(name, value): &(&str, &str)| ((*name).to_owned(), (*value).to_owned());
    let fields = Fields::new(fields.iter().map(own).collect());
    Item {
        key: key.parse().unwrap(),
        version: LibraryVersion(1),
        holding: 0,
        item_type: item_type.to_owned(),
        date: Date::parse(fields.get("date").unwrap_or_default(), 2030),
        extra: Extra::parse(fields.get("extra").unwrap_or_default()),
        fields,
        creators: Vec::new(),
        tags: Vec::new(),
        collections: Vec::new(),
        citation_key: format!("key_{}", key.to_lowercase()),
        citation_key_given: false,
        added: Timestamp::parse("2024-01-01T10:00:00Z"),
        modified: Timestamp::parse("2024-01-03T12:30:00Z"),
        notes: Vec::new(),
        attachments: Vec::new(),
        relations: Vec::new(),
        replaces: Vec::new(),
        overlay: None,
        csl: None,
    }
}

/// The article of the mock: translated, with a tag and a DOI.
pub fn sketch() -> Item {
    let mut sketch = item(
        "LV43SKET",
        "journalArticle",
        &[
            ("title", "Sketch of the <i>Analytical Engine</i> & \"Notes\""),
            ("abstractNote", "The engine weaves algebraical patterns.\n\nJust as the Jacquard loom </script> weaves."),
            ("publicationTitle", "Scientific Memoirs"),
            ("journalAbbreviation", "Sci. Mem."),
            ("publisher", "Taylor"),
            ("date", "1843-08"),
            ("volume", "3"),
            ("issue", "2"),
            ("pages", "666–731"),
            ("DOI", "10.5555/sketch"),
            ("ISSN", "1234-5679"),
            ("url", "https://example.com/sketch"),
            ("language", "en"),
            ("rights", "CC BY 4.0"),
        ],
    );
    sketch.creators = vec![
        personal("author", "Menabrea", "Luigi Federico"),
        personal("translator", "King", "Augusta Ada"),
        Creator { role: "editor".to_owned(), name: Name::Single("Royal Society".to_owned()) },
    ];
    sketch.tags = vec![Tag { name: "computing".to_owned(), automatic: false, color: None }];
    sketch
}

pub fn personal(role: &str, last: &str, first: &str) -> Creator {
    let name = Name::Personal { last: last.to_owned(), first: first.to_owned() };
    Creator { role: role.to_owned(), name }
}
