//! What machines are told of each item type: one table, the only place that knows types by their names.
//!
//! Types of schema.org: <https://schema.org/docs/full.html>; it has none for patents, court cases and interviews. Which types
//! carry Highwire tags follows Google Scholar's guidelines <https://scholar.google.com/intl/en/scholar/inclusion.html>: on any
//! other type they would make every reader of them, Zotero too, take the work for a journal article. Types of Open Graph:
//! <https://ogp.me/#types>.

/// What is known of one item type.
#[derive(Debug)]
pub(super) struct Facts {
    /// Zotero's name of the type.
    pub item_type: &'static str,
    /// The type of schema.org.
    pub schema: &'static str,
    /// The type of Open Graph.
    pub open_graph: &'static str,
    /// Whether previews name this site. Where not, Zotero would take its name for that of the work's publication.
    pub site_name: bool,
    /// The Highwire tags that only this type has; None if it has no Highwire tags at all.
    pub highwire: Option<Highwire>,
    /// Properties of schema.org that are the same for all items of the type.
    pub fixed: &'static [(&'static str, &'static str)],
    pub properties: &'static [Property],
    /// What it is part of, innermost first. A level whose first property is not filled is left out.
    pub within: &'static [Level],
}

/// The Highwire tags of a type.
#[derive(Debug)]
pub(super) struct Highwire {
    /// Without this field there are no tags.
    pub needs: Option<&'static str>,
    /// A tag, and the fields it is taken from: the first that is filled.
    pub tags: &'static [(&'static str, &'static [&'static str])],
    /// Whether the base field `publisher` is given as `citation_publisher`, and not under a name of the type.
    pub publisher: bool,
    /// Whether ISSNs are given: Scholar wants those of journals.
    pub issn: bool,
}

/// A property of schema.org and the field it is taken from, by its base name.
#[derive(Debug)]
pub(super) struct Property {
    pub key: &'static str,
    pub field: &'static str,
    pub shape: Shape,
}

/// How a field's value is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shape {
    Text,
    /// Several values in one field: ISBNs, ISSNs.
    Numbers,
    /// A thing of this type, whose name the value is.
    Named(&'static str),
    /// One of the item's identifiers, under this name.
    Identifier(&'static str),
}

/// A work that holds the item, or holds the level before.
#[derive(Debug)]
pub(super) struct Level {
    pub property: &'static str,
    pub schema: &'static str,
    pub properties: &'static [Property],
}

/// What is known of a type; a type newer than this program is a creative work.
pub(super) fn of(item_type: &str) -> &'static Facts {
    TABLE.iter().find(|facts| facts.item_type == item_type).unwrap_or(&UNKNOWN)
}

const fn row(item_type: &'static str, schema: &'static str, open_graph: &'static str) -> Facts {
    Facts { item_type, schema, open_graph, site_name: true, highwire: None, fixed: &[], properties: &[], within: &[] }
}

const fn text(key: &'static str, field: &'static str) -> Property {
    Property { key, field, shape: Shape::Text }
}

const fn numbers(key: &'static str, field: &'static str) -> Property {
    Property { key, field, shape: Shape::Numbers }
}

const fn named(key: &'static str, schema: &'static str, field: &'static str) -> Property {
    Property { key, field, shape: Shape::Named(schema) }
}

const fn identifier(name: &'static str, field: &'static str) -> Property {
    Property { key: "identifier", field, shape: Shape::Identifier(name) }
}

const fn level(property: &'static str, schema: &'static str, properties: &'static [Property]) -> Level {
    Level { property, schema, properties }
}

const fn highwire(tags: &'static [(&'static str, &'static [&'static str])]) -> Option<Highwire> {
    Some(Highwire { needs: None, tags, publisher: true, issn: false })
}

const INBOOK: Option<Highwire> =
    highwire(&[("citation_inbook_title", &["bookTitle", "encyclopediaTitle", "dictionaryTitle"])]);

const PUBLISHER: Property = named("publisher", "Organization", "publisher");
const ISBN: Property = numbers("isbn", "ISBN");
const ISSN: Property = numbers("issn", "ISSN");
const TITLE: Property = text("name", "publicationTitle");
const ISSUE: Level = level("isPartOf", "PublicationIssue", &[text("issueNumber", "issue")]);
const VOLUME: Level = level("isPartOf", "PublicationVolume", &[text("volumeNumber", "volume")]);
const SERIES: Level = level("isPartOf", "BookSeries", &[text("name", "series"), ISSN]);
const IN_BOOK: Level = level("isPartOf", "Book", &[TITLE, ISBN, text("bookEdition", "edition")]);

const UNKNOWN: Facts = row("", "CreativeWork", "website");

