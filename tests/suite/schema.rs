//! The embedded schema says what Zotero's does.

use serde_json::Value;
use zbib::zotero::schema::{Labels, Schema};

use crate::reference;

fn zoteros() -> Option<Value> {
    let path = reference::find("reference/zotero-schema.json", "the embedded schema is not compared with Zotero's")?;
    Some(serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap())
}

fn names(list: &Value, name: &str) -> Vec<String> {
    list.as_array().unwrap().iter().map(|entry| entry[name].as_str().unwrap().to_owned()).collect()
}

#[test]
fn types_have_zoteros_fields_in_order_with_their_bases_and_creator_types() {
    let Some(theirs) = zoteros() else { return };
    let schema = Schema::get();
    assert_eq!(u64::from(schema.version), theirs["version"]);
    let types = theirs["itemTypes"].as_array().unwrap();
    assert_eq!(schema.item_types().len(), types.len());
    for theirs in types {
        let name = theirs["itemType"].as_str().unwrap();
        let ours = schema.item_type(name).unwrap_or_else(|| panic!("{name} is missing"));
        let fields: Vec<_> = ours.fields.iter().map(|field| field.name.clone()).collect();
        assert_eq!(fields, names(&theirs["fields"], "field"), "{name}");
        for (ours, theirs) in ours.fields.iter().zip(theirs["fields"].as_array().unwrap()) {
            assert_eq!(ours.base.as_deref(), theirs.get("baseField").and_then(Value::as_str), "{name}.{}", ours.name);
        }
        let creators = theirs["creatorTypes"].as_array().unwrap();
        let mut in_order = names(&theirs["creatorTypes"], "creatorType");
        let mut kept = ours.creators.clone();
        let primary = creators.iter().find(|creator| creator["primary"] == true);
        assert_eq!(ours.primary_creator(), primary.and_then(|creator| creator["creatorType"].as_str()), "{name}");
        in_order.sort();
        kept.sort();
        assert_eq!(kept, in_order, "{name}");
    }
}

#[test]
fn csl_has_zoteros_types_variables_and_names() {
    let Some(theirs) = zoteros() else { return };
    let (schema, theirs) = (Schema::get(), &theirs["csl"]);
    for (csl, types) in theirs["types"].as_object().unwrap() {
        for name in types.as_array().unwrap().iter().map(|name| name.as_str().unwrap()) {
            // Zotero's table knows types that are no more.
            if let Some(ours) = schema.item_type(name) {
                assert_eq!(ours.csl.as_deref(), Some(csl.as_str()), "{name}");
            }
        }
    }
    let text = schema.csl_text().iter().map(|(name, fields)| (name.clone(), Value::from(fields.clone())));
    let theirs_text = theirs["fields"]["text"].as_object().unwrap().clone();
    assert_eq!(text.collect::<Vec<_>>(), theirs_text.into_iter().collect::<Vec<_>>());
    let dates = schema.csl_dates().iter().map(|(name, field)| (name.clone(), Value::from(field.clone())));
    let theirs_dates = theirs["fields"]["date"].as_object().unwrap().clone();
    assert_eq!(dates.collect::<Vec<_>>(), theirs_dates.into_iter().collect::<Vec<_>>());
    for (creator, name) in theirs["names"].as_object().unwrap() {
        assert_eq!(schema.csl_name(creator), name.as_str(), "{creator}");
    }
}

#[test]
fn labels_are_zoteros_in_every_locale() {
    let Some(theirs) = zoteros() else { return };
    for (locale, theirs) in theirs["locales"].as_object().unwrap() {
        let labels = Labels::for_language(locale);
        let all = |part: &str| theirs[part].as_object().unwrap().clone();
        for (name, label) in all("itemTypes") {
            assert_eq!(labels.item_type(&name), label, "{locale}");
        }
        for (name, label) in all("fields") {
            assert_eq!(labels.field(&name), label, "{locale}");
        }
        for (name, label) in all("creatorTypes") {
            assert_eq!(labels.creator_type(&name), label, "{locale}");
        }
    }
}
