//! Initials of given names.

/// What a style says about initials.
#[derive(Clone, Copy, Debug)]
pub(in super::super) struct Initials<'s> {
    /// Stands behind each initial.
    pub with: &'s str,
    /// Names become initials; otherwise only initials that stand there already are spaced.
    pub initialize: bool,
    /// "J.-L." rather than "J. L.".
    pub hyphen: bool,
}

impl Initials<'_> {
    /// The given name with its words as initials: "Jean-Luc" → "J.-L.", "Yu. P." stays, words in lower case stay.
    #[must_use]
    pub fn of(&self, given: &str) -> String {
        let given = given.replace('‐', "-");
        let mut out = String::new();
        for word in given.split_whitespace() {
            self.word(word, &mut out);
        }
        let trimmed = out.trim_end().len();
        out.truncate(trimmed);
        out
    }

    fn word(&self, word: &str, out: &mut String) {
        let small = word.chars().next().is_some_and(char::is_lowercase) && !word.contains('.');
        if small {
            // "van", "de": with spaces on both sides.
            if !out.is_empty() && !out.ends_with(' ') {
                out.push(' ');
            }
            out.push_str(word);
            out.push(' ');
            return;
        }
        for (index, piece) in pieces(word).into_iter().enumerate() {
            if !self.initialize && !piece.pointed {
                if !out.is_empty() && !out.ends_with([' ', '-']) {
                    out.push(' ');
                }
                if index > 0 && piece.hyphened {
                    trim_to_hyphen(out);
                }
                out.push_str(piece.text);
                out.push(' ');
                continue;
            }
            self.piece(index, &piece, out);
        }
    }

    fn piece(&self, index: usize, piece: &Piece<'_>, out: &mut String) {
        let Some(first) = piece.text.chars().next() else { return };
        if index > 0 && piece.hyphened {
            if first.is_lowercase() {
                if self.with.is_empty() {
                    out.push(' ');
                    out.push_str(piece.text);
                }
                return;
            }
            if self.hyphen && self.initialize {
                trim_to_hyphen(out);
            }
        }
        if piece.pointed && piece.text.chars().count() > 1 && piece.text.chars().skip(1).all(char::is_lowercase) {
            // "Yu.", "Ch.": the owner's own abbreviation.
            out.push_str(piece.text);
        } else {
            out.push(first);
        }
        out.push_str(self.with);
    }
}

/// A hyphen in place of the space behind the last initial.
fn trim_to_hyphen(out: &mut String) {
    let trimmed = out.trim_end().len();
    out.truncate(trimmed);
    out.push('-');
}

/// A part of a word: what stands between points and hyphens.
struct Piece<'t> {
    text: &'t str,
    pointed: bool,
    hyphened: bool,
}

fn pieces(word: &str) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    for (index, part) in word.split('-').enumerate() {
        let mut rest = part;
        let mut first = true;
        while !rest.is_empty() {
            let (text, behind, pointed) = match rest.split_once('.') {
                Some((text, behind)) => (text, behind, true),
                None => (rest, "", false),
            };
            if !text.is_empty() {
                pieces.push(Piece { text, pointed, hyphened: index > 0 && first });
                first = false;
            }
            rest = behind;
        }
    }
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn given_names_become_initials() {
        let points = Initials { with: ". ", initialize: true, hyphen: true };
        let tight = Initials { with: ".", ..points };
        let bare = Initials { with: "", ..points };
        let spaced = Initials { initialize: false, ..points };
        for (initials, given, expected) in [
            (points, "Jean-Luc", "J.-L."),
            (points, "Min-jun", "M."),
            (bare, "Min-jun", "M jun"),
            (points, "Yu. P.", "Yu. P."),
            (points, "J.R.R.", "J. R. R."),
            (tight, "J. R. R.", "J.R.R."),
            (points, "K.-H.", "K.-H."),
            (points, "Ludwig van", "L. van"),
            (bare, "Ada Maria", "AM"),
            (spaced, "K.-H.", "K. H."),
            (spaced, "Ada M.", "Ada M."),
            (spaced, "J.R.R.", "J. R. R."),
            (points, "", ""),
            (points, "-", ""),
        ] {
            assert_eq!(initials.of(given), expected, "{given}");
        }
    }
}
