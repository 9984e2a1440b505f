//! What a source file names: paths into its own crate, first parts of other paths, modules for tests.
//!
//! The text is cut into Rust's own tokens, so comments, strings and macros cannot hide or fake a path, and the paths of
//! nested and grouped `use` are spelled out one by one.

use std::collections::BTreeSet;

use proc_macro2::{Delimiter, Spacing, TokenStream, TokenTree};

/// The names in a file, those in its tests left out.
#[derive(Debug, Default)]
pub struct Names {
    /// Paths from the crate's root: `["zotero", "record", "ItemKey"]`.
    pub paths: BTreeSet<Vec<String>>,
    /// Paths that begin with a crate, or with what may be one: `["serde", "Serialize"]`.
    pub outside: BTreeSet<Vec<String>>,
    /// Modules in files of their own that only tests have.
    pub test_modules: Vec<Vec<String>>,
    /// Names that the file gives to something itself, and that are no crate therefore.
    own: BTreeSet<String>,
}

#[derive(Clone, Debug, PartialEq)]
enum Token {
    Name(String),
    /// `::`
    Into,
    Mark(char),
    Open(char),
    Close(char),
}

use Token::{Close, Into, Mark, Name, Open};

/// The path of the module that a file under `src/` is.
pub fn module(file: &str) -> Vec<String> {
    let path = file.trim_end_matches(".rs").trim_end_matches("/mod");
    path.split('/').map(str::to_owned).collect()
}

impl Names {
    /// Reads a file that is the module `module`.
    pub fn read(text: &str, module: &[String]) -> Self {
        let stream: TokenStream = text.parse().unwrap_or_else(|error| panic!("{}: {error}", module.join("::")));
        let mut tokens = Vec::new();
        flatten(stream, &mut tokens);
        let mut names = Self::default();
        let mut at = 0;
        while at < tokens.len() {
            at = names.step(&tokens, at, module);
        }
        let own = std::mem::take(&mut names.own);
        names.outside.retain(|path| !own.contains(&path[0]));
        names
    }

    fn step(&mut self, tokens: &[Token], at: usize, module: &[String]) -> usize {
        if is_for_tests(&tokens[at..]) {
            return self.skip(tokens, at, module);
        }
        if let [Name(word), Name(name), ..] = &tokens[at..]
            && word == "mod"
        {
            self.own.insert(name.clone());
        }
        // `pub(in crate::website)` says who may see something, and uses nothing.
        let is_visibility = tokens[..at].ends_with(&[name("pub"), Open('('), name("in")]);
        let starts = matches!(&tokens[at], Name(_)) && (at == 0 || tokens[at - 1] != Into) && !is_visibility;
        let is_path = tokens.get(at + 1) == Some(&Into) || (at > 0 && tokens[at - 1] == name("use"));
        if !(starts && is_path) {
            return at + 1;
        }
        let mut paths = Vec::new();
        let end = tree(tokens, at, &[], &mut paths);
        let is_use = at > 0 && tokens[at - 1] == name("use");
        for path in paths {
            self.add(&path, module);
            if is_use && path.len() > 1 {
                self.own.extend(path.last().cloned());
            }
        }
        end
    }

    fn add(&mut self, path: &[String], module: &[String]) {
        let supers = path.iter().take_while(|part| *part == "super").count();
        match path[0].as_str() {
            "crate" | "zbib" => _ = self.paths.insert(path[1..].to_vec()),
            "super" => {
                let mut from_root = module[..module.len().saturating_sub(supers)].to_vec();
                from_root.extend_from_slice(&path[supers..]);
                self.paths.insert(from_root);
            }
            "self" => {}
            _ => _ = self.outside.insert(path.to_vec()),
        }
    }

    /// Steps over an item that only tests have.
    fn skip(&mut self, tokens: &[Token], at: usize, module: &[String]) -> usize {
        let mut at = at;
        while tokens.get(at) == Some(&Mark('#')) {
            at = closing(tokens, at + 1) + 1;
        }
        let body = |token: &Token| matches!(token, Mark(';') | Open('{'));
        let end = at + tokens[at..].iter().position(body).expect("an item ends");
        if let [.., Name(word), Name(name)] = &tokens[at..end]
            && word == "mod"
            && tokens[end] == Mark(';')
        {
            self.test_modules.push([module, std::slice::from_ref(name)].concat());
        }
        if tokens[end] == Mark(';') { end + 1 } else { closing(tokens, end) + 1 }
    }
}

fn name(word: &str) -> Token {
    Name(word.to_owned())
}

