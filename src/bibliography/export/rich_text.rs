//! Zotero's markup in fields, escaped already, as TeX commands.

use super::escape::ends_line;

/// A piece of markup: the tags as they stand after escaping, and what stands for them.
struct Markup {
    open: &'static str,
    close: &'static str,
    before: &'static str,
    after: &'static str,
    /// What stands before content with a dollar sign, if it would end the mathematics that it stands in to readers that
    /// look for the next one; a brace stands behind.
    for_dollars: Option<&'static str>,
}

const fn markup(open: &'static str, close: &'static str, before: &'static str) -> Markup {
    Markup { open, close, before, after: "}", for_dollars: None }
}

const fn mathematics(tag: &'static str, before: &'static str, for_dollars: &'static str) -> Markup {
    Markup { open: tag, close: tag, before, after: "}}$", for_dollars: Some(for_dollars) }
}

/// The markup that Zotero's exporters translate, in their order.
const TRANSLATED: [Markup; 6] = [
    markup("i", "i", r"\textit{"),
    markup("b", "b", r"\textbf{"),
    mathematics("sup", r"$^{\textrm{", r"\textsuperscript{"),
    mathematics("sub", r"$_{\textrm{", r"\textsubscript{"),
    markup(r#"span style="small-caps""#, "span", r"\textsc{"),
    markup("sc", "sc", r"\textsc{"),
];

/// The markup that Zotero's own editor makes and its exporters forget.
const FORGOTTEN: [Markup; 3] = [
    markup(r#"span style="font-variant:small-caps;""#, "span", r"\textsc{"),
    markup(r#"span style="font-variant: small-caps;""#, "span", r"\textsc{"),
    markup(r#"span class="nocase""#, "span", "{"),
];

/// Whether an element may hold its own closing tag as its first word, as a lazy pattern allows.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Content {
    AnyOnOneLine,
    NoClosingTag,
}

const LESS: &str = r"{\textless}";

/// Translates markup in text that is escaped; `all` includes what Zotero forgets: markup, and what dollar signs do.
pub(super) fn translate(text: String, content: Content, all: bool) -> String {
    if !text.contains('\\') || !text.contains(LESS) {
        return text;
    }
    let forgotten = if all { FORGOTTEN.as_slice() } else { &[] };
    forgotten.iter().chain(&TRANSLATED).fold(text, |text, markup| replace(&text, markup, content, all))
}

fn replace(text: &str, markup: &Markup, content: Content, all: bool) -> String {
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
        let inner = &text[at..end];
        let (before, after) = match markup.for_dollars.filter(|_| all && inner.contains('$')) {
            Some(before) => (before, "}"),
            None => (markup.before, markup.after),
        };
        out.extend([&text[copied..start], before, inner, after]);
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
        assert_eq!(translated(r"<sup>\$</sup><sub>a</sub>"), r"\textsuperscript{\$}$_{\textrm{a}}$");
        assert_eq!(translated("<sub>a<sup>b</sup></sub>"), r"\textsubscript{a$^{\textrm{b}}$}");
        assert_eq!(translated("<i></i>"), r"{\textless}i{\textgreater}{\textless}/i{\textgreater}");
    }
}
