//! Zotero's markup in fields, escaped already, as TeX commands.

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
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find(&open) {
        let inner = &rest[start + open.len()..];
        let Some(end) = end_of(inner, &close, content) else {
            out.push_str(&rest[..start + open.len()]);
            rest = inner;
            continue;
        };
        out.push_str(&rest[..start]);
        out.push_str(markup.before);
        out.push_str(&inner[..end]);
        out.push_str(markup.after);
        rest = &inner[end + close.len()..];
    }
    out + rest
}

/// Where the content ends, which is not empty and stands on one line.
fn end_of(inner: &str, close: &str, content: Content) -> Option<usize> {
    let first = inner.chars().next().map_or(0, char::len_utf8);
    let from = if content == Content::AnyOnOneLine { first } else { 0 };
    let end = from + inner[from..].find(close)?;
    (end > 0 && !inner[..end].contains(super::escape::ends_line)).then_some(end)
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
