//! How long each format of export takes per record: a thousand records are written, so a time in milliseconds is that of
//! one record in microseconds.
//!
//! Three sets of records stand side by side: the made library, the same with the abstracts and authors of a field that
//! writes long ones, and real records, if `ZBIB_SHARED` names a folder that has them in `corpus/items.jsonl`.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::path::Path;
use std::sync::LazyLock;

use divan::Bencher;
use divan::counter::ItemsCount;
use rayon::prelude::*;
use zbib::bibliography::export::{self, Context, Format, Links, Settings, Wording};
use zbib::bibliography::library::{Item, Library, Tag};
use zbib::website::address::Addresses;
use zbib::website::download;
use zbib::website::output::OutputFile;
use zbib::zotero::cache::{LibrarySnapshot, Snapshot, State};
use zbib::zotero::record::{LibraryId, LibraryKind, Record};

use super::site::{Project, make};
use super::{RECORDS, WAY};

/// The records of the library that is written in all formats.
const MANY: usize = 10_000;

static LONG: LazyLock<Library> = LazyLock::new(|| {
    let library = WAY.ground.library(&WAY.snapshot, &WAY.project.config);
    with_long_records(library)
});

static REAL: LazyLock<Option<Library>> = LazyLock::new(|| {
    let text = std::fs::read_to_string(Path::new(&shared()?).join("corpus/items.jsonl")).ok()?;
    let mut library = WAY.ground.library(&snapshot(&text), &WAY.project.config);
    let step = (library.items.len() / RECORDS).max(1);
    library.items = library.items.into_iter().step_by(step).take(RECORDS).collect();
    Some(library)
});

#[expect(clippy::disallowed_methods, reason = "as in tests: nothing here is part of the program")]
fn shared() -> Option<OsString> {
    std::env::var_os("ZBIB_SHARED")
}

/// Five to ten authors and an abstract of one to two kilobytes for every record, from those of its neighbours.
fn with_long_records(mut library: Library) -> Library {
    let before = library.items.clone();
    let count = before.len();
    for (at, item) in library.items.iter_mut().enumerate() {
        let neighbours = |many: usize| (0..many).map(move |step| (at + step) % count);
        item.creators = neighbours(4).flat_map(|at| before[at].creators.clone()).take(5 + at % 6).collect();
        let texts = neighbours(9).filter_map(|at| before[at].field("abstractNote"));
        let mut text = texts.take(2).collect::<Vec<_>>().join(" ");
        text.truncate(2_000);
        item.fields.set("abstractNote", &text);
    }
    library
}

fn snapshot(lines: &str) -> Snapshot {
    let id = LibraryId { kind: LibraryKind::User, id: "1234567".to_owned() };
    let library = LibrarySnapshot {
        uri: id.uri(),
        state: State::new(id.clone()),
        id,
        name: String::new(),
        records: lines.lines().map(|line| Record::parse(line).expect("a line is a record")).collect(),
        collections: Vec::new(),
        tag_colors: Vec::new(),
        fulltext: BTreeMap::new(),
        files: BTreeMap::new(),
        damaged: false,
    };
    Snapshot { libraries: vec![library], problems: Vec::new() }
}

fn written(bencher: Bencher<'_, '_>, library: &Library, format: Format) {
    let page = |item: &Item| Some(format!("https://example.org/library/items/{}/", item.key));
    let wording = Some(Wording { references: &WAY.ground.references, title: "", language: "en" });
    let context = Context { links: Links { file: None, item: Some(&page), library: Some(library) }, wording };
    let settings = Settings::default();
    let write = || export::write(format, library.items.iter(), &context, &settings);
    bencher.counter(ItemsCount::new(library.items.len())).bench_local(write);
}

#[divan::bench(args = Format::ALL)]
fn stage_8_export(bencher: Bencher<'_, '_>, format: Format) {
    written(bencher, &WAY.library, format);
}

#[divan::bench(args = Format::ALL)]
fn stage_8_export_of_long_records(bencher: Bencher<'_, '_>, format: Format) {
    written(bencher, &LONG, format);
}