/// `#[cfg(test)]`
fn is_for_tests(tokens: &[Token]) -> bool {
    let attribute = [Mark('#'), Open('['), name("cfg"), Open('('), name("test"), Close(')'), Close(']')];
    tokens.starts_with(&attribute)
}

/// Where the bracket that opens at a position closes.
fn closing(tokens: &[Token], open: usize) -> usize {
    let mut depth = 0;
    for (at, token) in tokens.iter().enumerate().skip(open) {
        match token {
            Open(_) => depth += 1,
            Close(_) => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return at;
        }
    }
    tokens.len() - 1
}

/// The paths that begin at a name, with those of a group one by one; returns where they end.
fn tree(tokens: &[Token], at: usize, before: &[String], paths: &mut Vec<Vec<String>>) -> usize {
    let mut path = before.to_vec();
    let mut at = at;
    loop {
        match (&tokens[at], tokens.get(at + 1)) {
            (Name(part), Some(Into)) => {
                path.push(part.clone());
                at += 2;
            }
            (Name(part), _) => {
                path.push(part.clone());
                paths.push(path);
                return at + 1;
            }
            (Open('{'), _) => return group(tokens, at, &path, paths),
            // `path::*`, `path::<T>::new`
            _ => {
                paths.push(path);
                return at;
            }
        }
    }
}

fn group(tokens: &[Token], open: usize, before: &[String], paths: &mut Vec<Vec<String>>) -> usize {
    let end = closing(tokens, open);
    let mut at = open + 1;
    while at < end {
        at = match &tokens[at] {
            Name(word) if word == "self" => {
                paths.push(before.to_vec());
                at + 1
            }
            Name(word) if word == "as" => at + 2,
            Name(_) | Open('{') => tree(tokens, at, before, paths),
            _ => at + 1,
        };
    }
    end + 1
}

fn flatten(stream: TokenStream, tokens: &mut Vec<Token>) {
    let mut joint = false;
    for tree in stream {
        let second = std::mem::take(&mut joint);
        match tree {
            TokenTree::Ident(word) => tokens.push(Name(word.to_string())),
            TokenTree::Punct(mark) if mark.as_char() == ':' && second => *tokens.last_mut().unwrap() = Into,
            TokenTree::Punct(mark) => {
                joint = mark.as_char() == ':' && mark.spacing() == Spacing::Joint;
                tokens.push(Mark(mark.as_char()));
            }
            TokenTree::Literal(_) => tokens.push(Mark('0')),
            TokenTree::Group(group) => {
                let (open, close) = match group.delimiter() {
                    Delimiter::Brace => ('{', '}'),
                    Delimiter::Bracket => ('[', ']'),
                    _ => ('(', ')'),
                };
                tokens.push(Open(open));
                flatten(group.stream(), tokens);
                tokens.push(Close(close));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = r##"
        //! crate::comment::only
        mod biblatex;
        use std::fmt;
        use regex::Regex;
        use crate::{report::{self, Hint}, zotero::record::{ItemKey as Key, tree::*}};
        use super::super::feed::Entry;
        use self::inner::{Thing, tera};
        fn e() { tera::x() }
        /// [`crate::doc::link`]
        fn f() -> Vec<crate::language::Language> {
            let text = "crate::string::only";
            let raw = r#"crate::raw::only"#;
            println!("{}", crate::shelf::read::<u8>(text));
            biblatex::entry();
            serde_json::json!({ "a": icu::locale::x() })
        }
        #[cfg(test)]
        mod samples;
        #[cfg(test)]
        mod tests { use crate::cli; fn g() { proptest::x() } }
        #[derive(thiserror::Error)]
        pub(in crate::website) struct After;
    "##;

    #[test]
    fn every_way_to_name_a_path_is_seen_and_tests_are_not() {
        let names = Names::read(TEXT, &module("website/page/item.rs"));
        let paths: Vec<String> = names.paths.iter().map(|path| path.join("::")).collect();
        assert_eq!(
            paths,
            [
                "language::Language",
                "report",
                "report::Hint",
                "shelf::read",
                "website::feed::Entry",
                "zotero::record::ItemKey",
                "zotero::record::tree",
            ]
        );
        let outside: BTreeSet<&str> = names.outside.iter().map(|path| path[0].as_str()).collect();
        assert_eq!(Vec::from_iter(outside), ["icu", "regex", "serde_json", "std", "thiserror"]);
        assert_eq!(names.test_modules, [module("website/page/item/samples")]);
    }

    #[test]
    fn a_file_is_a_module() {
        assert_eq!(module("website/search/mod.rs"), ["website", "search"]);
        assert_eq!(module("website/output.rs"), ["website", "output"]);
    }
}
