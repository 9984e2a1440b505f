//! The plain reference: author and date, title, where it appeared, where it can be read.
//!
//! Close to what readers know from APA, sober where that has many rules: what a record lacks is left out, and every type
//! belongs to one of five shapes.

mod shape;

use crate::bibliography::citation::composer::{Composer, folded};
use crate::bibliography::citation::plain::shape::{Exactness, Shape};
use crate::bibliography::citation::{Reference, Words, edition, names};
use crate::bibliography::library::{Creator, Item};
use crate::bibliography::markup::web_address;
use crate::zotero::schema::{ItemType, Schema};

/// The reference to an item. There is one for every item.
pub(super) fn reference(item: &Item, words: &Words) -> Reference {
    let mut line = Composer::default();
    let draft = Draft {
        item,
        words,
        shape: Shape::of(&item.item_type),
        leaders: item.leading_creators(),
        known: Schema::get().item_type(&item.item_type),
    };
    if draft.leaders.is_empty() {
        draft.title(&mut line);
        draft.date(&mut line);
    } else {
        draft.creators(&mut line);
        draft.date(&mut line);
        draft.title(&mut line);
    }
    draft.container(&mut line);
    draft.publication(&mut line);
    draft.address(&mut line);
    line.finish()
}

/// What the parts of a reference are made from.
struct Draft<'a> {
    item: &'a Item,
    words: &'a Words,
    shape: Shape,
    leaders: Vec<&'a Creator>,
    /// What the schema knows of the item's type, looked up once.
    known: Option<&'static ItemType>,
}

impl<'a> Draft<'a> {
    fn creators(&self, line: &mut Composer) {
        line.words(&names::inverted(&self.leaders));
        if self.leaders[0].role == "editor" {
            line.words(&format!(" ({})", self.editors_word(self.leaders.len())));
        }
        line.stop();
    }

    fn date(&self, line: &mut Composer) {
        line.space();
        line.words(&format!("({})", self.when()));
        line.stop();
    }

    /// The year, for what appears daily the day; a range of years whole; what has no year as it was typed.
    fn when(&self) -> String {
        let date = &self.item.date;
        let raw = folded(&date.raw);
        let Some(year) = date.year.as_deref().filter(|year| *year != "0000") else {
            return if raw.is_empty() || date.year.is_some() { self.words.no_date.clone() } else { raw.into_owned() };
        };
        let is_year = |text: &str| text.len() == 4 && text.bytes().all(|byte| byte.is_ascii_digit());
        if let Some((first, last)) = raw.split_once(['-', '–', '—', '/'])
            && is_year(first.trim())
            && is_year(last.trim())
            && first.trim() != last.trim()
        {
            return [first.trim(), "–", last.trim()].concat();
        }
        match (Exactness::of(&self.item.item_type), date.month) {
            (Exactness::Day, Some(month @ 1..=12)) => format!("{year}, {}", self.month_and_day(month, date.day)),
            _ => year.to_owned(),
        }
    }

    fn month_and_day(&self, month: u8, day: Option<u8>) -> String {
        let month = &self.words.months[usize::from(month - 1)];
        match day {
            Some(day) => self.words.day.replace("{month}", month).replace("{day}", &day.to_string()),
            None => month.clone(),
        }
    }

    /// The title with what belongs to it: translators, numbers in parentheses, the kind of work in brackets.
    fn title(&self, line: &mut Composer) {
        line.space();
        let stands_alone = self.shape == Shape::Work || self.whole().is_none();
        line.title(|line| match self.item.title() {
            Some(title) if stands_alone => line.italic(title),
            Some(title) => line.upright(title),
            None => line.words(&self.words.untitled),
        });
        let details = if self.shape == Shape::Part { self.hands(&["translator"]) } else { self.details() };
        if !details.is_empty() {
            line.words(&format!(" ({})", details.join("; ")));
        }
        if let Some(kind) = self.kind() {
            line.words(&format!(" [{kind}]"));
        }
        line.stop();
    }

    /// Editors, translators, and the numbers that tell this work from others of its name.
    fn details(&self) -> Vec<String> {
        let mut details = self.hands(&["editor", "translator"]);
        if self.shape == Shape::Article {
            return details;
        }
        let numbers = self.numbers();
        if !numbers.is_empty() {
            details.push(numbers.join(", "));
        }
        details
    }

