//! What a reader sees of a formatted reference: its characters, each with its formatting.
//!
//! Wrappers, nesting of tags, entities, kinds and runs of white space, and links make no difference.

/// A visible character and its formatting as letters in order: `i`, `b`, `c` for small capitals, `u`, `^`, `_`.
pub type Seen = Vec<(char, String)>;

/// The tags that shape what they hold.
const TAGS: [(&str, char); 7] =
    [("i", 'i'), ("em", 'i'), ("b", 'b'), ("strong", 'b'), ("sup", '^'), ("sub", '_'), ("u", 'u')];
/// What a style attribute or class switches on, and off.
const STYLES: [(&str, char, bool); 11] = [
    ("font-style:italic", 'i', true),
    ("font-weight:bold", 'b', true),
    ("vertical-align:sup", '^', true),
    ("vertical-align:sub", '_', true),
    ("font-variant:small-caps", 'c', true),
    ("csl-small-caps", 'c', true),
    ("text-decoration:underline", 'u', true),
    ("font-style:normal", 'i', false),
    ("font-weight:normal", 'b', false),
    ("font-variant:normal", 'c', false),
    ("text-decoration:none", 'u', false),
];

struct Open {
    tag: String,
    on: Vec<char>,
    off: Vec<char>,
}

pub fn seen(html: &str) -> Seen {
    let mut seen = Vec::new();
    let mut stack: Vec<Open> = Vec::new();
    let mut rest = html;
    while !rest.is_empty() {
        if let Some((tag, behind)) = rest.strip_prefix('<').and_then(|rest| rest.split_once('>')) {
            element(tag, &mut stack, &mut seen);
            rest = behind;
            continue;
        }
        let first = rest.chars().next().map_or(0, char::len_utf8);
        let end = rest[first..].find('<').map_or(rest.len(), |at| at + first);
        let flags = flags(&stack);
        for c in unescaped(&rest[..end]).chars() {
            push(&mut seen, c, &flags);
        }
        rest = &rest[end..];
    }
    while seen.last().is_some_and(|(c, _)| *c == ' ') {
        seen.pop();
    }
    seen
}

fn element(tag: &str, stack: &mut Vec<Open>, seen: &mut Seen) {
    let name = tag.trim_start_matches('/').split([' ', '/']).next().unwrap().to_owned();
    if matches!(name.as_str(), "div" | "p" | "li" | "br") {
        push(seen, ' ', "");
    }
    if tag.starts_with('/') {
        if let Some(at) = stack.iter().rposition(|open| open.tag == name) {
            stack.remove(at);
        }
        return;
    }
    let attributes = tag.replace(' ', "").to_lowercase();
    let switched = |on: bool| {
        let found = STYLES.iter().filter(move |(text, _, turns)| *turns == on && attributes.contains(text));
        found.map(|(_, flag, _)| *flag).collect::<Vec<_>>()
    };
    let (mut on, off) = (switched.clone()(true), switched(false));
    on.extend(TAGS.iter().filter(|(known, _)| *known == name).map(|(_, flag)| *flag));
    stack.push(Open { tag: name, on, off });
}

fn flags(stack: &[Open]) -> String {
    let mut flags = std::collections::BTreeSet::new();
    for open in stack {
        flags.extend(open.on.iter().copied());
        flags.retain(|flag| !open.off.contains(flag));
    }
    flags.into_iter().collect()
}

fn push(seen: &mut Seen, c: char, flags: &str) {
    match c {
        '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{feff}' | '\u{2060}' => {}
        c if c.is_whitespace() => {
            if seen.last().is_some_and(|(last, _)| *last != ' ') {
                seen.push((' ', String::new()));
            }
        }
        c => seen.push((c, flags.to_owned())),
    }
}

fn unescaped(text: &str) -> String {
    let mut text = text.to_owned();
    for (entity, c) in
        [("&#60;", "<"), ("&lt;", "<"), ("&#62;", ">"), ("&gt;", ">"), ("&quot;", "\""), ("&#38;", "&"), ("&amp;", "&")]
    {
        text = text.replace(entity, c);
    }
    text
}

/// A reference as a line, with its formatting in braces where it changes.
pub fn marked(seen: &Seen) -> String {
    let mut line = String::new();
    let mut last = "";
    for (c, flags) in seen {
        if *c != ' ' && flags != last {
            line += &format!("{{{flags}}}");
            last = flags;
        }
        line.push(*c);
    }
    line
}

#[test]
fn how_html_is_written_makes_no_difference_but_formatting_does() {
    let same = |a: &str, b: &str| seen(a) == seen(b);
    assert!(same("<div>a <i>b</i>\n </div>", "a <em>b</em>"));
    assert!(same("<i>a</i> <i>b</i>", "<i>a b</i>"));
    assert!(same("a\u{a0}&#38; <a href=\"x\">b</a>", "a &amp; b"));
    assert!(same("<span style=\"font-variant: small-caps;\">a</span>", "<span class=\"csl-small-caps\">a</span>"));
    assert!(same("<i>a<span style=\"font-style:normal;\">b</span></i>", "<i>a</i>b"));
    assert!(!same("<i>a</i>", "a"));
    assert!(!same("<b>a</b>", "<i>a</i>"));
    assert_eq!(marked(&seen("a <i>b</i> c")), "a {i}b {}c");
}
