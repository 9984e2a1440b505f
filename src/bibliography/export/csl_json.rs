//! CSL-JSON: an array of what `csl_item` makes of each record, indented by tabs as Zotero's is.
//!
//! See <https://citeproc-js.readthedocs.io/en/latest/csl-json/markup.html>.

use serde::Serializer as _;
use serde_json::ser::{PrettyFormatter, Serializer};

use super::Settings;
use crate::bibliography::csl_item;
use crate::bibliography::library::Item;

/// The file of some records, without a line end behind it.
pub(super) fn file<'a>(records: impl Iterator<Item = &'a Item>, settings: &Settings) -> String {
    let object = |item: &Item| {
        let mut object = csl_item::convert(item);
        if !settings.abstracts {
            object.shift_remove("abstract");
        }
        object
    };
    let mut bytes = Vec::new();
    let mut serializer = Serializer::with_formatter(&mut bytes, PrettyFormatter::with_indent(b"\t"));
    (&mut serializer).collect_seq(records.map(object)).expect("JSON values can be written to memory");
    String::from_utf8(bytes).expect("JSON is UTF-8")
}
