//! Licences in the field Rights.

use crate::bibliography::markup::web_address;

/// The address of a licence, if that is what the field names: an address of a licence's text in it, a Creative Commons
/// licence by its short name, or an identifier of the SPDX list (<https://spdx.org/licenses/>).
pub(super) fn address(rights: &str) -> Option<String> {
    named_by_address(rights).or_else(|| creative_commons(rights)).or_else(|| spdx(rights))
}

fn named_by_address(rights: &str) -> Option<String> {
    let start = rights.find("https://").or_else(|| rights.find("http://"))?;
    let end = |c: char| c.is_whitespace() || matches!(c, ')' | '>' | ']' | '"' | ',' | ';');
    let address = web_address(rights[start..].split(end).next()?.trim_end_matches('.'))?;
    let host_and_path = address.split_once("://")?.1.trim_start_matches("www.");
    let places = [
        "creativecommons.org/licenses/",
        "creativecommons.org/publicdomain/",
        "opensource.org/license",
        "spdx.org/licenses/",
        "gnu.org/licenses/",
        "rightsstatements.org/",
    ];
    places.iter().any(|place| host_and_path.starts_with(place)).then_some(address)
}

/// `CC BY-SA 4.0`, `CC-BY-NC-ND-3.0`, `CC0`.
fn creative_commons(rights: &str) -> Option<String> {
    let name = rights.trim().trim_end_matches('.').to_ascii_lowercase().replace(['-', '_'], " ");
    let words: Vec<_> = name.split_whitespace().collect();
    if let ["cc0"] | ["cc0", "1.0"] | ["cc", "0"] | ["cc", "zero"] = words.as_slice() {
        return Some("https://creativecommons.org/publicdomain/zero/1.0/".to_owned());
    }
    let (kind, terms) = words.split_first()?;
    let (version, terms) = terms.split_last()?;
    let known = ["by", "by sa", "by nc", "by nd", "by nc sa", "by nc nd"];
    let versions = ["1.0", "2.0", "2.5", "3.0", "4.0"];
    let valid = *kind == "cc" && known.contains(&terms.join(" ").as_str()) && versions.contains(version);
    valid.then(|| format!("https://creativecommons.org/licenses/{}/{version}/", terms.join("-")))
}

fn spdx(rights: &str) -> Option<String> {
    let known = [
        "AGPL-3.0-only",
        "AGPL-3.0-or-later",
        "Apache-2.0",
        "BSD-2-Clause",
        "BSD-3-Clause",
        "GPL-2.0-only",
        "GPL-2.0-or-later",
        "GPL-3.0-only",
        "GPL-3.0-or-later",
        "ISC",
        "LGPL-2.1-only",
        "LGPL-2.1-or-later",
        "LGPL-3.0-only",
        "LGPL-3.0-or-later",
        "MIT",
        "MPL-2.0",
        "ODbL-1.0",
        "OFL-1.1",
        "PDDL-1.0",
        "Unlicense",
        "WTFPL",
    ];
    let name = rights.trim();
    known.contains(&name).then(|| format!("https://spdx.org/licenses/{name}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_licence_is_found_by_name_and_by_address() {
        for (rights, wanted) in [
            ("CC BY-NC-SA 4.0", Some("https://creativecommons.org/licenses/by-nc-sa/4.0/")),
            ("cc-by-3.0", Some("https://creativecommons.org/licenses/by/3.0/")),
            ("CC0 1.0", Some("https://creativecommons.org/publicdomain/zero/1.0/")),
            (
                "Licensed (http://creativecommons.org/licenses/by/4.0/), see there",
                Some("http://creativecommons.org/licenses/by/4.0/"),
            ),
            ("MIT", Some("https://spdx.org/licenses/MIT")),
            ("© 1999 The Author", None),
            ("https://example.org/licenses/", None),
            ("CC BY-MIT 4.0", None),
            ("cc", None),
            ("", None),
        ] {
            assert_eq!(address(rights).as_deref(), wanted, "{rights}");
        }
    }
}
