//! CSL-JSON items as Zotero's records: Zotero's own mapping read backwards.
//!
//! The mapping loses little but not nothing, so the item as it came is kept beside the record's `data`, under `csl`.

use serde_json::Value;

use crate::zotero::record::Record;
use crate::zotero::schema::{Schema, is_regular};
use crate::zotero::source::file::draft::{Draft, is_citation_key};
use crate::zotero::source::file::keys::{Keys, envelope};

/// The record that `item`, the `at`th of its file, becomes.
pub(super) fn record(item: Value, keys: &mut Keys, at: usize) -> Record {
    let mut draft = Draft::new(item_type(&item));
    for (name, value) in item.as_object().into_iter().flatten().filter(|(name, _)| *name != "note") {
        add(&mut draft, name, value);
    }
    // Lines of variables count at the head of Extra only.
    draft.extra(&text(&item["note"]));
    let id = text(&item["id"]);
    if is_citation_key(&id) {
        draft.set("citationKey", &id);
    }
    let name = if id.is_empty() { item.to_string() } else { id };
    envelope(keys.key_for(&name), at, draft.finish(), Some(item))
}

/// The type of an item; where several of Zotero's are one in CSL, what it has decides.
fn item_type(item: &Value) -> &'static str {
    let has = |names: &[&str]| names.iter().any(|name| item.get(name).is_some());
    let csl = item["type"].as_str().unwrap_or_default();
    let by_hand = match csl {
        "broadcast" if has(&["container-title", "archive", "source", "call-number"]) => "tvBroadcast",
        "broadcast" => "podcast",
        "motion_picture" if has(&["ISBN", "volume", "number-of-volumes", "collection-title"]) => "videoRecording",
        "motion_picture" if has(&["author"]) && !has(&["director"]) => "videoRecording",
        "motion_picture" => "film",
        "personal_communication" => "letter",
        "review" | "review-book" => "journalArticle",
        "entry" => "encyclopediaArticle",
        "figure" | "musical_score" => "artwork",
        "regulation" | "treaty" => "statute",
        "event" | "performance" => "presentation",
        "classic" | "collection" | "periodical" => "book",
        _ => "",
    };
    let fits = |known: &&crate::zotero::schema::ItemType| known.csl.as_deref() == Some(csl) && is_regular(&known.name);
    match Schema::get().item_types().iter().find(fits) {
        Some(known) if by_hand.is_empty() => &known.name,
        _ if by_hand.is_empty() => "document",
        _ => by_hand,
    }
}

/// Whether a type's place is the one where something was performed.
fn is_staged(draft: &Draft) -> bool {
    matches!(draft.item_type.name.as_str(), "audioRecording" | "presentation" | "videoRecording")
}

fn add(draft: &mut Draft, name: &str, value: &Value) {
    let schema = Schema::get();
    match name {
        "id" | "type" | "categories" | "custom" => return,
        "keyword" => return draft.tags(&text(value)),
        // Recordings and talks have places of their own where others have those of their publishers.
        "event-place" if is_staged(draft) && draft.set("place", &text(value)) => return,
        _ => {}
    }
    if let Some((_, bases)) = schema.csl_text().iter().find(|(variable, _)| variable == name) {
        if bases.iter().any(|base| draft.set(base, &text(value))) {
            return;
        }
    } else if let Some((_, base)) = schema.csl_dates().iter().find(|(variable, _)| variable == name) {
        if draft.set(base, &date(value)) {
            return;
        }
    } else if let Some(list) = value.as_array().filter(|list| list.iter().any(is_name)) {
        return names(draft, name, list);
    }
    let rest = if value.is_object() { date(value) } else { text(value) };
    if !rest.is_empty() {
        draft.extra(&format!("{name}: {}", rest.replace(['\r', '\n'], " ")));
    }
}

fn is_name(value: &Value) -> bool {
    ["family", "given", "literal"].iter().any(|part| value.get(part).is_some())
}

