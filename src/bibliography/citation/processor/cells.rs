//! Text with marks becomes characters with their formatting: quotes are chosen by depth, punctuation merges with its
//! neighbours.

use super::locale::Locale;
use super::marks::{
    self, AFFIX, CLOSE, DIVISIONS, END_AFFIX, END_DIVISION, END_LINK, END_TITLE, Format, LINK, PREFIX, QUOTE, TITLE,
    UNQUOTE, is_mark,
};
use super::punctuation;

/// A character of the result.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Cell {
    /// The character, or the mark of a division.
    pub c: char,
    pub format: Format,
    /// It belongs to the work's title.
    pub title: bool,
    /// Which link it belongs to, from 1; 0 for none.
    pub link: u16,
    kind: Kind,
    /// It is the style's.
    affix: bool,
    /// Which piece of the style or the record it comes from: punctuation merges only across pieces.
    run: u32,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Plain,
    CloseQuote,
    Division,
}

/// The characters of a text with marks.
///
/// In notes the style's parentheses within its parentheses become brackets.
pub(super) fn cells(marked: &str, locale: &Locale, brackets: bool) -> Vec<Cell> {
    let mut builder = Builder {
        cells: Vec::with_capacity(marked.len()),
        locale,
        formats: Vec::new(),
        format: Format::default(),
        depth: 0,
        run: 0,
        links: 0,
        in_link: false,
        in_affix: false,
        in_prefix: false,
        title: false,
        brackets,
        parentheses: 0,
    };
    for c in marked.chars() {
        builder.take(c);
    }
    builder.cells
}

struct Builder<'l> {
    cells: Vec<Cell>,
    locale: &'l Locale,
    formats: Vec<Format>,
    format: Format,
    depth: usize,
    run: u32,
    links: u16,
    in_link: bool,
    in_affix: bool,
    in_prefix: bool,
    title: bool,
    brackets: bool,
    /// How many of the style's parentheses are open.
    parentheses: u32,
}

impl Builder<'_> {
    fn take(&mut self, c: char) {
        if !is_mark(c) {
            return self.visible(c);
        }
        match c {
            CLOSE => self.format = self.formats.pop().unwrap_or_default(),
            QUOTE | UNQUOTE => self.quote(c == QUOTE),
            AFFIX | PREFIX => {
                self.run += 1;
                self.in_affix = true;
                self.in_prefix = c == PREFIX;
            }
            END_AFFIX => {
                self.run += 1;
                self.in_affix = false;
                self.in_prefix = false;
            }
            LINK => {
                self.links = self.links.saturating_add(1);
                self.in_link = true;
            }
            END_LINK => self.in_link = false,
            TITLE => self.title = true,
            END_TITLE => self.title = false,
            c if c == END_DIVISION || DIVISIONS.contains(&c) => {
                self.run += 1;
                self.push(c, Kind::Division);
            }
            c => {
                if let Some(format) = marks::opened(c) {
                    self.formats.push(self.format);
                    self.format = format.within(self.format);
                }
            }
        }
    }

    /// Quotes alternate between outer and inner ones.
    fn quote(&mut self, opens: bool) {
        let locale = self.locale;
        if opens {
            self.sign(&locale.quotes[self.depth % 2].0, Kind::Plain);
            self.depth += 1;
        } else {
            self.depth = self.depth.saturating_sub(1);
            self.sign(&locale.quotes[self.depth % 2].1, Kind::CloseQuote);
        }
    }

    fn sign(&mut self, sign: &str, kind: Kind) {
        for c in sign.chars() {
            self.push(c, kind);
        }
    }

    fn push(&mut self, c: char, kind: Kind) {
        let link = if self.in_link { self.links } else { 0 };
        self.cells.push(Cell {
            c,
            format: self.format,
            title: self.title,
            link,
            kind,
            run: self.run,
            affix: self.in_affix,
        });
    }

    /// The style's own parentheses, told by their depth.
    fn bracket(&mut self, c: char) -> char {
        match c {
            '(' => {
                self.parentheses += 1;
                if self.parentheses > 1 { '[' } else { c }
            }
            ')' => {
                self.parentheses = self.parentheses.saturating_sub(1);
                if self.parentheses > 0 { ']' } else { c }
            }
            c => c,
        }
    }

    fn visible(&mut self, c: char) {
        let c = if self.brackets && self.in_affix { self.bracket(c) } else { c };
        if let Some(letters) = superscript(c) {
            let format = self.format;
            self.format = format.and(Format::SUPERSCRIPT);
            self.sign(letters, Kind::Plain);
            self.format = format;
            return;
        }
        let quotes = self.cells.iter().rev().take_while(|cell| cell.kind == Kind::CloseQuote).count();
        let at = self.cells.len() - quotes;
        let Some(before) = self.cells[..at].last().copied().filter(|cell| cell.kind == Kind::Plain) else {
            return self.push(c, Kind::Plain);
        };
        let across = before.run != self.run;
        if across && quotes == 0 && c == ' ' && before.c == ' ' {
            return;
        }
        // A prefix does not see through the formatting of what it follows.
        let stands = self.in_prefix && !before.affix && !before.format.is_empty() && matches!(before.c, '?' | '!');
        if across
            && !stands
            && let Some(merged) = punctuation::merged(before.c, c)
        {
            return self.merge(at, quotes, merged);
        }
        if quotes > 0 && self.in_affix && matches!(c, '.' | ',') && self.locale.punctuation_in_quote {
            let inside = Cell { c, run: self.run, ..before };
            self.cells.insert(at, inside);
            return;
        }
        self.push(c, Kind::Plain);
    }

    /// Two signs become one, or stay two; across a closing quote the first stays inside.
    fn merge(&mut self, at: usize, quotes: usize, (first, second): (char, Option<char>)) {
        self.cells[at - 1].c = first;
        self.cells[at - 1].run = self.run;
        let Some(second) = second else { return };
        if quotes > 0 && matches!(second, '.' | ',') && self.locale.punctuation_in_quote {
            let inside = Cell { c: second, ..self.cells[at - 1] };
            self.cells.insert(at, inside);
            return;
        }
        self.push(second, Kind::Plain);
    }
}

