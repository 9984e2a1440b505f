//! Name variables: particles and suffixes are parted from names as Zotero's processor does it.
//!
//! See `CSL.parseParticles` in <https://github.com/Juris-M/citeproc-js/blob/master/src/util_name_particles.js>.

use serde_json::{Map, Value, json};

use crate::bibliography::library::{Item, Name};
use crate::zotero::schema::Schema;

/// Inserts the name variables in the order the item's creators first need them.
pub(super) fn insert(csl: &mut Map<String, Value>, item: &Item) {
    for creator in &item.creators {
        let Some(variable) = variable(&creator.role, &item.item_type) else { continue };
        let names = csl.entry(variable).or_insert_with(|| json!([]));
        if let Some(names) = names.as_array_mut() {
            names.push(name(&creator.name));
        }
    }
}

/// The schema's variable; a type's primary creators are authors if they have none; other roles have no place in CSL.
fn variable<'a>(role: &'a str, item_type: &str) -> Option<&'a str> {
    let schema = Schema::get();
    let primary = schema.item_type(item_type).and_then(|known| known.primary_creator());
    schema.csl_name(role).or_else(|| (primary == Some(role)).then_some("author"))
}

fn name(name: &Name) -> Value {
    match name {
        Name::Single(name) => json!({ "literal": name }),
        Name::Personal { last, first } => Value::Object(personal(last, first)),
    }
}

fn personal(last: &str, first: &str) -> Map<String, Value> {
    let mut name = Map::new();
    let quoted = last.len() > 1 && last.starts_with('"') && last.ends_with('"');
    if last.is_empty() || first.is_empty() || quoted {
        let family = if quoted { &last[1..last.len() - 1] } else { last };
        name.insert("family".to_owned(), family.into());
        name.insert("given".to_owned(), first.into());
        return name;
    }
    let (particle, family) = leading_particles(last);
    let given = Given::read(first);
    name.insert("family".to_owned(), family.into());
    name.insert("given".to_owned(), given.name.into());
    let mut insert = |variable: &str, value: Value| name.insert(variable.to_owned(), value);
    if !particle.is_empty() {
        insert("non-dropping-particle", particle.into());
    }
    if given.comma_suffix {
        insert("comma-suffix", true.into());
    }
    if !given.suffix.is_empty() {
        insert("suffix", given.suffix.into());
    }
    if !given.particle.is_empty() {
        insert("dropping-particle", given.particle.into());
    }
    if given.comma_particle {
        insert("comma-dropping-particle", ",".into());
    }
    name
}

/// A first name taken apart.
#[derive(Default)]
struct Given {
    name: String,
    suffix: String,
    particle: String,
    comma_suffix: bool,
    comma_particle: bool,
}

impl Given {
    /// What stands behind the first comma is a suffix, or "et al."; lower-case words at the end are particles.
    fn read(first: &str) -> Self {
        let mut given = Self::default();
        let mut name = first;
        if let Some((before, behind)) = first.split_once(',') {
            name = before;
            let (forced, behind) = match behind.strip_prefix('!') {
                Some(rest) => (true, rest.trim()),
                None => (false, behind.trim()),
            };
            if matches!(behind, "et al" | "et al.") {
                behind.clone_into(&mut given.particle);
                given.comma_particle = true;
            } else {
                behind.clone_into(&mut given.suffix);
                given.comma_suffix = forced;
            }
        }
        let (name, particle) = trailing_particles(name.trim());
        given.name = name;
        if !particle.is_empty() {
            given.particle = particle;
        }
        given
    }
}

/// Particles at the head of a last name, and the rest: "de la Cruz" is "de la" and "Cruz".
fn leading_particles(last: &str) -> (String, String) {
    let mut rest = last;
    while let Some(end) = particle_end(rest).filter(|end| is_lower(&rest[..*end])) {
        rest = &rest[end..];
    }
    let particles = &last[..last.len() - rest.len()];
    (trimmed(particles), rest.to_owned())
}

/// Lower-case words at the end of a first name: "Ludwig van" is "Ludwig" and "van".
fn trailing_particles(first: &str) -> (String, String) {
    let mut name = first;
    // The first word never is a particle.
    while let Some((before, _)) = name.rsplit_once(' ').filter(|(before, word)| !before.is_empty() && is_lower(word)) {
        name = before.trim_end_matches(' ');
    }
    (name.to_owned(), first[name.len()..].trim().to_owned())
}

