//! Why a style or a locale cannot be used, and what the owner can do about it.

use std::fmt::Display;

use crate::report::Hint;

/// A style or locale that was asked for and cannot be had.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub enum StyleError {
    /// A name that is neither in the archive nor a file.
    #[error("zbib has no citation style called `{name}`")]
    Unknown { name: String, nearest: Vec<String> },
    /// A path that leads to no file.
    #[error("there is no citation style at `{path}`")]
    NoFile { path: String },
    /// A style or locale file that cannot be used; the place is a path from the project's root.
    #[error("cannot use `{place}`: {fault}")]
    Refused { place: String, line: Option<usize>, fault: Fault },
    /// A dependent style says little more than the name of its parent, and that is not here.
    #[error("the citation style `{place}` follows another one, `{parent}`, which is not here")]
    NoParent { place: String, parent: String, file: String },
    /// Two styles would have one id in the pages.
    #[error("`{first}` and `{second}` are both the citation style `{id}`")]
    Twice { id: String, first: String, second: String },
    /// A locale that is neither in the archive nor in the owner's folder.
    #[error("zbib has no locale `{tag}` for references")]
    NoLocale { tag: String, nearest: Option<String>, file: String },
}

/// What is wrong with a style or locale file.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    #[error("there is nothing in it")]
    Empty,
    #[error("it is larger than {limit} MiB, and no style is")]
    TooLarge { limit: usize },
    #[error("it is a web page, not a file of CSL")]
    WebPage,
    #[error("it is no well-formed XML: {problem}")]
    NotXml { problem: String },
    #[error("`{name}` is never closed")]
    NotClosed { name: String },
    #[error("a second document begins, with `{name}`")]
    SecondRoot { name: String },
    #[error("it begins with `{name}`, a file of this kind begins with `{root}`")]
    OtherRoot { name: String, root: &'static str },
    #[error("it declares a document type, which zbib does not read: entities can grow without measure")]
    DocumentType,
    #[error("the entity `&{name};` is none of XML's own five")]
    Entity { name: String },
    #[error("its elements nest deeper than {limit}")]
    TooDeep { limit: usize },
    #[error("it has more than {limit} elements")]
    TooMany { limit: usize },
    #[error("an element has more than {limit} attributes")]
    TooManyAttributes { limit: usize },
    #[error("it is written for CSL {version}, zbib reads CSL 1.0")]
    Version { version: String },
    #[error("`{element}` has no `layout`, so it prints nothing")]
    NoLayout { element: String },
    #[error("it has neither `citation` nor `bibliography`, and follows no other style")]
    NoCitation,
    #[error("the macro `{name}` is called, and there is none")]
    NoMacro { name: String, nearest: Option<String> },
    #[error("the macros call each other in a circle: {}", names.join(" → "))]
    Circle { names: Vec<String> },
    #[error("with all macros written out, `{name}` has more than {limit} elements")]
    TooLong { name: String, limit: usize },
    #[error("with all macros written out, `{name}` nests deeper than {limit}")]
    CallsTooDeep { name: String, limit: usize },
    #[error("it is no CSL 1.0: {problem}")]
    NotCsl { problem: String },
    #[error("it follows `{parent}`, which follows another style itself")]
    GrandParent { parent: String },
    #[error("it holds the locale `{lang}`, its name says `{tag}`")]
    OtherLocale { lang: String, tag: String },
}

impl Fault {
    pub(super) fn not_xml(error: &dyn Display) -> Self {
        Self::NotXml { problem: error.to_string() }
    }
}

/// Where styles come from.
const REPOSITORY: &str = "https://www.zotero.org/styles";

impl Hint for StyleError {
    fn hint(&self) -> Option<String> {
        let any = format!(
            "any `.csl` file of {REPOSITORY} can be put beside `zbib.toml` and named by its path: `styles/NAME.csl`"
        );
        Some(match self {
            Self::Unknown { nearest, .. } if nearest.is_empty() => any,
            Self::Unknown { nearest, .. } => format!("did you mean `{}`? {any}", nearest.join("` or `")),
            Self::NoFile { .. } => format!("paths begin at `zbib.toml`; {any}"),
            Self::Refused { fault: Fault::WebPage, .. } => {
                format!("save the style itself, not the page about it: at {REPOSITORY}, follow the link of its name")
            }
            Self::Refused { fault: Fault::NoMacro { nearest: Some(nearest), .. }, .. } => {
                format!("did you mean `{nearest}`?")
            }
            Self::Refused { fault: Fault::OtherLocale { .. }, .. } => {
                "name the file after what it holds: `styles/locales-TAG.xml`".to_owned()
            }
            Self::Refused { .. } => {
                format!("https://validator.citationstyles.org tells more of it; {REPOSITORY} has styles that work")
            }
            Self::NoParent { parent, file, .. } => {
                format!("fetch {REPOSITORY}/{parent} and put it at `{file}`")
            }
            Self::Twice { .. } => "name each style once; a file of your own can have another name".to_owned(),
            Self::NoLocale { nearest: Some(nearest), .. } => format!("did you mean `{nearest}`?"),
            Self::NoLocale { file, .. } => {
                format!("a locale file of https://github.com/citation-style-language/locales can be put at `{file}`")
            }
        })
    }

    fn place(&self) -> Option<String> {
        match self {
            Self::Refused { place, line: Some(line), .. } => Some(format!("{place}:{line}")),
            _ => None,
        }
    }
}
