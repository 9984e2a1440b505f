//! Open Graph, which chats and social networks make previews from. See <https://ogp.me/>.

use super::{Context, Page, Subject, dates, language, tag, text};
use crate::bibliography::markup::SafeHtml;

/// The longest description, in characters.
const DESCRIPTION: usize = 200;

/// The tags of an item's page.
pub(super) fn of_item(subject: &Subject<'_>) -> Vec<SafeHtml> {
    let (item, kind) = (subject.item, subject.facts().open_graph);
    let abstract_text = item.field("abstractNote").map(text::plain);
    let mut tags = vec![tag::property("og:type", kind)];
    tags.push(tag::property("og:title", &subject.title().unwrap_or_else(|| subject.page.title.to_owned())));
    tags.extend(place(subject.page, subject.context));
    if subject.facts().site_name {
        tags.push(tag::property("og:site_name", subject.context.site.name));
    }
    tags.extend(abstract_text.map(|text| tag::property("og:description", &text::beginning(&text, DESCRIPTION))));
    let date = dates::precise(&item.date, '-');
    match kind {
        "article" => {
            tags.extend(date.map(|date| tag::property("article:published_time", &date)));
            tags.extend(item.tags.iter().map(|known| tag::property("article:tag", &text::lines(&known.name))));
        }
        "book" => {
            let numbers = subject.field("ISBN").map(|field| text::numbers(&field)).unwrap_or_default();
            tags.extend(numbers.first().map(|number| tag::property("book:isbn", number)));
            tags.extend(date.map(|date| tag::property("book:release_date", &date)));
        }
        _ => {}
    }
    tags.push(tag::meta("twitter:card", "summary"));
    tags
}

/// The tags of any other page.
pub(super) fn of_page(page: &Page<'_>, context: &Context<'_>) -> Vec<SafeHtml> {
    let mut tags = vec![tag::property("og:type", "website"), tag::property("og:title", page.title)];
    tags.extend(place(page, context));
    tags.push(tag::property("og:site_name", context.site.name));
    tags
}

fn place(page: &Page<'_>, context: &Context<'_>) -> Vec<SafeHtml> {
    let address = context.addresses.absolute(page.place).map(|here| tag::property("og:url", &here));
    let locale = language::locale(context.site.language).map(|locale| tag::property("og:locale", &locale));
    address.into_iter().chain(locale).collect()
}
