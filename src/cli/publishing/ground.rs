//! What rooms of the website are given to work with, each in the form that it wants.

use crate::bibliography::{attachment, export, library};
use crate::config::Config;
use crate::report::Problem;
use crate::website::address::Addresses;
use crate::website::prose::Prose;
use crate::website::{download, feed, metadata, outline};

/// What every part of the site is made from.
#[derive(Clone, Copy)]
pub(super) struct Ground<'a> {
    pub(super) library: &'a library::Library,
    pub(super) outline: &'a outline::Outline,
    pub(super) addresses: &'a Addresses<'a>,
    pub(super) files: &'a attachment::Files,
    pub(super) prose: &'a Prose<'a>,
    /// What was noticed of files that are left out.
    pub(super) left_out: &'a [Problem],
}

impl<'a> Ground<'a> {
    pub(super) fn downloads(self, config: &'a Config, wording: export::Wording<'a>) -> download::Context<'a> {
        let Self { library, outline, addresses, files, .. } = self;
        download::Context {
            library,
            outline,
            addresses,
            files,
            wording,
            settings: &config.file.exports,
            splits: download::Splits::none(),
        }
    }

    pub(super) fn metadata(self, site: metadata::Site<'a>) -> metadata::Context<'a> {
        let Self { library, outline, addresses, files, .. } = self;
        metadata::Context { library, outline, addresses, files, site }
    }

    pub(super) fn feeds(self, config: &'a Config, site: metadata::Site<'a>) -> feed::Context<'a> {
        let Self { library, outline, addresses, files, .. } = self;
        feed::Context { library, outline, addresses, files, site, settings: &config.file.feeds }
    }
}
