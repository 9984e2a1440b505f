//! Feeds and the sitemap, read by a reader of XML that is not ours.

use quick_xml::Reader;
use quick_xml::events::Event;

/// What is wrong with a document.
pub fn defect(text: &str) -> Option<String> {
    let allowed = |c: char| matches!(c, '\t' | '\n' | '\r' | ' '..='\u{fffd}' | '\u{10000}'..) && c != '\u{fffe}';
    if let Some(c) = text.chars().find(|c| !allowed(*c)) {
        return Some(format!("{c:?} is no character of XML"));
    }
    let mut reader = Reader::from_str(text);
    reader.config_mut().check_end_names = true;
    let mut depth = 0_usize;
    loop {
        match reader.read_event() {
            Err(error) => return Some(error.to_string()),
            Ok(Event::Eof) => return (depth > 0).then(|| "it ends too early".to_owned()),
            Ok(Event::Start(tag)) => {
                depth += 1;
                if let Some(error) = tag.attributes().find_map(Result::err) {
                    return Some(error.to_string());
                }
            }
            Ok(Event::End(_)) => depth -= 1,
            Ok(_) => {}
        }
    }
}
