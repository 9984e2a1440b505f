//! The right half of the walk: from a snapshot to the files of the site.

mod ground;
mod public;

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::sync::Arc;

use crate::bibliography::attachment;
use crate::bibliography::citation::{References, Words};
use crate::bibliography::content::{Content, ItemName};
use crate::bibliography::export;
use crate::bibliography::library::{self, read::Sources};
use crate::cli::Failure;
use crate::config::Config;
use crate::language::Language;
use crate::report::{Problem, Report};
use crate::shelf::{self, Shelf};
use crate::website::address::Addresses;
use crate::website::output::{OutputFile, SitePath};
use crate::website::page::templates::Templates;
use crate::website::page::{self, About};
use crate::website::prose::Prose;
use crate::website::theme::Theme;
use crate::website::{download, feed, metadata, outline, search};
use crate::zotero::cache::Snapshot;
use crate::zotero::schema::Labels;

pub(super) use self::public::Public;

use self::ground::Ground;

/// What the owner keeps beside the library, read and checked before the long work begins.
pub(super) struct Workshop {
    shelf: Shelf,
    content: Content,
    theme: Theme,
    language: Arc<Language>,
    labels: Labels,
    templates: Templates,
}

impl Workshop {
    /// # Errors
    /// When a page, a template, a phrase or a file of the owner's cannot be used.
    pub(super) fn open(config: &Config, report: &Report) -> Result<Self, Failure> {
        let libraries = config.libraries.iter().filter_map(|library| library.settings.location());
        let shelf = Shelf::read(
            &config.root,
            &shelf::Settings {
                theme: config.site.theme.clone(),
                except: libraries.collect(),
                ..shelf::Settings::default()
            },
        )?;
        report.problems(shelf.problems.iter().cloned());
        let pages: Vec<_> = shelf.pages.iter().map(|page| (page.place.clone(), page.text.clone())).collect();
        let content = Content::read(&pages)?;
        let theme = Theme::load(&config.site.theme, &shelf.theme)?;
        let language = Arc::new(Language::new(&config.site.language, theme.layers())?);
        let templates = Templates::new(&theme, &language)?;
        let labels = Labels::for_language(&config.site.language);
        Ok(Self { shelf, content, theme, language, labels, templates })
    }

    pub(super) fn shelf(&self) -> &Shelf {
        &self.shelf
    }