    fn numbers(&self) -> Vec<String> {
        let mut numbers = Vec::new();
        numbers.extend(self.field("edition").map(|value| edition::edition(&value, self.words)));
        let is_case = matches!(self.item.item_type.as_str(), "case" | "bill");
        numbers.extend(
            self.base("volume").filter(|_| !is_case).map(|value| edition::labelled(&self.words.volume, &value)),
        );
        numbers.extend(self.base("number").map(|value| {
            let number = edition::labelled(&self.words.number, &value);
            let report = self.field("reportType").map(|kind| format!("{kind} {number}"));
            report.unwrap_or(number)
        }));
        numbers.extend(self.base("versionNumber").map(|value| edition::labelled(&self.words.version, &value)));
        numbers
    }

    /// Those who edited or translated, unless the reference begins with them: "A. A. King, Trans."
    fn hands(&self, roles: &[&str]) -> Vec<String> {
        let mut hands = Vec::new();
        for role in roles {
            let those = self.those(role);
            if !those.is_empty() {
                hands.push(format!("{}, {}", names::direct(&those), self.word_for(role, those.len())));
            }
        }
        hands
    }

    fn word_for(&self, role: &str, count: usize) -> &str {
        match role {
            "editor" => self.editors_word(count),
            _ if count == 1 => &self.words.translator,
            _ => &self.words.translators,
        }
    }

    fn editors_word(&self, count: usize) -> &str {
        if count == 1 { &self.words.editor } else { &self.words.editors }
    }

    /// The kind of work as the record itself words it: "PhD thesis", "Oil on canvas".
    fn kind(&self) -> Option<String> {
        if matches!(self.shape, Shape::Post | Shape::Part | Shape::Article) {
            return None;
        }
        let is_report = self.field("reportType").is_some() && self.base("number").is_some();
        let medium = self.base("medium").filter(|medium| !is_media_type(medium));
        self.base("type").filter(|_| !is_report).or(medium)
    }

    /// The name of the work that this one is part of, if it is part of one.
    fn whole(&self) -> Option<String> {
        match self.shape {
            Shape::Work => None,
            Shape::Broadcast => self.base("publicationTitle").or_else(|| self.field("seriesTitle")),
            Shape::Part => self.base("publicationTitle").or_else(|| self.field("conferenceName")),
            Shape::Article | Shape::Post => self.base("publicationTitle"),
        }
    }

    fn container(&self, line: &mut Composer) {
        match self.shape {
            Shape::Work => {}
            Shape::Article => self.issue(line),
            Shape::Part | Shape::Broadcast => self.host(line),
            Shape::Post => {
                if let Some(site) = self.whole() {
                    line.space();
                    line.italic(&site);
                    line.stop();
                }
            }
        }
    }

    /// "*Mind*, *59*(236), 433–460."
    fn issue(&self, line: &mut Composer) {
        let (volume, issue) = (self.base("volume"), self.field("issue"));
        let pages = self.base("pages").map(|pages| edition::range(&pages));
        let whole = self.whole();
        if whole.is_none() && volume.is_none() && issue.is_none() && pages.is_none() {
            return;
        }
        line.space();
        let mut begun = false;
        if let Some(whole) = whole {
            line.italic(&whole);
            begun = true;
        }
        if volume.is_some() || issue.is_some() {
            line.words(if begun { ", " } else { "" });
            volume.iter().for_each(|volume| line.italic(volume));
            issue.iter().for_each(|issue| line.words(&format!("({issue})")));
            begun = true;
        }
        if let Some(pages) = pages {
            line.words(if begun { ", " } else { "" });
            line.words(&pages);
        }
        line.stop();
    }

    /// "In R. E. Miller & J. W. Thatcher (Eds.), *Complexity of computer computations* (Vol. 2, pp. 85–103)."
    fn host(&self, line: &mut Composer) {
        let mut numbers = if self.shape == Shape::Part { self.numbers() } else { Vec::new() };
        numbers.extend(self.base("pages").map(|pages| edition::pages(&pages, self.words)));
        let Some(whole) = self.whole() else {
            line.sentence(&numbers.join(", "));
            return;
        };
        line.space();
        line.words(&self.words.inside);
        line.space();
        let makers = self.makers();
        if !makers.is_empty() {
            line.words(&makers);
            line.words(", ");
        }
        line.italic(&whole);
        let mut details = if self.those("bookAuthor").is_empty() { Vec::new() } else { self.hands(&["editor"]) };
        details.extend(Some(numbers.join(", ")).filter(|numbers| !numbers.is_empty()));
        if !details.is_empty() {
            line.words(&format!(" ({})", details.join("; ")));
        }
        line.stop();
    }