/// Nothing is measured where there are no real records.
#[divan::bench(args = Format::ALL)]
fn stage_8_export_of_real_records(bencher: Bencher<'_, '_>, format: Format) {
    match REAL.as_ref() {
        Some(library) => written(bencher, library, format),
        None => bencher.bench_local(|| ()),
    }
}

/// One record with sixty authors, and with an abstract and tags that are ten times as long in each row: so is the time.
#[divan::bench(args = [1_000, 10_000, 100_000])]
fn stage_8_export_of_one_long_record(bencher: Bencher<'_, '_>, bytes: usize) {
    let mut item = WAY.library.items[0].clone();
    item.creators = item.creators.iter().cycle().take(60).cloned().collect();
    let pieces = "Words of <i>DNA</i>, {braces} and <sup>tags</sup> that <sub> are open. ";
    item.fields.set("abstractNote", &pieces.repeat(bytes / pieces.len()));
    let tag = |number: usize| Tag { name: format!("tag, {number}"), automatic: false, color: None };
    item.tags = (0..bytes / 10).map(tag).collect();
    let (context, settings) = (Context::default(), Settings::default());
    let write = |format| export::write(format, std::iter::once(&item), &context, &settings).len();
    bencher.bench_local(|| Format::ALL.into_iter().map(write).sum::<usize>());
}

/// The library that is written in all formats.
static LARGE: LazyLock<Project> = LazyLock::new(|| Project::of(MANY));

fn cores(number: usize) -> rayon::ThreadPool {
    rayon::ThreadPoolBuilder::new().num_threads(number).build().expect("threads can be started")
}

/// The file of the whole library in every format, on that many cores.
#[divan::bench(args = [1, 2], sample_count = 10, sample_size = 1)]
fn stage_8_ten_thousand_records_in_all_formats(bencher: Bencher<'_, '_>, number: usize) {
    let library = WAY.ground.library(&LARGE.snapshot(), &LARGE.config);
    let page = |item: &Item| Some(format!("https://example.org/library/items/{}/", item.key));
    let wording = Some(Wording { references: &WAY.ground.references, title: "", language: "en" });
    let links = Links { file: None, item: Some(&page), library: Some(&library) };
    let (context, settings) = (Context { links, wording }, Settings::default());
    let write = |format| export::write(format, library.items.iter(), &context, &settings).len();
    let write_all = || Format::ALL.into_par_iter().map(write).sum::<usize>();
    let pool = cores(number);
    bencher.counter(ItemsCount::new(MANY * Format::ALL.len())).bench_local(|| pool.install(write_all));
}

/// Every long record's own file in every format, as a build makes them, on that many cores.
#[divan::bench(args = [1, 2], sample_count = 10, sample_size = 1)]
fn stage_8_ten_thousand_long_records_each_in_all_formats(bencher: Bencher<'_, '_>, number: usize) {
    let (ground, config) = (&WAY.ground, &LARGE.config);
    let library = with_long_records(ground.library(&LARGE.snapshot(), config));
    let outline = ground.outline(&library, config);
    let addresses = Addresses::new(&library, &outline, config.site.base_url.clone());
    let settings = Settings { item: Format::ALL.into(), ..Settings::default() };
    let context = download::Context {
        library: &library,
        outline: &outline,
        addresses: &addresses,
        files: &ground.files,
        wording: Wording { references: &ground.references, title: "", language: "en" },
        settings: &settings,
        splits: download::Splits::none(),
    };
    let pool = cores(number);
    let make_all = |files: Vec<OutputFile<'_>>| pool.install(|| files.into_par_iter().map(make).sum::<usize>());
    let bencher = bencher.counter(ItemsCount::new(MANY * Format::ALL.len()));
    let of_records = |file: &OutputFile<'_>| file.path.as_str().starts_with("items/");
    bencher
        .with_inputs(|| download::files(&context).into_iter().filter(of_records).collect())
        .bench_local_values(make_all);
}