    /// Makes the files of the site and hands them to `take`, with the numbers of what becomes public.
    pub(super) fn site<T>(
        &self,
        config: &Config,
        snapshot: &Snapshot,
        report: &Report,
        take: impl FnOnce(Vec<OutputFile<'_>>, Public) -> Result<T, Failure>,
    ) -> Result<T, Failure> {
        self.on_ground(config, snapshot, report, |ground| {
            // Of a file that it could not fetch a sync of this run has told already.
            report.untold_problems(ground.left_out.iter().cloned());
            let result = self.publish(config, ground, report, take);
            report.problems(ground.prose.problems());
            report.problems(self.language.problems());
            result
        })
    }

    /// Hands to `take` what files for other programs are made from; none of them is split.
    pub(super) fn downloads<T>(
        &self,
        config: &Config,
        snapshot: &Snapshot,
        report: &Report,
        take: impl FnOnce(&download::Context<'_>) -> T,
    ) -> T {
        let references = self.references();
        self.on_ground(config, snapshot, report, |ground| {
            let title = about(config, ground.library).title;
            let wording = export::Wording { references: &references, title: &title, language: self.language.tag() };
            take(&ground.downloads(config, wording))
        })
    }

    fn references(&self) -> References {
        References::plain(self.language.say("reference", &[]), self.words())
    }

    /// The words of references in the language of the site.
    pub(super) fn words(&self) -> Words {
        page::words::of_references(&self.language)
    }

    /// Reads a snapshot as the rules and overlays have it.
    pub(super) fn library(&self, config: &Config, snapshot: &Snapshot, report: &Report) -> library::Library {
        let (library, problems) = report.stage("reading the library", || self.read(config, snapshot));
        report.problems(problems);
        library
    }

    /// Reads a snapshot, and finds a place for everything in it.
    fn on_ground<T>(
        &self,
        config: &Config,
        snapshot: &Snapshot,
        report: &Report,
        then: impl FnOnce(Ground<'_>) -> T,
    ) -> T {
        let library = self.library(config, snapshot, report);
        let (files, left_out) = attachment::plan(&library, snapshot, &config.attachments);
        let outline = report.stage("making lists", || {
            outline::build(&library, &config.file.lists, &self.labels, self.language.collation())
        });
        let addresses = Addresses::new(&library, &outline, config.site.base_url.clone());
        let prose = Prose::new(&library, &addresses, &files, &self.content);
        let (library, outline, addresses, files) = (&library, &outline, &addresses, &files);
        then(Ground { library, outline, addresses, files, prose: &prose, left_out: &left_out })
    }

    fn publish<T>(
        &self,
        config: &Config,
        ground: Ground<'_>,
        report: &Report,
        take: impl FnOnce(Vec<OutputFile<'_>>, Public) -> Result<T, Failure>,
    ) -> Result<T, Failure> {
        let references = self.references();
        let about = about(config, ground.library);
        let description = ground.prose.plain(&about.description);
        let named = metadata::Site {
            name: &about.title,
            description: Some(description.as_str()).filter(|text| !text.is_empty()),
            language: self.language.tag(),
        };
        let wording = export::Wording { references: &references, title: &about.title, language: self.language.tag() };
        let whole = ground.downloads(config, wording);
        let splits = report.stage("weighing exports", || download::Splits::of(&whole));
        let site = page::Site {
            about: &about,
            library: ground.library,
            outline: ground.outline,
            lists: &config.file.lists,
            addresses: ground.addresses,
            files: ground.files,
            content: &self.content,
            references: &references,
            prose: ground.prose,
            downloads: download::Context { splits: &splits, ..whole },
            metadata: ground.metadata(named),
            feeds: ground.feeds(config, named),
            language: &self.language,
            labels: &self.labels,
            theme: &self.theme,
            templates: &self.templates,
        };
        report.problems(feed::problem(&site.feeds));
        let files = report.stage("planning files, making feeds and the search index", || self.files(&site));
        take(files, Public::of(ground.library, ground.files))
    }

    fn read(&self, config: &Config, snapshot: &Snapshot) -> (library::Library, Vec<Problem>) {
        let prefixes: Vec<_> = config.libraries.iter().map(|library| library.prefix.clone()).collect();
        let Content { items, collections, .. } = &self.content;
        let used = RefCell::new(BTreeSet::new());
        let (library, mut problems) = library::read::read(&Sources {
            snapshot,
            prefixes: &prefixes,
            rules: &config.publish,
            overlay: &|key, citation_key| {
                let by_name = || items.get(&ItemName::CitationKey(citation_key.to_owned()));
                let overlay = items.get(&ItemName::Key(key)).or_else(by_name);
                overlay.inspect(|overlay| _ = used.borrow_mut().insert(overlay.file.clone())).cloned()
            },
            collection_overlay: &|key| {
                let overlay = collections.get(&key);
                overlay.inspect(|overlay| _ = used.borrow_mut().insert(overlay.file.clone())).cloned()
            },
            collation: self.language.collation(),
        });
        problems.extend(self.content.without_record(&used.into_inner()));
        (library, problems)
    }

    /// Every file of the site: pages, exports, feeds, search data, attachments, the theme's and the owner's files.
    fn files<'a>(&'a self, site: &'a page::Site<'a>) -> Vec<OutputFile<'a>> {
        let mut files = page::pages(site);
        let owners_pages = site.content.pages.iter().map(|page| site.addresses.prose(&page.slug));
        let owners_pages: Vec<SitePath> = owners_pages.collect();
        files.extend(download::files(&site.downloads));
        files.extend(feed::files(&site.feeds, &owners_pages));
        files.extend(search::files(&search::Context {
            library: site.library,
            outline: site.outline,
            addresses: site.addresses,
        }));
        files.extend(site.files.all().map(|file| {
            let owner = format!("the file of attachment {}", file.attachment);
            OutputFile::copy(site.addresses.item_file(file.item, &file.name), owner, file.source.clone())
        }));
        files.extend(
            self.theme
                .assets()
                .map(|asset| OutputFile::bytes(site.addresses.at_root(&asset.path), "the theme", asset.bytes.clone())),
        );
        files.extend(self.shelf.statics.iter().filter_map(|file| {
            let path = SitePath::new(format!("static/{}", file.path)).ok()?;
            Some(OutputFile::copy(path, file.place.clone(), file.from.clone()))
        }));
        files
    }
}

/// What the owner says of the site; without a title, its first library's name.
fn about(config: &Config, library: &library::Library) -> About {
    let name = library.holdings.first().map(|holding| holding.name.clone()).unwrap_or_default();
    About {
        title: config.site.title.clone().unwrap_or(name),
        description: config.site.description.clone(),
        licence: config
            .site
            .licence
            .as_ref()
            .map(|licence| page::Licence { name: licence.name.clone(), url: licence.url.clone() }),
        stylesheets: config.site.stylesheets.clone(),
        icon: config.site.icon.clone(),
    }
}
