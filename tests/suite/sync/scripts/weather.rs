//! What goes wrong on the way, and who works in the library meanwhile.

use proptest::prelude::*;

use super::super::*;
use super::edits::{Edit, apply_all, edits};
use crate::fake_zotero::Host;

/// Something that happens to one request of a sync.
#[derive(Clone, Debug)]
pub struct Weather {
    host: Host,
    /// The request's number.
    at: usize,
    what: What,
}

#[derive(Clone, Debug)]
enum What {
    Drop,
    Status(u16),
    /// An error that says how many seconds to wait.
    Wait(u16, u64),
    Backoff,
    Truncated,
    CutChunks,
    WrongLength,
    HalfJson,
    Html,
    NoVersion,
    Lagging,
    Shifted(i64),
    Held,
    Edits(Vec<Edit>),
}

pub fn weather(most: usize) -> impl Strategy<Value = Vec<Weather>> {
    let host = prop_oneof![5 => Just(Host::Api), 1 => Just(Host::Storage)];
    let one = (host, 1..16_usize, what()).prop_map(|(host, at, what)| Weather { host, at, what });
    proptest::collection::vec(one, 0..most)
}

/// Weather that the real program, whose clock is the machine's, comes through in seconds; without waiting at all unless
/// `patient`.
pub fn mild_weather(most: usize, patient: bool) -> impl Strategy<Value = Vec<Weather>> {
    let at_once = prop_oneof![
        2 => prop_oneof![Just(429), Just(503), Just(504)].prop_map(|status| What::Wait(status, 0)),
        1 => Just(What::Html),
        1 => Just(What::NoVersion),
        1 => Just(What::Status(403)),
    ];
    let waiting = prop_oneof![
        1 => Just(What::Drop),
        1 => Just(What::Truncated),
        2 => Just(What::Lagging),
        2 => prop_oneof![-3..0_i64, 1..4_i64].prop_map(What::Shifted),
        4 => edits(4).prop_map(What::Edits),
    ];
    let one = if patient { prop_oneof![at_once, waiting].boxed() } else { at_once.boxed() };
    let one = (1..16_usize, one).prop_map(|(at, what)| Weather { host: Host::Api, at, what });
    proptest::collection::vec(one, 0..most)
}

fn what() -> impl Strategy<Value = What> {
    let status = prop_oneof![Just(500), Just(502), Just(504), Just(413), Just(429), Just(403), Just(404)];
    prop_oneof![
        2 => Just(What::Drop),
        2 => status.prop_map(What::Status),
        1 => prop_oneof![Just(429), Just(503)].prop_map(|status| What::Wait(status, 3)),
        1 => Just(What::Backoff),
        1 => Just(What::Truncated),
        1 => Just(What::CutChunks),
        1 => Just(What::WrongLength),
        1 => Just(What::HalfJson),
        1 => Just(What::Html),
        1 => Just(What::NoVersion),
        3 => Just(What::Lagging),
        2 => prop_oneof![-3..0_i64, 1..4_i64].prop_map(What::Shifted),
        1 => Just(What::Held),
        8 => edits(4).prop_map(What::Edits),
    ]
}

/// Whether a server may have said, and stood by it, that there is nothing where there is something.
pub fn denies(weather: &[Weather]) -> bool {
    let lagging = weather.iter().filter(|weather| matches!(weather.what, What::Lagging)).count();
    lagging > 1 || weather.iter().any(|weather| matches!(weather.what, What::Status(404)))
}

/// Makes it happen to the requests that come.
pub fn forecast(fake: &FakeZotero, weather: &[Weather]) {
    for Weather { host, at, what } in weather {
        let fault = fault(what, *at);
        match host {
            Host::Api => fake.fault(*at, fault),
            Host::Storage => fake.storage_fault(*at / 4 + 1, fault),
        }
    }
}

fn fault(what: &What, at: usize) -> Fault {
    match what {
        What::Drop => Fault::Drop,
        What::Status(status) => Fault::Status(*status),
        What::Wait(status, seconds) => Fault::RetryAfter(*status, *seconds),
        What::Backoff => Fault::Backoff(3),
        What::Truncated => Fault::Truncated,
        What::CutChunks => Fault::CutChunks,
        What::WrongLength => Fault::WrongLength(9),
        What::HalfJson => Fault::HalfJson,
        What::Html => Fault::Html,
        What::NoVersion => Fault::NoVersion,
        What::Lagging => Fault::Lagging,
        What::Shifted(by) => Fault::Shifted(*by),
        What::Held => Fault::HeldUntil(at + 2),
        What::Edits(edits) => {
            let edits = edits.clone();
            Fault::Edit(Box::new(move |library| apply_all(library, &edits)))
        }
    }
}