fn names(draft: &mut Draft, variable: &str, list: &[Value]) {
    let schema = Schema::get();
    let creators = &draft.item_type.creators;
    let stands_for = |creator: &&String| schema.csl_name(creator) == Some(variable);
    let primary = || draft.item_type.primary_creator().filter(|_| variable == "author").map(str::to_owned);
    let creator_type = creators.iter().find(stands_for).cloned().or_else(primary);
    for name in list {
        let (first, last) = name_parts(name);
        match &creator_type {
            Some(creator_type) => draft.creator(creator_type, &first, &last),
            None if first.is_empty() => draft.extra(&format!("{variable}: {last}")),
            None => draft.extra(&format!("{variable}: {last} || {first}")),
        }
    }
}

fn name_parts(name: &Value) -> (String, String) {
    let part = |key: &str| text(&name[key]);
    let literal = part("literal");
    if !literal.is_empty() {
        return (String::new(), literal);
    }
    let given = match (part("given"), part("suffix"), part("dropping-particle")) {
        (given, suffix, particle) if !particle.is_empty() && name.get("comma-dropping-particle").is_some() => {
            joined(&[&given, &joined(&[&suffix, &particle], " ")], ", ")
        }
        (given, suffix, particle) => {
            let gap = if name["comma-suffix"] == true { ",! " } else { ", " };
            joined(&[&joined(&[&given, &particle], " "), &suffix], gap)
        }
    };
    let particle = part("non-dropping-particle");
    let gap = if particle.ends_with(['\'', '’', 'ʻ', '-']) { "" } else { " " };
    (given, joined(&[&particle, &part("family")], gap))
}

fn joined(parts: &[&str], gap: &str) -> String {
    parts.iter().filter(|part| !part.is_empty()).copied().collect::<Vec<_>>().join(gap)
}

/// A date as Zotero's users write it: `2019-04-01`, `2019/2021`, or the words of the item.
fn date(value: &Value) -> String {
    let parts = |date: &Value| {
        let numbers = date.as_array().into_iter().flatten().map(text).filter(|part| !part.is_empty());
        let padded = numbers.enumerate().map(|(at, part)| match part.strip_prefix('-') {
            Some(before_christ) if at == 0 => format!("-{before_christ:0>4}"),
            _ if at == 0 => format!("{part:0>4}"),
            _ => format!("{part:0>2}"),
        });
        padded.collect::<Vec<_>>().join("-")
    };
    let dates: Vec<String> = value["date-parts"].as_array().into_iter().flatten().map(parts).collect();
    let dates = dates.into_iter().filter(|date| !date.is_empty()).collect::<Vec<_>>().join("/");
    let words = || ["literal", "raw"].map(|key| text(&value[key])).into_iter().find(|words| !words.is_empty());
    let circa =
        value.get("circa").is_some_and(|circa| !matches!(text(circa).as_str(), "0" | "false") && *circa != false);
    match text(&value["season"]) {
        _ if dates.is_empty() => words().unwrap_or_else(|| text(value)),
        season if season.is_empty() && circa => format!("ca. {dates}"),
        season if season.is_empty() => dates,
        season => match season_name(&season) {
            // A year in it would be taken for the year.
            season if season.contains(|c: char| c.is_ascii_digit()) || dates.contains('/') => {
                format!("{dates} {season}")
            }
            season => format!("{season} {dates}"),
        },
    }
}

fn season_name(season: &str) -> &str {
    match season {
        "1" => "Spring",
        "2" => "Summer",
        "3" => "Autumn",
        "4" => "Winter",
        other => other,
    }
}