    /// Those who made the work that holds this one: its authors, else its editors.
    fn makers(&self) -> String {
        let (authors, editors) = (self.those("bookAuthor"), self.those("editor"));
        match (authors.is_empty(), editors.is_empty()) {
            (false, _) => names::direct(&authors),
            (true, false) => format!("{} ({})", names::direct(&editors), self.editors_word(editors.len())),
            (true, true) => String::new(),
        }
    }

    /// Those with a role, unless the reference begins with them.
    fn those(&self, role: &str) -> Vec<&Creator> {
        let leads = self.leaders.first().is_some_and(|leader| leader.role == role);
        self.item.creators.iter().filter(|creator| creator.role == role && !leads).collect()
    }

    /// Series and publisher; for laws and cases where they were published and by whom.
    fn publication(&self, line: &mut Composer) {
        line.sentence(&self.legal_source());
        if matches!(self.shape, Shape::Work | Shape::Part) {
            let series = self.field("series").or_else(|| self.field("seriesTitle"));
            let number = self.field("seriesNumber");
            line.sentence(&[series, number].into_iter().flatten().collect::<Vec<_>>().join(", "));
        }
        if self.shape == Shape::Article && self.whole().is_some() {
            return;
        }
        line.sentence(&self.publisher());
    }

    /// "347 U.S. 483", "U.S. Code 42, § 2000d, 88th Congress".
    fn legal_source(&self) -> String {
        let spaced = |parts: [Option<String>; 3]| parts.into_iter().flatten().collect::<Vec<_>>().join(" ");
        let mut source = match self.item.item_type.as_str() {
            "case" => vec![spaced([self.base("volume"), self.field("reporter"), self.base("pages")])],
            "bill" => vec![spaced([self.base("volume"), self.field("code"), self.base("pages")])],
            "statute" => vec![spaced([self.field("code"), self.field("codeNumber"), None])],
            "hearing" => Vec::new(),
            _ => return String::new(),
        };
        source.extend(self.field("section").map(|section| edition::labelled("§", &section)));
        source.extend(self.field("committee").filter(|committee| *committee != names::direct(&self.leaders)));
        source.extend(self.field("session"));
        source.retain(|part| !part.is_empty());
        source.join(", ")
    }

    /// Who published it; where nobody is named, with what authority, at which meeting, in which archive, or where.
    fn publisher(&self) -> String {
        let place = self.base("place");
        let named = self.base("publisher").or_else(|| self.base("authority"));
        if let Some(meeting) = self.field("meetingName") {
            return [Some(meeting), self.field("eventPlace").or(place)]
                .into_iter()
                .flatten()
                .collect::<Vec<_>>()
                .join(", ");
        }
        let kept = self.field("archive").filter(|_| Shape::is_kept(&self.item.item_type));
        named
            .or_else(|| self.field("assignee"))
            .or(kept)
            .or(place)
            .or_else(|| self.field("eventPlace"))
            .unwrap_or_default()
    }

    /// The DOI as an address, else the record's own.
    fn address(&self, line: &mut Composer) {
        if let Some(doi) = self.item.doi() {
            let encoded = doi.replace('%', "%25").replace('#', "%23").replace('?', "%3F");
            if let Some(href) = web_address(&format!("https://doi.org/{encoded}")) {
                line.space();
                line.link(&href, &format!("https://doi.org/{doi}"));
                return;
            }
        }
        let url = self.field("url");
        if let Some((href, label)) = url.as_deref().and_then(|url| Some((web_address(url)?, url))) {
            line.space();
            line.link(&href, label);
        }
    }

    fn base(&self, name: &str) -> Option<String> {
        let own = self.known.and_then(|known| known.field_for(name)).unwrap_or(name);
        self.item.field(own).map(|value| folded(value).into_owned()).filter(|value| !value.is_empty())
    }

    fn field(&self, name: &str) -> Option<String> {
        self.item.field(name).map(|value| folded(value).into_owned()).filter(|value| !value.is_empty())
    }
}

/// `audio/mpeg` is for machines.
fn is_media_type(medium: &str) -> bool {
    medium.contains('/') && !medium.contains(' ')
}

#[cfg(test)]
mod tests;
