//! The macros of a style: whether those that are called are there, call themselves, or grow without measure.
//!
//! A processor follows calls as it follows nested elements. So a circle has no end, and a few dozen macros that each call
//! the next one twice are as long as a book; both are found here, in time that grows with the file alone.

use std::collections::BTreeMap;
use std::ops::Range;

use super::Fault;
use super::tree::{Found, Tree};
use crate::report;

/// What one reference can lead through, with all calls written out and of every choice the longest branch, is no more than
/// this. Chicago's notes lead through three thousand.
const MOST_WRITTEN_OUT: usize = 200_000;
/// Nor does it nest deeper. Chicago's notes need a third.
const MOST_DEPTH_WRITTEN_OUT: usize = 200;

/// What can be called, or holds calls: a macro, or one of the places where a reference begins.
struct Part<'a> {
    /// A macro's name, or the element's.
    name: &'a str,
    line: usize,
    /// Its elements in the tree, itself first.
    elements: Range<usize>,
    /// How deep they nest.
    depth: usize,
    calls: Vec<Call<'a>>,
}

struct Call<'a> {
    name: &'a str,
    line: usize,
    /// The element that calls.
    element: usize,
    /// How deep in its part the call stands.
    depth: usize,
}

/// How many elements a part has with its calls written out, and how deep they nest.
pub(super) type Measure = (usize, usize);

/// Checks all macros of a style, and measures what stands in its root.
pub(super) fn check(tree: &Tree) -> Result<Vec<Measure>, Found> {
    let parts: Vec<_> = tree.inside(0).map(|position| Part::of(tree, position)).collect();
    let is_macro = |position: &usize| tree.elements[*position].name == "macro";
    let positions = tree.inside(0).enumerate().filter(|(_, position)| is_macro(position));
    // Where two macros have one name the first is called.
    let mut by_name = BTreeMap::new();
    for (part, _) in positions {
        by_name.entry(parts[part].name).or_insert(part);
    }
    let calls = callees(&parts, &by_name)?;
    let order = called_first(&calls).map_err(|left| circle(&parts, &calls, &left))?;
    measure(tree, &parts, &calls, &order)
}

impl<'a> Part<'a> {
    fn of(tree: &'a Tree, position: usize) -> Self {
        let element = &tree.elements[position];
        let depth = |inner: usize| tree.elements[inner].depth - element.depth;
        let call = |position: usize| {
            let inner = &tree.elements[position];
            let name = inner.attribute("macro").filter(|_| matches!(inner.name.as_str(), "text" | "key"))?;
            Some(Call { name, line: inner.line, element: position, depth: depth(position) })
        };
        Self {
            name: element.attribute("name").unwrap_or(&element.name),
            line: element.line,
            elements: position..position + 1 + tree.below(position).count(),
            depth: tree.below(position).map(depth).max().unwrap_or_default(),
            calls: tree.below(position).filter_map(call).collect(),
        }
    }
}

/// For each part the parts that it calls, in the order of its calls.
fn callees(parts: &[Part<'_>], by_name: &BTreeMap<&str, usize>) -> Result<Vec<Vec<usize>>, Found> {
    let callee = |call: &Call<'_>| {
        by_name.get(call.name).copied().ok_or_else(|| {
            let known: Vec<_> = by_name.keys().copied().collect();
            let nearest = report::nearest(call.name, &known).map(str::to_owned);
            (Some(call.line), Fault::NoMacro { name: call.name.to_owned(), nearest })
        })
    };
    parts.iter().map(|part| part.calls.iter().map(callee).collect()).collect()
}

/// The parts in an order in which each comes after those that it calls; else those that lead into a circle.
fn called_first(calls: &[Vec<usize>]) -> Result<Vec<usize>, Vec<usize>> {
    let mut callers = vec![Vec::new(); calls.len()];
    for (caller, called) in calls.iter().enumerate() {
        called.iter().for_each(|called| callers[*called].push(caller));
    }
    let mut open: Vec<usize> = calls.iter().map(Vec::len).collect();
    let mut order: Vec<usize> = (0..calls.len()).filter(|part| open[*part] == 0).collect();
    let mut next = 0;
    while let Some(done) = order.get(next).copied() {
        next += 1;
        for caller in &callers[done] {
            open[*caller] -= 1;
            if open[*caller] == 0 {
                order.push(*caller);
            }
        }
    }
    if order.len() == calls.len() { Ok(order) } else { Err((0..calls.len()).filter(|part| open[*part] > 0).collect()) }
}

/// One of the circles into which these parts lead, told from the line of the call that closes it.
fn circle(parts: &[Part<'_>], calls: &[Vec<usize>], left: &[usize]) -> Found {
    let follow = |part: usize| {
        let called = calls[part].iter().zip(&parts[part].calls).find(|(called, _)| left.binary_search(called).is_ok());
        let (called, call) = called.expect("a part that is left waits for another that is left");
        (*called, call.line)
    };
    let (mut path, mut at) = (Vec::new(), left[0]);
    loop {
        let begins = path.iter().position(|part| *part == at);
        if let Some(begins) = begins {
            let closing: usize = path[path.len() - 1];
            let names = path[begins..].iter().chain([&at]).map(|part| parts[*part].name.to_owned()).collect();
            return (Some(follow(closing).1), Fault::Circle { names });
        }
        path.push(at);
        at = follow(at).0;
    }
}

/// How long and how deep each part is with its calls written out.
fn measure(tree: &Tree, parts: &[Part<'_>], calls: &[Vec<usize>], order: &[usize]) -> Result<Vec<Measure>, Found> {
    let mut measured: Vec<Measure> = vec![(0, 0); parts.len()];
    // What an element leads through: all that is inside it, of a choice the longest branch.
    let mut through = vec![1_usize; tree.elements.len()];
    for at in order {
        let part = &parts[*at];
        let mut depth = part.depth;
        for (called, call) in calls[*at].iter().zip(&part.calls) {
            through[call.element] = through[call.element].saturating_add(measured[*called].0);
            depth = depth.max(call.depth.saturating_add(measured[*called].1));
        }
        for inner in part.elements.clone().skip(1).rev() {
            let outer = tree.elements[inner].parent;
            let is_choice = tree.elements[outer].name == "choose";
            let longest = through[outer].max(through[inner].saturating_add(1));
            through[outer] = if is_choice { longest } else { through[outer].saturating_add(through[inner]) };
        }
        let elements = through[part.elements.start];
        let name = || part.name.to_owned();
        if elements > MOST_WRITTEN_OUT {
            return Err((Some(part.line), Fault::TooLong { name: name(), limit: MOST_WRITTEN_OUT }));
        }
        if depth > MOST_DEPTH_WRITTEN_OUT {
            return Err((Some(part.line), Fault::CallsTooDeep { name: name(), limit: MOST_DEPTH_WRITTEN_OUT }));
        }
        measured[*at] = (elements, depth);
    }
    Ok(measured)
}