/// A text or a number as text.
fn text(value: &Value) -> String {
    match value {
        Value::String(text) => text.trim().to_owned(),
        Value::Number(number) => number.to_string(),
        _ => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn an_article_becomes_zoteros_and_keeps_its_original() {
        let item = json!({
            "id": "turing1936", "type": "article-journal", "title": "On computable numbers",
            "container-title": "Proceedings", "volume": 42, "page": "230-265", "DOI": "10.1112/plms/s2-42.1.230",
            "author": [{"family": "Turing", "given": "Alan"}, {"literal": "A Society"}],
            "container-author": [{"family": "X", "given": "Y"}],
            "issued": {"date-parts": [["1936", 11, 12]]}, "keyword": "logic, machines", "note": "reprinted",
            "unheard-of": "kept",
        });
        let record = record(item.clone(), &mut Keys::default(), 0);
        let data = record.data();
        for (field, value) in [
            ("itemType", "journalArticle"),
            ("title", "On computable numbers"),
            ("publicationTitle", "Proceedings"),
            ("volume", "42"),
            ("pages", "230-265"),
            ("date", "1936-11-12"),
            ("citationKey", "turing1936"),
            ("extra", "container-author: X || Y\nunheard-of: kept\nreprinted"),
        ] {
            assert_eq!(data[field], value, "{field}");
        }
        assert_eq!(data["creators"][1], json!({"creatorType": "author", "name": "A Society"}));
        assert_eq!(record.tags.len(), 2);
        assert_eq!(serde_json::from_str::<Value>(record.raw()).unwrap()["csl"], item);
    }

    #[test]
    fn every_type_of_csl_finds_one_of_zoteros() {
        for (csl, zotero) in [
            ("book", "book"),
            ("document", "document"),
            ("broadcast", "podcast"),
            ("pamphlet", "document"),
            ("legal_case", "case"),
        ] {
            assert_eq!(item_type(&json!({ "type": csl })), zotero);
        }
    }

    #[test]
    fn an_id_may_be_an_address_and_names_the_same_record_in_every_run() {
        for id in ["http://zotero.org/groups/1/items/ABCD2345", "12345/ABCD2345"] {
            let item = json!({"id": id, "type": "book", "title": "Of lamps"});
            let read = || record(item.clone(), &mut Keys::default(), 0);
            assert_eq!((read().key, &read().data()["title"]), (read().key, &json!("Of lamps")));
            assert_eq!(serde_json::from_str::<Value>(read().raw()).unwrap()["csl"]["id"], id);
        }
    }

    #[test]
    fn particles_and_suffixes_go_where_zotero_has_them() {
        for (name, wanted) in [
            (
                json!({"family": "Beethoven", "given": "Ludwig", "dropping-particle": "van"}),
                ("Ludwig van", "Beethoven"),
            ),
            (json!({"family": "Alembert", "given": "Jean", "non-dropping-particle": "d'"}), ("Jean", "d'Alembert")),
            (json!({"family": "Berg", "given": "Jan", "non-dropping-particle": "van der"}), ("Jan", "van der Berg")),
            (json!({"family": "Doe", "given": "Sam", "suffix": "Jr.", "comma-suffix": true}), ("Sam,! Jr.", "Doe")),
            (json!({"family": "King", "given": "Martin Luther", "suffix": "Jr."}), ("Martin Luther, Jr.", "King")),
        ] {
            assert_eq!(name_parts(&name), (wanted.0.to_owned(), wanted.1.to_owned()));
        }
    }

    #[test]
    fn dates_are_written_as_people_write_them() {
        for (value, text) in [
            (json!({"date-parts": [[2019], [2021, 3]]}), "2019/2021-03"),
            (json!({"date-parts": [["2019", "4", 1]]}), "2019-04-01"),
            (json!({"raw": "c. 1850"}), "c. 1850"),
            (json!({"date-parts": [[2019]], "season": 2}), "Summer 2019"),
            (json!({"date-parts": [[1850]], "circa": true}), "ca. 1850"),
            (json!({"date-parts": [[-44]]}), "-0044"),
            (json!({"date-parts": [[]]}), ""),
            (json!("2019"), "2019"),
        ] {
            assert_eq!(date(&value), text);
        }
    }
}
