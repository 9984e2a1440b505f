//! How long each stage of a build takes, side by side in one run: `cargo bench --bench build`.
//!
//! `cargo bench --bench build -- --write FOLDER RECORDS` writes a library of that size instead, for measuring the program
//! itself.

mod exports;
mod library;
mod site;

use std::hint::black_box;
use std::path::Path;
use std::process::ExitCode;
use std::sync::LazyLock;

use divan::Bencher;
use divan::counter::ItemsCount;
use zbib::bibliography::library::Library;
use zbib::website::address::Addresses;
use zbib::website::outline::Outline;
use zbib::website::output::OutputFile;
use zbib::website::page;
use zbib::website::prose::Prose;
use zbib::website::search;
use zbib::zotero::cache::Snapshot;

use self::site::{Ground, Project, Whole, make};

/// The records of the library that is measured.
const RECORDS: usize = 1_000;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|argument| argument != "--bench").collect();
    let Some(("--write", [folder, records])) = arguments.split_first().map(|(first, rest)| (first.as_str(), rest))
    else {
        divan::main();
        return ExitCode::SUCCESS;
    };
    let written = records.parse().is_ok_and(|records| library::write(Path::new(folder), records).is_ok());
    if written { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// The way from the cache to the pages, gone once for all benches.
static WAY: LazyLock<Way> = LazyLock::new(|| {
    let (project, ground) = (Project::of(RECORDS), Ground::new());
    let snapshot = project.snapshot();
    let library = ground.library(&snapshot, &project.config);
    let outline = ground.outline(&library, &project.config);
    Way { project, ground, snapshot, library, outline }
});

struct Way {
    project: Project,
    ground: Ground,
    snapshot: Snapshot,
    library: Library,
    outline: Outline,
}

impl Way {
    fn with<T>(&self, work: impl FnOnce(Whole<'_>) -> T) -> T {
        let (config, library, outline, ground) = (&self.project.config, &self.library, &self.outline, &self.ground);
        let addresses = Addresses::new(library, outline, config.site.base_url.clone());
        let prose = Prose::new(library, &addresses, &ground.files, &ground.content);
        work(Whole { ground, config, library, outline, addresses: &addresses, prose: &prose })
    }
}

/// Makes all pages whose path holds `part`.
fn pages(bencher: Bencher<'_, '_>, part: &str) {
    WAY.with(|whole| {
        let site = whole.site();
        let wanted = || -> Vec<OutputFile<'_>> {
            page::pages(&site).into_iter().filter(|page| page.path.as_str().contains(part)).collect()
        };
        let count = wanted().len();
        let make_all = |pages: Vec<OutputFile<'_>>| pages.into_iter().map(make).sum::<usize>();
        bencher.counter(ItemsCount::new(count)).with_inputs(wanted).bench_local_values(make_all);
    });
}

#[divan::bench]
fn stage_1_snapshot(bencher: Bencher<'_, '_>) {
    bencher.counter(ItemsCount::new(RECORDS)).bench_local(|| WAY.project.snapshot());
}

#[divan::bench]
fn stage_2_library(bencher: Bencher<'_, '_>) {
    let read = || WAY.ground.library(&WAY.snapshot, &WAY.project.config);
    bencher.counter(ItemsCount::new(RECORDS)).bench_local(read);
}

#[divan::bench]
fn stage_3_outline(bencher: Bencher<'_, '_>) {
    bencher.counter(ItemsCount::new(RECORDS)).bench_local(|| WAY.ground.outline(&WAY.library, &WAY.project.config));
}

#[divan::bench]
fn stage_4_search_index(bencher: Bencher<'_, '_>) {
    WAY.with(|whole| {
        let context = search::Context { library: whole.library, outline: whole.outline, addresses: whole.addresses };
        bencher.counter(ItemsCount::new(RECORDS)).bench_local(|| search::files(&context).len());
    });
}

#[divan::bench]
fn stage_5_item_pages(bencher: Bencher<'_, '_>) {
    pages(bencher, "items/");
}

#[divan::bench]
fn stage_6_pages_of_collections(bencher: Bencher<'_, '_>) {
    pages(bencher, "collections/C");
}

#[divan::bench]
fn stage_7_references(bencher: Bencher<'_, '_>) {
    let references = &WAY.ground.references;
    let refer = || {
        for item in &WAY.library.items {
            black_box(references.entry(item, references.main_style()));
        }
    };
    bencher.counter(ItemsCount::new(RECORDS)).bench_local(refer);
}

#[divan::bench(sample_count = 10)]
fn whole_build_into_an_empty_folder(bencher: Bencher<'_, '_>) {
    let mut number = 0;
    let fresh = || {
        number += 1;
        format!("{}", WAY.project.path(&format!("public-{number}")).display())
    };
    let build = |output: String| WAY.project.run(&["build", "--offline", "--output", &output]);
    bencher.with_inputs(fresh).bench_local_values(build);
}

#[divan::bench(sample_count = 10)]
fn whole_build_with_nothing_new(bencher: Bencher<'_, '_>) {
    let output = format!("{}", WAY.project.path("public").display());
    let build = || WAY.project.run(&["build", "--offline", "--output", &output]);
    build();
    bencher.bench_local(build);
}