/// Superscript letters and digits, sorted, and what they are in superscript formatting.
const SUPERSCRIPTS: [(char, &str); 60] = [
    ('ª', "a"),
    ('²', "2"),
    ('³', "3"),
    ('¹', "1"),
    ('º', "o"),
    ('ʰ', "h"),
    ('ʱ', "ɦ"),
    ('ʲ', "j"),
    ('ʳ', "r"),
    ('ʴ', "ɹ"),
    ('ʵ', "ɻ"),
    ('ʶ', "ʁ"),
    ('ʷ', "w"),
    ('ʸ', "y"),
    ('ˠ', "ɣ"),
    ('ˡ', "l"),
    ('ˢ', "s"),
    ('ˣ', "x"),
    ('ˤ', "ʕ"),
    ('ᴬ', "A"),
    ('ᴮ', "B"),
    ('ᴰ', "D"),
    ('ᴱ', "E"),
    ('ᴳ', "G"),
    ('ᴴ', "H"),
    ('ᴵ', "I"),
    ('ᴶ', "J"),
    ('ᴷ', "K"),
    ('ᴸ', "L"),
    ('ᴹ', "M"),
    ('ᴺ', "N"),
    ('ᴼ', "O"),
    ('ᴾ', "P"),
    ('ᴿ', "R"),
    ('ᵀ', "T"),
    ('ᵁ', "U"),
    ('ᵂ', "W"),
    ('ᵃ', "a"),
    ('ᵇ', "b"),
    ('ᵈ', "d"),
    ('ᵉ', "e"),
    ('ᵍ', "g"),
    ('ᵏ', "k"),
    ('ᵐ', "m"),
    ('ᵒ', "o"),
    ('ᵖ', "p"),
    ('ᵗ', "t"),
    ('ᵘ', "u"),
    ('ᵛ', "v"),
    ('⁰', "0"),
    ('ⁱ', "i"),
    ('⁴', "4"),
    ('⁵', "5"),
    ('⁶', "6"),
    ('⁷', "7"),
    ('⁸', "8"),
    ('⁹', "9"),
    ('ⁿ', "n"),
    ('℠', "SM"),
    ('™', "TM"),
];

fn superscript(c: char) -> Option<&'static str> {
    if c < 'ª' {
        return None;
    }
    SUPERSCRIPTS.binary_search_by_key(&c, |(sign, _)| *sign).ok().map(|index| SUPERSCRIPTS[index].1)
}
