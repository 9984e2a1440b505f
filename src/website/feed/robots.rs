//! `robots.txt`. See RFC 9309; it counts only at the root of a host.

use super::Context;
use crate::website::output::OutputFile;

/// Everything may be read; the sitemap is named if there is one.
pub(super) fn file<'a>(context: &Context<'a>) -> OutputFile<'a> {
    let mut text = "User-agent: *\nAllow: /\n".to_owned();
    if let Some(sitemap) = context.addresses.absolute(&context.addresses.at_root("sitemap.xml")) {
        text += &format!("\nSitemap: {sitemap}\n");
    }
    OutputFile::bytes(context.addresses.at_root("robots.txt"), "the site's root", text)
}
