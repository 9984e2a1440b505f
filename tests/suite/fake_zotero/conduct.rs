//! How the client behaved: what no request may ever be.

use std::collections::BTreeSet;
use std::time::Duration;

use super::http::Request;
use super::script::Host;

/// At most this many requests may be on their way to one host.
const IN_FLIGHT: usize = 4;
/// Requests that were on their way already when a wish to be left alone arrived, and what they led to before it was read.
const ALREADY_SENT: usize = 2 * IN_FLIGHT;

/// The wish of an answer to be left alone.
#[derive(Clone, Copy, Debug)]
pub(super) struct Wish {
    /// By the client's clock.
    pub(super) until: Duration,
    /// Requests that came earlier nevertheless.
    pub(super) disregarded: usize,
}

/// The keys that were shown.
pub(super) fn secrets(requests: &[Request]) -> BTreeSet<&str> {
    requests.iter().filter_map(|request| request.header("zotero-api-key")).collect()
}

/// Everything there is to say against the requests to one host; `secrets` are the keys in use.
pub(super) fn complaints(host: Host, requests: &[Request], secrets: &BTreeSet<&str>) -> Vec<String> {
    let of_one = |request: &Request| {
        let mut faults = general(request, secrets);
        match host {
            Host::Api => of_api(request, &mut faults),
            Host::Storage => of_storage(request, &mut faults),
        }
        faults.into_iter().map(|fault| format!("{fault}: {} {}", request.method, request.url)).collect::<Vec<_>>()
    };
    requests.iter().flat_map(of_one).collect()
}

pub(super) fn complaints_of_pace(most_in_flight: [usize; 2], wishes: &[Wish]) -> Vec<String> {
    let crowded = most_in_flight.into_iter().filter(|most| *most > IN_FLIGHT);
    let crowded = crowded.map(|most| format!("{most} requests in flight at one host"));
    let ignored = wishes.iter().filter(|wish| wish.disregarded > ALREADY_SENT);
    crowded.chain(ignored.map(|wish| format!("{} requests during a pause", wish.disregarded))).collect()
}

fn general(request: &Request, secrets: &BTreeSet<&str>) -> Vec<&'static str> {
    let secret = |text: &str| secrets.iter().any(|secret| text.contains(secret));
    let in_header = |(name, value): (&String, &String)| name != "zotero-api-key" && secret(value);
    let rules = [
        (!matches!(request.method.as_str(), "GET" | "HEAD"), "not a reading request"),
        (request.header("expect").is_some(), "Expect"),
        (secret(request.url.as_str()) || request.parameter("key").is_some(), "the key in an address"),
        (request.headers.iter().any(in_header), "the key in another header"),
        (!request.header("user-agent").unwrap_or_default().starts_with("zbib/"), "no honest User-Agent"),
    ];
    rules.into_iter().filter(|(broken, _)| *broken).map(|(_, rule)| rule).collect()
}

fn of_api(request: &Request, faults: &mut Vec<&'static str>) {
    let number = |name| request.parameter(name).map(|text| text.parse::<usize>().unwrap_or(usize::MAX));
    let keys = request.url.query_pairs().find(|(name, _)| name == "itemKey" || name == "collectionKey");
    let include = request.parameter("include");
    let list_of_changes = request.path().ends_with("/deleted") || request.path().ends_with("/fulltext");
    let whole_list = list_of_changes && !request.path().contains("/items/");
    let rules = [
        (request.header("zotero-api-version") != Some("3"), "no version of the API"),
        (request.header("accept").unwrap_or_default().contains("atom"), "Atom"),
        (number("limit").is_some_and(|limit| limit == 0 || limit > 100), "a limit that does not count"),
        (keys.as_ref().is_some_and(|(_, keys)| keys.is_empty()), "an empty list of keys"),
        (keys.is_some_and(|(_, keys)| keys.split(',').count() > 50), "more than fifty keys"),
        (include.is_some_and(|include| !include.split(',').any(|part| part == "data")), "include without data"),
        (whole_list && request.parameter("since").is_none(), "a list of changes without since"),
    ];
    faults.extend(rules.into_iter().filter(|(broken, _)| *broken).map(|(_, rule)| rule));
}

fn of_storage(request: &Request, faults: &mut Vec<&'static str>) {
    if request.header("zotero-api-key").is_some() || request.header("authorization").is_some() {
        faults.push("a key at the storage");
    }
    if request.header("accept-encoding").is_some_and(|value| value.contains("gzip")) {
        faults.push("compression asked of the storage");
    }
}