/// Where the longest possible particle at the head of a name ends: a word up to the last sign that can end one before the
/// first space, or the first space, and the spaces behind it. Something must follow.
fn particle_end(name: &str) -> Option<usize> {
    let word = name.find(' ').unwrap_or(name.len());
    let ends = |(at, c): (usize, char)| {
        let end = match c {
            ' ' => at + 1,
            '-' | 'ʻ' | '’' | '\'' => at + c.len_utf8(),
            _ => return None,
        };
        (at > 0 && at <= word).then_some(end)
    };
    let end = name.char_indices().filter_map(ends).next_back()?;
    let spaces = name[end..].len() - name[end..].trim_start_matches(' ').len();
    (end + spaces < name.len()).then_some(end + spaces)
}

/// Whether the first letter is lower case, which letters of scripts without case never are.
fn is_lower(particle: &str) -> bool {
    let first = particle.trim_start_matches(['-', '\'', 'ʻ', '’', ' ']).chars().next();
    // Zotero looks at half of a letter beyond U+FFFF, which has no case.
    first.is_some_and(|c| c.len_utf16() == 1 && c.to_uppercase().next() != Some(c))
}

/// A particle keeps no space behind it but for one behind an apostrophe, where a name would follow without.
fn trimmed(particle: &str) -> String {
    let text = particle.trim();
    let space = if particle.ends_with(' ') && text.ends_with(['\'', '’']) { " " } else { "" };
    format!("{text}{space}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn particles_and_suffixes_are_parted_from_names() {
        for (first, last, wanted) in [
            ("Jan", "van der Berg", json!({"family":"Berg","given":"Jan","non-dropping-particle":"van der"})),
            ("Ludwig van", "Beethoven", json!({"family":"Beethoven","given":"Ludwig","dropping-particle":"van"})),
            ("Jean", "de La Fontaine", json!({"family":"La Fontaine","given":"Jean","non-dropping-particle":"de"})),
            ("Charles", "De Gaulle", json!({"family":"De Gaulle","given":"Charles"})),
            ("Jean", "d'Alembert", json!({"family":"Alembert","given":"Jean","non-dropping-particle":"d'"})),
            ("Gabriele", "D’Annunzio", json!({"family":"D’Annunzio","given":"Gabriele"})),
            ("Musa", "al-Khwārizmī", json!({"family":"Khwārizmī","given":"Musa","non-dropping-particle":"al-"})),
            ("Martin Luther, Jr.", "King", json!({"family":"King","given":"Martin Luther","suffix":"Jr."})),
            ("Sam,! Jr.", "Doe", json!({"family":"Doe","given":"Sam","comma-suffix":true,"suffix":"Jr."})),
            ("Karl, III, PhD", "Marx", json!({"family":"Marx","given":"Karl","suffix":"III, PhD"})),
            ("A", "\"van Gogh\"", json!({"family":"van Gogh","given":"A"})),
            ("", "Plato", json!({"family":"Plato","given":""})),
            ("Solo", "", json!({"family":"","given":"Solo"})),
            ("X", "Smith, Jr.", json!({"family":"Smith, Jr.","given":"X"})),
            ("J.", "du  Pont", json!({"family":"Pont","given":"J.","non-dropping-particle":"du"})),
            ("J.", "de l' Isle", json!({"family":"Isle","given":"J.","non-dropping-particle":"de l' "})),
            ("J.  van  der", "X", json!({"family":"X","given":"J.","dropping-particle":"van  der"})),
            ("J , Jr.", "X", json!({"family":"X","given":"J","suffix":"Jr."})),
            ("J", "𐐨 X", json!({"family":"𐐨 X","given":"J"})),
            ("Vincent de", "Paul", json!({"family":"Paul","given":"Vincent","dropping-particle":"de"})),
            ("明", "李 小", json!({"family":"李 小","given":"明"})),
        ] {
            assert_eq!(Value::Object(personal(last, first)), wanted);
        }
        let et_al = json!({"family":"Roe","given":"Bob","dropping-particle":"et al.","comma-dropping-particle":","});
        assert_eq!(Value::Object(personal("Roe", "Bob, et al.")), et_al);
    }
}
