//! What in a `.bib` file refers to something else in it: abbreviations, and entries that inherit from others.
//!
//! The reader follows both without looking where they lead, so a circle would never end and a ladder of doublings would
//! fill the memory. Here such references are taken out before, with a problem each; all others stay.

use std::collections::{BTreeMap, BTreeSet};

use biblatex::{Field, Pair, RawBibliography, RawChunk, RawEntry, Spanned};

use crate::report::problem::{Kind, Level, Problem};

/// How long a chain of references may be.
const DEPTH: u64 = 32;
/// To how much text an abbreviation, and a field that uses some, may grow, in bytes.
const TEXT: u64 = 1 << 20;
/// How deep braces may stand in one another.
const NESTED: usize = 64;
/// From how many entries one may inherit, those between counted.
const ENTRIES: u64 = 1000;

static ENDLESS: Kind = Kind {
    id: "bib-reference",
    level: Level::Warning,
    one: "a reference within a .bib file leads in a circle or too far; it is not followed",
    many: "{n} references within a .bib file lead in a circle or too far; they are not followed",
    hint: Some("look at `@string`, `crossref`, `xdata` and `ids` there"),
};

/// How much comes with a name, and over how many steps.
#[derive(Clone, Copy, Default)]
struct Weight {
    amount: u64,
    depth: u64,
}

/// Things that refer to one another by name.
struct Graph<'s> {
    /// Of each name, what it holds itself and whom it names.
    own: BTreeMap<&'s str, (u64, Vec<&'s str>)>,
    most: u64,
    known: BTreeMap<&'s str, Option<Weight>>,
}

impl<'s> Graph<'s> {
    fn new(most: u64) -> Self {
        Self { own: BTreeMap::new(), most, known: BTreeMap::new() }
    }

    fn add(&mut self, name: &'s str, amount: u64, names: impl IntoIterator<Item = &'s str>) {
        let own = self.own.entry(name).or_default();
        own.0 = own.0.max(amount);
        own.1.extend(names);
    }

    /// What comes with a name; None when that has no end, or none that is sensible.
    fn weight(&mut self, name: &'s str, steps: u64) -> Option<Weight> {
        if steps > DEPTH {
            return None;
        }
        if let Some(known) = self.known.get(name) {
            return known.filter(|weight| weight.depth + steps <= DEPTH);
        }
        let Some((amount, names)) = self.own.get(name).cloned() else { return Some(Weight::default()) };
        // Whoever meets it on the way has come in a circle.
        self.known.insert(name, None);
        let mut sum = Weight { amount, depth: 0 };
        for other in names {
            let weight = self.weight(other, steps + 1)?;
            sum.amount = sum.amount.saturating_add(weight.amount);
            sum.depth = sum.depth.max(weight.depth + 1);
        }
        let weight = Some(sum).filter(|weight| weight.amount <= self.most);
        self.known.insert(name, weight);
        weight
    }
}

/// Takes out the references that have no sensible end.
pub(super) fn bound(raw: &mut RawBibliography<'_>) -> Vec<Problem> {
    let mut problems = bound_abbreviations(&mut raw.abbreviations, &mut raw.entries);
    problems.extend(raw.entries.iter_mut().flat_map(|entry| drop_odd(&mut entry.v)));
    problems.extend(bound_inheritance(&mut raw.entries));
    problems
}

fn bound_abbreviations<'s>(abbreviations: &mut Vec<Pair<'s>>, entries: &mut [Spanned<RawEntry<'s>>]) -> Vec<Problem> {
    let mut graph = Graph::new(TEXT);
    for pair in abbreviations.iter() {
        graph.add(pair.key.v, text_of(&pair.value.v), named_in(&pair.value.v));
    }
    let names: BTreeSet<&str> = graph.own.keys().copied().collect();
    let endless: BTreeSet<&str> = names.into_iter().filter(|name| graph.weight(name, 0).is_none()).collect();
    abbreviations.retain(|pair| !endless.contains(pair.key.v));
    let mut problems: Vec<_> =
        endless.iter().map(|name| Problem::new(&ENDLESS, format!("@string {name}"), "")).collect();
    for entry in entries {
        let key = entry.v.key.v;
        entry.v.fields.retain(|pair| {
            let names = named_in(&pair.value.v).map(|name| graph.weight(name, 1).map_or(0, |weight| weight.amount));
            let stays = names.fold(0, u64::saturating_add) <= TEXT;
            if !stays {
                problems.push(Problem::new(&ENDLESS, key, format!("its field {}", pair.key.v)));
            }
            stays
        });
    }
    problems
}

/// Takes out references that are not written plainly: where they lead cannot be seen before they are followed.
fn drop_odd(entry: &mut RawEntry<'_>) -> Vec<Problem> {
    let mut problems = Vec::new();
    let key = entry.key.v;
    entry.fields.retain(|pair| {
        let odd = is_reference(pair) && !pair.value.v.iter().all(|chunk| is_plain(&chunk.v));
        if odd {
            problems.push(Problem::new(&ENDLESS, key, format!("its field {}", pair.key.v)));
        }
        !odd
    });
    problems
}

