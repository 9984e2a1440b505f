//! A made library on its way to a site, with every stage to be had alone.

use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use tempfile::TempDir;
use zbib::bibliography::attachment::Files;
use zbib::bibliography::citation::References;
use zbib::bibliography::content::Content;
use zbib::bibliography::export::Wording;
use zbib::bibliography::library::{Library, read};
use zbib::config::{Config, Environment, Request};
use zbib::language::Language;
use zbib::website::address::Addresses;
use zbib::website::outline::{self, Outline};
use zbib::website::output::{Content as Made, OutputFile};
use zbib::website::page::templates::Templates;
use zbib::website::page::{self, About};
use zbib::website::prose::Prose;
use zbib::website::theme::Theme;
use zbib::website::{download, feed, metadata};
use zbib::zotero::cache::{self, Snapshot};
use zbib::zotero::schema::Labels;

const SETTINGS: &str = r#"
[site]
title = "A library of some size"
base-url = "https://example.org/library/"

[[libraries]]
type = "file"
id = "made"
path = "library"
"#;

/// A folder with a made library and the settings of its site, gone when dropped.
pub struct Project {
    folder: TempDir,
    pub config: Config,
}

impl Project {
    /// Makes the library and brings it into the cache.
    pub fn of(records: usize) -> Self {
        let folder = TempDir::new().expect("there is room for temporary files");
        crate::library::write(&folder.path().join("library"), records).expect("the folder can be written");
        let settings = folder.path().join("zbib.toml");
        fs::write(&settings, SETTINGS).expect("the folder can be written");
        let request = Request { file: Some(settings), flags: Vec::new() };
        let config = Config::load(&request, &Environment::default()).expect("the settings are right");
        let project = Self { folder, config };
        project.run(&["sync"]);
        project
    }

    /// Runs the program.
    pub fn run(&self, arguments: &[&str]) {
        let settings = self.folder.path().join("zbib.toml");
        let before = ["zbib", "--quiet", "--config"].map(OsString::from);
        let arguments = before.into_iter().chain([settings.into()]).chain(arguments.iter().map(OsString::from));
        zbib::cli::run(arguments, &Environment::default());
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub fn snapshot(&self) -> Snapshot {
        load(&self.config.cache(), &self.config)
    }
}

fn load(cache: &Path, config: &Config) -> Snapshot {
    cache::load(cache, &config.library_ids()).expect("the library was brought into the cache")
}

/// What does not depend on the library.
pub struct Ground {
    pub theme: Theme,
    pub language: Arc<Language>,
    pub labels: Labels,
    pub templates: Templates,
    pub references: References,
    pub about: About,
    pub content: Content,
    pub files: Files,
}

impl Ground {
    pub fn new() -> Self {
        let theme = Theme::load("default", &Default::default()).expect("the embedded theme is whole");
        let language = Arc::new(Language::new("en", theme.layers()).expect("the embedded theme speaks English"));
        Self {
            templates: Templates::new(&theme, &language).expect("the embedded templates are whole"),
            references: References::plain("Reference", page::words::of_references(&language)),
            labels: Labels::for_language("en"),
            about: About { title: "A library of some size".to_owned(), ..About::default() },
            content: Content::default(),
            files: Files::default(),
            theme,
            language,
        }
    }

    pub fn library(&self, snapshot: &Snapshot, config: &Config) -> Library {
        let sources = read::Sources {
            snapshot,
            prefixes: &[String::new()],
            rules: &config.publish,
            overlay: &|_, _| None,
            collection_overlay: &|_| None,
            collation: self.language.collation(),
        };
        read::read(&sources).0
    }

    pub fn outline(&self, library: &Library, config: &Config) -> Outline {
        outline::build(library, &config.file.lists, &self.labels, self.language.collation())
    }
}

/// All that pages are made from, of one library.
pub struct Whole<'a> {
    pub ground: &'a Ground,
    pub config: &'a Config,
    pub library: &'a Library,
    pub outline: &'a Outline,
    pub addresses: &'a Addresses<'a>,
    pub prose: &'a Prose<'a>,
}

impl<'a> Whole<'a> {
    pub fn downloads(&self) -> download::Context<'a> {
        let (library, outline, addresses) = (self.library, self.outline, self.addresses);
        download::Context {
            library,
            outline,
            addresses,
            files: &self.ground.files,
            wording: Wording { references: &self.ground.references, title: "", language: "en" },
            settings: &self.config.file.exports,
            splits: download::Splits::none(),
        }
    }

    pub fn site(&self) -> page::Site<'a> {
        let (library, outline, addresses, files) = (self.library, self.outline, self.addresses, &self.ground.files);
        let site = metadata::Site { name: &self.ground.about.title, description: None, language: "en" };
        page::Site {
            about: &self.ground.about,
            library,
            outline,
            lists: &self.config.file.lists,
            addresses,
            files,
            content: &self.ground.content,
            references: &self.ground.references,
            prose: self.prose,
            downloads: self.downloads(),
            metadata: metadata::Context { library, outline, addresses, files, site },
            feeds: feed::Context { library, outline, addresses, files, site, settings: &self.config.file.feeds },
            language: &self.ground.language,
            labels: &self.ground.labels,
            theme: &self.ground.theme,
            templates: &self.ground.templates,
        }
    }
}

/// Makes a file and gives the number of its bytes.
pub fn make(file: OutputFile<'_>) -> usize {
    match file.content {
        Made::Bytes(bytes) => bytes.len(),
        Made::Later(make) => make().map_or(0, |bytes| bytes.len()),
        Made::Copy(_) => 0,
    }
}
