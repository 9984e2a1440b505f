//! Zotero's markup in fields, escaped already, as TeX commands.

use super::escape::ends_line;

/// A piece of markup: the tags as they stand after escaping, and what stands for them.
struct Markup {
    open: &'static str,
    close: &'static str,
    before: &'static str,
    after: &'static str,
}

/// The markup that Zotero's exporters translate, in their order.
const TRANSLATED: [Markup; 6] = [
    Markup { open: "i", close: "i", before: r"\textit{", after: "}" },
    Markup { open: "b", close: "b", before: r"\textbf{", after: "}" },
    Markup { open: "sup", close: "sup", before: r"$^{\textrm{", after: "}}$" },
    Markup { open: "sub", close: "sub", before: r"$_{\textrm{", after: "}}$" },
    Markup { open: r#"span style="small-caps""#, close: "span", before: r"\textsc{", after: "}" },
    Markup { open: "sc", close: "sc", before: r"\textsc{", after: "}" },
];

/// The markup that Zotero's own editor makes and its exporters forget.
const FORGOTTEN: [Markup; 3] = [
    Markup { open: r#"span style="font-variant:small-caps;""#, close: "span", before: r"\textsc{", after: "}" },
    Markup { open: r#"span style="font-variant: small-caps;""#, close: "span", before: r"\textsc{", after: "}" },
    Markup { open: r#"span class="nocase""#, close: "span", before: "{", after: "}" },
];

/// Whether an element may hold its own closing tag as its first word, as a lazy pattern allows.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Content {
    AnyOnOneLine,
    NoClosingTag,
}

const LESS: &str = r"{\textless}";

/// Translates markup in text that is escaped; `all` includes what Zotero forgets.
pub(super) fn translate(text: String, content: Content, all: bool) -> String {
    if !text.contains('\\') || !text.contains(LESS) {
        return text;
    }
    let forgotten = if all { FORGOTTEN.as_slice() } else { &[] };
    forgotten.iter().chain(&TRANSLATED).fold(text, |text, markup| replace(&text, markup, content))
}

fn replace(text: &str, markup: &Markup, content: Content) -> String {
    let open = format!(r"{LESS}{}{{\textgreater}}", markup.open);
    let close = format!(r"{LESS}/{}{{\textgreater}}", markup.close);
    let mut closes = Ahead { at: Some(0), find: |from: usize| text[from..].find(&close).map(|at| from + at) };
    let mut lines = Ahead { at: Some(0), find: |from: usize| text[from..].find(ends_line).map(|at| from + at) };
    let mut out = String::with_capacity(text.len());
    let (mut copied, mut at) = (0, 0);
    while let Some(start) = text[at..].find(&open).map(|found| at + found) {
        at = start + open.len();
        // The content is not empty and stands on one line.
        let first = text[at..].chars().next().filter(|_| content == Content::AnyOnOneLine).map_or(0, char::len_utf8);
        let Some(end) = closes.from(at + first) else { break };
        if end == at || lines.from(at).is_some_and(|line| line < end) {
            continue;
        }
        out.extend([&text[copied..start], markup.before, &text[at..end], markup.after]);
        at = end + close.len();
        copied = at;
    }
    out + &text[copied..]
}

/// Where something comes next in a text, which is looked for once however many ask from before it.
struct Ahead<F> {
    at: Option<usize>,
    find: F,
}

impl<F: Fn(usize) -> Option<usize>> Ahead<F> {
    /// The next place at or behind `from`, which never goes back.
    fn from(&mut self, from: usize) -> Option<usize> {
        if self.at.is_some_and(|at| at < from || at == 0) {
            self.at = (self.find)(from);
        }
        self.at
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn translated(text: &str) -> String {
        translate(text.replace('<', LESS).replace('>', r"{\textgreater}"), Content::NoClosingTag, true)
    }

    #[test]
    fn markup_becomes_commands_and_other_tags_stay() {
        assert_eq!(translated("H<sub>2</sub>O"), r"H$_{\textrm{2}}$O");
        assert_eq!(translated("<i>a <b>B</b></i>"), r"\textit{a \textbf{B}}");
        assert_eq!(translated(r#"<span class="nocase">x</span>"#), "{x}");
        assert_eq!(translated("<i></i>"), r"{\textless}i{\textgreater}{\textless}/i{\textgreater}");
    }
}