fn bound_inheritance(entries: &mut [Spanned<RawEntry<'_>>]) -> Vec<Problem> {
    let mut graph = Graph::new(ENTRIES);
    for entry in entries.iter() {
        let parents: Vec<&str> = fields(&entry.v, &["crossref", "xdata"]).collect();
        for name in fields(&entry.v, &["ids"]).chain([entry.v.key.v]) {
            graph.add(name, 1, parents.iter().copied());
        }
    }
    let mut problems = Vec::new();
    for entry in entries {
        if graph.weight(entry.v.key.v, 0).is_none() {
            entry.v.fields.retain(|pair| !is_any(pair, &["crossref", "xdata"]));
            problems.push(Problem::new(&ENDLESS, entry.v.key.v, ""));
        }
    }
    problems
}

/// The names in those fields of an entry.
fn fields<'s>(entry: &RawEntry<'s>, names: &'static [&str]) -> impl Iterator<Item = &'s str> + use<'s> {
    let pairs: Vec<_> = entry.fields.iter().filter(|pair| is_any(pair, names)).cloned().collect();
    let texts = pairs.into_iter().flat_map(|pair| pair.value.v).filter_map(|chunk| match chunk.v {
        RawChunk::Normal(text) => Some(text),
        RawChunk::Abbreviation(_) => None,
    });
    texts.flat_map(|text| text.split(',')).map(str::trim).filter(|name| !name.is_empty())
}

fn is_reference(pair: &Pair<'_>) -> bool {
    is_any(pair, &["crossref", "xdata", "ids"])
}

fn is_any(pair: &Pair<'_>, names: &[&str]) -> bool {
    names.iter().any(|name| pair.key.v.eq_ignore_ascii_case(name))
}

fn is_plain(chunk: &RawChunk<'_>) -> bool {
    let plain = |name: &str| !name.contains(|c: char| c.is_whitespace() || "\\{}$~%\"#".contains(c));
    matches!(chunk, RawChunk::Normal(text) if text.split(',').map(str::trim).all(plain))
}

/// Whether braces stand in one another deeper than anybody writes: the reader goes down with them.
pub(super) fn is_bottomless(entry: &RawEntry<'_>) -> bool {
    let texts = entry.fields.iter().flat_map(|pair| &pair.value.v).filter_map(|chunk| match chunk.v {
        RawChunk::Normal(text) => Some(text),
        RawChunk::Abbreviation(_) => None,
    });
    texts.into_iter().any(|text| depth(text) > NESTED)
}

fn depth(text: &str) -> usize {
    let (mut depth, mut deepest) = (0_usize, 0);
    for byte in text.bytes() {
        match byte {
            b'{' => depth += 1,
            b'}' => depth = depth.saturating_sub(1),
            _ => {}
        }
        deepest = deepest.max(depth);
    }
    deepest
}

fn text_of(field: &Field<'_>) -> u64 {
    let length = |chunk: &Spanned<RawChunk<'_>>| match chunk.v {
        RawChunk::Normal(text) => text.len() as u64,
        RawChunk::Abbreviation(_) => 1,
    };
    field.iter().map(length).sum()
}

fn named_in<'s>(field: &Field<'s>) -> impl Iterator<Item = &'s str> {
    field.iter().filter_map(|chunk| match chunk.v {
        RawChunk::Abbreviation(name) => Some(name),
        RawChunk::Normal(_) => None,
    })
}

#[cfg(test)]
mod tests {
    use crate::zotero::source::file::bibtex::read;

    #[test]
    fn references_in_a_circle_or_without_measure_are_told_and_not_followed() {
        let doubling: String = (1..40).map(|n| format!("@string{{s{n} = s{} # s{}}}", n - 1, n - 1)).collect();
        let ladder: String = (1..40)
            .map(|n| {
                format!(
                    "@book{{b{n}, title={{B}}, xdata={{b{},c{}}}}}@book{{c{n}, title={{C}}, xdata={{b{},c{}}}}}",
                    n + 1,
                    n + 1,
                    n + 1,
                    n + 1
                )
            })
            .collect();
        let chain: String = (1..5000).map(|n| format!("@book{{b{n}, title={{B}}, crossref={{b{}}}}}", n + 1)).collect();
        for (text, records, problems) in [
            ("@article{a, title={A}, crossref = {a}}", 1, 1),
            ("@article{a, title={A}, crossref = {b}}@article{b, title={B}, crossref = { a }}", 2, 2),
            ("@article{a, title={A}, xdata = {b,\n a}}@book{b, title={B}}", 2, 1),
            ("@article{a, title={A}, ids = {b, c}, crossref = {c}}", 1, 1),
            ("@article{a, title={A}, crossref = {\\emph{a}}}", 1, 1),
            ("@string{x = {a}}@article{a, title={A}, crossref = x}", 1, 1),
            ("@string{x = x}@article{a, title = x}@book{b, title={B}}", 1, 1),
            ("@string{x = y # x}@string{y = x}@article{a, title = {A}}", 1, 2),
            ("@book{p, title={P}}@inbook{c, title={C}, crossref={p}}@inbook{d, title={D}, crossref={p}}", 3, 0),
        ] {
            let library = read(text).unwrap();
            assert_eq!((library.records.len(), library.problems.len()), (records, problems), "{text}");
        }
        let deep =
            format!("@book{{a, title={{{}x{}}}}}@book{{b, title={{B}}}}", "\\emph{".repeat(9999), "}".repeat(9999));
        let library = read(&deep).unwrap();
        assert_eq!((library.records.len(), library.skipped.len()), (1, 1));
        let bomb = format!("@string{{s0 = {{text}}}}{doubling}@book{{a, title = s39}}@book{{b, title = s3}}");
        assert_eq!(read(&bomb).unwrap().records.len(), 1);
        assert_eq!(read(&ladder).unwrap().records.len(), 78);
        assert_eq!(read(&chain).unwrap().records.len(), 4999);
    }
}
