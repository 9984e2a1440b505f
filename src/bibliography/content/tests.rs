use super::*;
use crate::report::failure;

fn read(files: &[(&str, &str)]) -> Result<Content, ContentError> {
    let files: Vec<_> = files.iter().map(|(path, text)| ((*path).to_owned(), (*text).to_owned())).collect();
    Content::read(&files)
}

fn html(markdown: &str, headings: Headings) -> String {
    let html = |piece: Piece| match piece {
        Piece::Html(html) => html,
        Piece::LinkStart { target, .. } => format!("«{target:?}|"),
        Piece::LinkEnd => "»".to_owned(),
        Piece::Image { target, alt, .. } => format!("‹{target:?}|{alt}›"),
        Piece::Citation(citation) => citation.source.replace('@', "¤"),
    };
    pieces("content/a.md", markdown, headings).into_iter().map(html).collect::<String>().trim().to_owned()
}

#[test]
fn files_are_pages_and_overlays_by_their_place() {
    let content = read(&[
        ("content/about.md", "+++\ntitle = \"About us\"\norder = 2\n+++\nHello"),
        ("content/notes/on-proof.md", "\u{feff}# On *proof*\n\nText"),
        ("content/index.md", "Welcome"),
        ("content/notes/index.md", "+++\r\nlanguage = \"de\"\r\n+++\r\nNotizen"),
        ("content/old.md", "+++\npath = \"/history/old\"\n+++\n"),
        ("content/logo.png", "\u{1}"),
        ("content/library/items.md", "+++\nnot read"),
        ("content/items/ABCD2345.md", "+++\npublished = false\nabstract = \"x\"\nbase-version = 7\n[[links]]\ntitle = \"t\"\nurl = \"u\"\n+++\n\nbody\n"),
        ("content/items/@turing1950.md", "only body"),
        ("content/collections/CCCC2345.md", "+++\ntitle = \"T\"\n+++\n"),
    ])
    .unwrap();
    let pages: Vec<_> = content
        .pages
        .iter()
        .map(|page| (page.slug.as_str(), page.title.as_str(), page.menu, page.brings_heading))
        .collect();
    assert_eq!(
        pages,
        [
            ("history/old", "old", false, false),
            ("notes", "notes", true, false),
            ("notes/on-proof", "On proof", false, true),
            ("about", "About us", true, false),
        ]
    );
    assert_eq!(content.home.unwrap().body, [Piece::Html("<p>Welcome</p>\n".into())]);
    let overlay = &content.items[&ItemName::Key("ABCD2345".parse().unwrap())];
    assert_eq!(
        (overlay.published, overlay.abstract_text.as_deref(), overlay.base_version),
        (Some(false), Some("x"), Some(7))
    );
    assert_eq!(
        (overlay.links.len(), &overlay.body[..], overlay.file.as_str()),
        (1, &[Piece::Html("<p>body</p>\n".into())][..], "content/items/ABCD2345.md")
    );
    assert_eq!(
        content.items[&ItemName::CitationKey("turing1950".into())].body,
        [Piece::Html("<p>only body</p>\n".into())]
    );
    assert_eq!(content.collections.len(), 1);
}

#[test]
fn every_fault_of_a_file_is_told_with_its_place_and_a_way_out() {
    for (files, wanted) in [
        (
            vec![("content/a.md", "+++\ntitle = \"x\"\n  tilte = \"y\"\n+++\n")],
            "error: the front matter has a key zbib does not know: `tilte`\n  at: content/a.md:3:3\n\nhint: did you mean `title`?\n",
        ),
        (
            vec![("content/collections/CCCC2345.md", "+++\nabstract = \"x\"\n+++\n")],
            "error: the front matter has a key zbib does not know: `abstract`\n  at: content/collections/CCCC2345.md:2:1\n\nhint: here it knows published, title\n",
        ),
        (
            vec![("content/a.md", "+++\ntitle = \"x\"\n")],
            "error: the front matter does not end\n  at: content/a.md:1:1\n\nhint: end it with a line `+++`\n",
        ),
        (
            vec![("content/a.md", "+++\npath = \"../x\"\n+++\n")],
            "error: `../x` cannot be the place of a page\n  at: content/a.md\n\nhint: letters, digits, hyphens and underscores, parts divided by `/`: \"notes/on-proof\"\n",
        ),
        (
            vec![("content/items/readme.md", "")],
            "error: `readme` is not the name of a record\n  at: content/items/readme.md\n\nhint: name the file `KEY.md` after the record's key of eight characters, or `@citekey.md`\n",
        ),
        (
            vec![("content/collections/x/y.md", "")],
            "error: `x/y` is not the key of a collection\n  at: content/collections/x/y.md\n\nhint: name the file `KEY.md` after the collection's key of eight characters\n",
        ),
        (
            vec![("content/a.md", ""), ("content/b.md", "+++\nslug = \"a\"\n+++\n")],
            "error: two files say what only one can: this one and `content/a.md`\n  at: content/b.md\n\nhint: remove one, or give it another name or `path`\n",
        ),
    ] {
        assert_eq!(failure::text(&read(&files).unwrap_err()), wanted);
    }
}