static TABLE: [Facts; 37] = [
    Facts {
        properties: &[text("artMedium", "artworkMedium"), text("size", "artworkSize")],
        ..row("artwork", "VisualArtwork", "website")
    },
    Facts {
        properties: &[PUBLISHER, ISBN],
        within: &[level("inAlbum", "MusicAlbum", &[text("name", "seriesTitle")])],
        ..row("audioRecording", "MusicRecording", "music.song")
    },
    Facts {
        properties: &[
            text("legislationIdentifier", "number"),
            named("legislationPassedBy", "Organization", "legislativeBody"),
        ],
        ..row("bill", "Legislation", "article")
    },
    Facts {
        site_name: false,
        within: &[level("isPartOf", "Blog", &[TITLE, ISSN])],
        ..row("blogPost", "BlogPosting", "article")
    },
    Facts {
        highwire: highwire(&[]),
        properties: &[ISBN, text("bookEdition", "edition"), text("numberOfPages", "numPages"), PUBLISHER],
        within: &[SERIES],
        ..row("book", "Book", "book")
    },
    Facts {
        highwire: INBOOK,
        properties: &[PUBLISHER],
        within: &[IN_BOOK, SERIES],
        ..row("bookSection", "Chapter", "article")
    },
    Facts {
        fixed: &[("additionalType", "http://purl.org/ontology/bibo/LegalCaseDocument")],
        properties: &[identifier("docketNumber", "number")],
        ..row("case", "CreativeWork", "article")
    },
    Facts {
        properties: &[text("programmingLanguage", "programmingLanguage"), text("version", "versionNumber"), PUBLISHER],
        ..row("computerProgram", "SoftwareSourceCode", "website")
    },
    Facts {
        highwire: highwire(&[("citation_conference_title", &["conferenceName", "proceedingsTitle"])]),
        properties: &[PUBLISHER, named("recordedAt", "Event", "conferenceName")],
        within: &[IN_BOOK, SERIES],
        ..row("conferencePaper", "ScholarlyArticle", "article")
    },
    Facts {
        highwire: highwire(&[]),
        properties: &[
            identifier("identifier", "number"),
            text("version", "versionNumber"),
            named("includedInDataCatalog", "DataCatalog", "repository"),
        ],
        ..row("dataset", "Dataset", "article")
    },
    Facts {
        highwire: INBOOK,
        properties: &[PUBLISHER],
        within: &[level("inDefinedTermSet", "DefinedTermSet", &[TITLE])],
        ..row("dictionaryEntry", "DefinedTerm", "article")
    },
    Facts { properties: &[PUBLISHER], ..row("document", "DigitalDocument", "article") },
    row("email", "EmailMessage", "website"),
    Facts {
        highwire: INBOOK,
        properties: &[PUBLISHER],
        within: &[IN_BOOK, SERIES],
        ..row("encyclopediaArticle", "Article", "article")
    },
    Facts {
        properties: &[named("productionCompany", "Organization", "distributor"), text("genre", "genre")],
        ..row("film", "Movie", "video.other")
    },
    Facts {
        within: &[level("isPartOf", "WebSite", &[TITLE])],
        ..row("forumPost", "DiscussionForumPosting", "article")
    },
    Facts {
        fixed: &[("genre", "Hearing")],
        properties: &[PUBLISHER, identifier("documentNumber", "number")],
        ..row("hearing", "CreativeWork", "article")
    },
    row("instantMessage", "Message", "website"),
    Facts { fixed: &[("genre", "Interview")], properties: &[PUBLISHER], ..row("interview", "CreativeWork", "article") },
    Facts {
        highwire: Some(Highwire {
            needs: None,
            tags: &[
                ("citation_journal_title", &["publicationTitle"]),
                ("citation_journal_abbrev", &["journalAbbreviation"]),
                ("citation_volume", &["volume"]),
                ("citation_issue", &["issue"]),
            ],
            publisher: true,
            issn: true,
        }),
        properties: &[PUBLISHER],
        within: &[ISSUE, VOLUME, level("isPartOf", "Periodical", &[TITLE, ISSN])],
        ..row("journalArticle", "ScholarlyArticle", "article")
    },
    Facts { properties: &[text("genre", "type")], ..row("letter", "CreativeWork", "website") },
    Facts {
        properties: &[PUBLISHER],
        within: &[ISSUE, VOLUME, level("isPartOf", "Periodical", &[TITLE, ISSN])],
        ..row("magazineArticle", "Article", "article")
    },
    Facts {
        highwire: highwire(&[]),
        properties: &[
            text("genre", "type"),
            text("numberOfPages", "numPages"),
            named("holdingArchive", "ArchiveOrganization", "archive"),
            text("itemLocation", "archiveLocation"),
        ],
        ..row("manuscript", "Manuscript", "article")
    },
    Facts { properties: &[PUBLISHER, ISBN], ..row("map", "Map", "website") },
    Facts {
        site_name: false,
        properties: &[PUBLISHER, text("printSection", "section"), text("printEdition", "edition")],
        within: &[ISSUE, VOLUME, level("isPartOf", "Newspaper", &[TITLE, ISSN])],
        ..row("newspaperArticle", "NewsArticle", "article")
    },
    Facts {
        fixed: &[("additionalType", "http://purl.org/ontology/bibo/Patent")],
        properties: &[identifier("patentNumber", "number"), identifier("applicationNumber", "applicationNumber")],
        ..row("patent", "CreativeWork", "article")
    },
    Facts {
        properties: &[text("episodeNumber", "number"), PUBLISHER],
        within: &[level("partOfSeries", "PodcastSeries", &[text("name", "seriesTitle")])],
        ..row("podcast", "PodcastEpisode", "music.song")
    },
    Facts {
        highwire: highwire(&[]),
        fixed: &[("creativeWorkStatus", "Preprint")],
        properties: &[identifier("archiveID", "number"), PUBLISHER],
        ..row("preprint", "ScholarlyArticle", "article")
    },
    Facts {
        highwire: Some(Highwire {
            needs: Some("meetingName"),
            tags: &[("citation_conference_title", &["meetingName"])],
            publisher: true,
            issn: false,
        }),
        properties: &[named("recordedAt", "Event", "meetingName")],
        ..row("presentation", "PresentationDigitalDocument", "article")
    },
    Facts {
        properties: &[text("episodeNumber", "number"), PUBLISHER],
        within: &[level("partOfSeries", "RadioSeries", &[TITLE])],
        ..row("radioBroadcast", "RadioEpisode", "music.song")
    },
    Facts {
        highwire: Some(Highwire {
            needs: None,
            tags: &[
                ("citation_technical_report_institution", &["institution"]),
                ("citation_technical_report_number", &["reportNumber"]),
            ],
            publisher: false,
            issn: false,
        }),
        properties: &[text("reportNumber", "number"), PUBLISHER, ISBN, ISSN],
        ..row("report", "Report", "article")
    },
    Facts {
        properties: &[identifier("standardNumber", "number"), text("version", "versionNumber"), PUBLISHER],
        ..row("standard", "TechArticle", "article")
    },
    Facts {
        properties: &[text("legislationIdentifier", "number"), text("legislationDate", "date")],
        ..row("statute", "Legislation", "article")
    },
    Facts {
        highwire: Some(Highwire {
            needs: None,
            tags: &[
                ("citation_dissertation_institution", &["university"]),
                ("citation_dissertation_name", &["thesisType"]),
            ],
            publisher: false,
            issn: false,
        }),
        properties: &[text("inSupportOf", "type"), named("sourceOrganization", "CollegeOrUniversity", "publisher")],
        ..row("thesis", "Thesis", "article")
    },
    Facts {
        properties: &[text("episodeNumber", "number"), PUBLISHER],
        within: &[level("partOfSeries", "TVSeries", &[TITLE])],
        ..row("tvBroadcast", "TVEpisode", "video.other")
    },
    Facts { properties: &[PUBLISHER], ..row("videoRecording", "VideoObject", "video.other") },
    Facts {
        site_name: false,
        within: &[level("isPartOf", "WebSite", &[TITLE])],
        ..row("webpage", "WebPage", "website")
    },
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::zotero::schema::{Schema, is_regular};

    #[test]
    fn every_regular_type_of_the_schema_has_its_row() {
        for known in Schema::get().item_types().iter().filter(|known| is_regular(&known.name)) {
            assert_eq!(of(&known.name).item_type, known.name);
        }
        assert_eq!(of("hologram").schema, "CreativeWork");
    }

    #[test]
    fn every_field_of_a_row_is_one_of_its_type() {
        for facts in &TABLE {
            let known = Schema::get().item_type(facts.item_type).unwrap();
            let levels = facts.within.iter().flat_map(|level| level.properties);
            for property in facts.properties.iter().chain(levels) {
                // Common levels name fields that not all of their types have.
                let shared = matches!(property.field, "ISBN" | "ISSN" | "edition");
                assert!(shared || known.field_for(property.field).is_some(), "{}: {}", facts.item_type, property.field);
            }
            let tags = facts.highwire.iter().flat_map(|highwire| highwire.tags);
            for (tag, fields) in tags {
                let has = |field: &&str| known.fields.iter().any(|known| known.name == **field);
                assert!(fields.iter().any(has), "{}: {tag}", facts.item_type);
            }
        }
    }

    #[test]
    fn types_that_are_no_articles_have_no_highwire_tags() {
        let with: Vec<_> = TABLE.iter().filter(|facts| facts.highwire.is_some()).map(|facts| facts.item_type).collect();
        assert_eq!(
            with,
            [
                "book",
                "bookSection",
                "conferencePaper",
                "dataset",
                "dictionaryEntry",
                "encyclopediaArticle",
                "journalArticle",
                "manuscript",
                "preprint",
                "presentation",
                "report",
                "thesis"
            ]
        );
    }
}
