//! Structured data of schema.org, one block for each page.
//!
//! See <https://schema.org> and <https://www.w3.org/TR/json-ld11/>. No build time is ever written.

mod item;
mod pages;
mod people;

use serde_json::{Map, Value, json};

use super::{Context, Page, Subject, tag};
use crate::bibliography::library::ItemIndex;
use crate::bibliography::markup::SafeHtml;

/// The block of an item's page: the work, and the trail to it.
pub(super) fn of_item(subject: &Subject<'_>) -> SafeHtml {
    let work = item::work(subject);
    let trail = pages::trail(subject.page, subject.context);
    tag::json_ld(&graph([Some(work), trail]))
}

/// The block of a page of a list.
pub(super) fn of_list(members: &[ItemIndex], page: &Page<'_>, context: &Context<'_>) -> Option<SafeHtml> {
    block([pages::collection(members, page, context), pages::trail(page, context)])
}

/// The block of the home page.
pub(super) fn of_home(page: &Page<'_>, context: &Context<'_>) -> Option<SafeHtml> {
    block([pages::site(context), pages::data(page, context)])
}

/// The block of any other page.
pub(super) fn of_page(page: &Page<'_>, context: &Context<'_>) -> Option<SafeHtml> {
    block([pages::trail(page, context), None])
}

fn block(things: [Option<Value>; 2]) -> Option<SafeHtml> {
    things.iter().any(Option::is_some).then(|| tag::json_ld(&graph(things)))
}

/// One thing stands alone, two in a graph.
fn graph(things: [Option<Value>; 2]) -> Value {
    let mut things: Vec<Value> = things.into_iter().flatten().collect();
    if let [Value::Object(only)] = things.as_mut_slice() {
        let mut alone = Map::new();
        alone.insert("@context".to_owned(), json!("https://schema.org"));
        alone.append(only);
        return Value::Object(alone);
    }
    json!({ "@context": "https://schema.org", "@graph": things })
}

/// A thing under construction: properties in the order they are put; what is empty is left out.
struct Thing(Map<String, Value>);

impl Thing {
    fn new(schema: &str) -> Self {
        let mut thing = Self(Map::new());
        thing.put("@type", schema);
        thing
    }

    /// A thing that is known by its name alone.
    fn named(schema: &str, name: &str) -> Value {
        json!({ "@type": schema, "name": name })
    }

    fn put(&mut self, key: &str, value: impl Into<Value>) {
        let value = value.into();
        let empty = match &value {
            Value::Null => true,
            Value::String(text) => text.is_empty(),
            Value::Array(values) => values.is_empty(),
            _ => false,
        };
        if !empty {
            self.0.insert(key.to_owned(), value);
        }
    }

    /// One value as it is, several as an array.
    fn put_all(&mut self, key: &str, mut values: Vec<Value>) {
        match values.len() {
            1 => self.put(key, values.remove(0)),
            _ => self.put(key, values),
        }
    }
}

impl From<Thing> for Value {
    fn from(thing: Thing) -> Self {
        Self::Object(thing.0)
    }
}
