//! A style file of the owner's: text in, a style or the reason with its line out.

use citationberg::{Style, XmlDeError};

use super::tree::{Found, Tree};
use super::{Fault, macros};

/// Reads a style, independent or dependent.
pub(super) fn style(text: &str) -> Result<Style, Found> {
    let tree = Tree::read(text, "style")?;
    version(&tree)?;
    let printing: Vec<_> = ["citation", "bibliography"].iter().filter_map(|name| tree.child(0, name)).collect();
    for position in &printing {
        if tree.child(*position, "layout").is_none() {
            let element = &tree.elements[*position];
            return Err((Some(element.line), Fault::NoLayout { element: element.name.clone() }));
        }
    }
    if printing.is_empty() && !tree.below(0).any(|inner| is_parent_link(&tree, inner)) {
        return Err((Some(tree.elements[0].line), Fault::NoCitation));
    }
    macros::check(&tree)?;
    Style::from_xml(text).map_err(|error| found(&tree, &error))
}

fn is_parent_link(tree: &Tree, position: usize) -> bool {
    let element = &tree.elements[position];
    element.name == "link" && element.attribute("rel") == Some("independent-parent")
}

/// Styles of CSL 0.8 have no version; they look alike, and mean other things.
fn version(tree: &Tree) -> Result<(), Found> {
    let root = &tree.elements[0];
    let version = root.attribute("version").unwrap_or("0.8");
    if version == "1.0" || version.starts_with("1.0.") {
        return Ok(());
    }
    Err((Some(root.line), Fault::Version { version: version.to_owned() }))
}

/// What the reader of styles says, with the line that its path leads to: `citation.layout.$value[2].group.@delimiter`.
pub(super) fn found(tree: &Tree, error: &XmlDeError) -> Found {
    let path = error.path.as_ref().map(ToString::to_string).unwrap_or_default();
    let problem = words(&error.source.to_string());
    (Some(line(tree, &path)), Fault::NotCsl { problem })
}

/// The line of the innermost element that the path names. A list names its element by its place among those of one name,
/// or among all if it takes any.
fn line(tree: &Tree, path: &str) -> usize {
    let mut at = 0;
    for step in path.split('.') {
        let (name, place) = step.split_once('[').map_or((step, None), |(name, place)| (name, Some(place)));
        let place = place.and_then(|place| place.trim_end_matches(']').parse::<usize>().ok());
        let any = name.starts_with('$');
        let mut pool = tree.inside(at).filter(|inner| any || tree.elements[*inner].name == name);
        // What is not found is an attribute, or the name of what `$value[2]` has led to already.
        at = pool.nth(place.unwrap_or(0)).filter(|_| !any || place.is_some()).unwrap_or(at);
    }
    tree.elements[at].line
}

/// The reader's words, where they are not about types of Rust.
fn words(message: &str) -> String {
    let first = message.lines().next().unwrap_or_default().trim();
    if first.contains("untagged enum") { "a value that CSL 1.0 does not know".to_owned() } else { first.to_owned() }
}