#[test]
fn bad_toml_and_bad_values_name_line_and_column() {
    for (text, position) in [
        ("+++\ntitle = About\n+++\n", (2, 9)),
        ("+++\norder = 1\nmenu = \"yes\"\n+++\n", (3, 8)),
        ("+++\n[[links]]\ntitle = \"t\"\nurl = \"u\"\nx = 1\n+++\n", (5, 1)),
    ] {
        let file = if text.contains("links") { "content/items/ABCD2345.md" } else { "content/a.md" };
        let error = read(&[(file, text)]).unwrap_err();
        assert!(matches!(error.fault, Fault::Syntax(_) | Fault::Value(_)), "{error:?}");
        assert_eq!(error.position, Some(position), "{error:?}");
    }
}

#[test]
fn markdown_becomes_html_with_placeholders() {
    for (markdown, wanted) in [
        ("# A b\n## A b\n# x {#own}", "<h1 id=\"a-b\">A b</h1>\n<h2 id=\"a-b-2\">A b</h2>\n<h1 id=\"own\">x</h1>"),
        ("a [b *c*](about.md#d) e", "<p>a «File { path: \"about.md\", fragment: Some(\"d\") }|b <em>c</em>» e</p>"),
        ("as [@a, p. 1; see @b] and @c.", "<p>as [¤a, p. 1; see ¤b] and ¤c.</p>"),
        (
            "[words][@a_b_c] `@d` me@example.org",
            "<p>«Item(CitationKey(\"a_b_c\"))|words» <code>@d</code> me@example.org</p>",
        ),
        ("\\@a `\\@b` [\\@c] \\*@d", "<p>@a <code>\\@b</code> [@c] *¤d</p>"),
        ("    @code\n", "<pre><code>@code\n</code></pre>"),
        ("![a *b*](/static/x.png)", "<p>‹Site { path: \"static/x.png\", fragment: None }|a b›</p>"),
        ("<me@example.org>", "<p>«Address(\"mailto:me@example.org\")|me@example.org»</p>"),
        ("<kbd onclick=\"x\">raw</kbd> -- \"q\"", "<p><kbd onclick=\"x\">raw</kbd> – “q”</p>"),
        ("[not a citation] [x]", "<p>[not a citation] [x]</p>"),
        ("nul \0 [@a]", "<p>nul \u{fffd} [¤a]</p>"),
        (
            "|a|\n|-:|\n|~~[@b]~~|",
            "<table><thead><tr><th class=\"align-right\">a</th></tr></thead><tbody>\n<tr><td class=\"align-right\"><del>[¤b]</del></td></tr>\n</tbody></table>",
        ),
        (
            "a[^1]\n\n[^1]: [@b]",
            "<p>a<sup class=\"footnote-reference\"><a href=\"#1\">1</a></sup></p>\n<div class=\"footnote-definition\" id=\"1\"><sup class=\"footnote-definition-label\">1</sup>\n<p>[¤b]</p>\n</div>",
        ),
    ] {
        assert_eq!(html(markdown, Headings::Page), wanted, "{markdown}");
    }
    assert_eq!(html("# A\n##### b", Headings::Part), "<h3>A</h3>\n<h6>b</h6>");
}
