//! Which lists of the site have files: `[exports] list` in `zbib.toml`.

use std::fmt;

use serde::de::value::{MapAccessDeserializer, SeqAccessDeserializer};
use serde::de::{MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::Format;

/// The formats that lists have a file of, by their kind. Zotero RDF is of each page of a list; a list without a page of its
/// own has no file.
///
/// A plain list of formats is short for that of collections: `list = ["bibtex"]`, `list.collections = ["bibtex"]`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(remote = "Self", default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Lists {
    pub collections: Vec<Format>,
    pub tags: Vec<Format>,
    pub creators: Vec<Format>,
    pub years: Vec<Format>,
    pub types: Vec<Format>,
}

impl Default for Lists {
    fn default() -> Self {
        Self::of_collections(vec![Format::Rdf, Format::Bibtex])
    }
}

impl Lists {
    /// Files of collections, and of no other list.
    #[must_use]
    pub fn of_collections(collections: Vec<Format>) -> Self {
        Self { collections, tags: Vec::new(), creators: Vec::new(), years: Vec::new(), types: Vec::new() }
    }
}

impl Serialize for Lists {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        Self::serialize(self, serializer)
    }
}

impl<'de> Deserialize<'de> for Lists {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Either)
    }
}

/// Takes both forms. Unlike serde's untagged enums it keeps what is wrong, and where.
struct Either;

impl<'de> Visitor<'de> for Either {
    type Value = Lists;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list of formats, [\"…\"], or a table of such lists: { tags = [\"…\"] }")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, formats: A) -> Result<Lists, A::Error> {
        Vec::deserialize(SeqAccessDeserializer::new(formats)).map(Lists::of_collections)
    }

    fn visit_map<A: MapAccess<'de>>(self, kinds: A) -> Result<Lists, A::Error> {
        // The form with names is read by what serde derives, which stands beside the trait under the same name.
        Lists::deserialize(MapAccessDeserializer::new(kinds))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Deserialize)]
    struct File {
        list: Lists,
    }

    fn read(text: &str) -> Result<Lists, String> {
        toml::from_str(text).map(|file: File| file.list).map_err(|error| error.message().to_owned())
    }

    #[test]
    fn a_plain_list_is_of_collections_and_a_table_is_by_kind() {
        assert_eq!(read("list = [\"ris\"]"), Ok(Lists::of_collections(vec![Format::Ris])));
        let by_kind = Lists { tags: vec![Format::Ris], ..Lists::default() };
        assert_eq!(read("list = { tags = [\"ris\"] }"), Ok(by_kind.clone()));
        assert_eq!(read("list.tags = [\"ris\"]"), Ok(by_kind.clone()));
        let text = toml::to_string(&by_kind).unwrap();
        assert_eq!(toml::from_str::<Lists>(&text).unwrap(), by_kind, "{text}");
    }

    #[test]
    fn what_is_wrong_is_told_in_both_forms() {
        assert!(read("list = [\"word\"]").unwrap_err().starts_with("unknown variant `word`"));
        assert!(read("list.tag = [\"ris\"]").unwrap_err().starts_with("unknown field `tag`, expected one of `collec"));
        assert!(read("list = 3").unwrap_err().contains(", expected a list of formats"));
    }
}
