//! One site, wherever its records come from: a folder, or a Zotero that serves the same records.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use serde_json::{Value, json};

use crate::fake_zotero::{FakeDesktop, FakeZotero, Library, StoredFile};
use crate::reference;
use crate::test_site::{TestSite, differences, files};

/// A library of Zotero that holds what a folder does, under the number and name that the records give it.
fn served(folder: &Path) -> (Library, &'static str) {
    let read = |name: &str| fs::read_to_string(folder.join(name)).unwrap_or_default();
    let mut library = Library::new();
    for line in read("items.jsonl").lines().chain(read("collections.jsonl").lines()) {
        library.put_raw(line);
    }
    let first: Value = serde_json::from_str(read("items.jsonl").lines().next().unwrap()).unwrap();
    library.id = first["library"]["id"].to_string();
    let settings: Value = serde_json::from_str(&read("settings.json")).unwrap_or_default();
    if let Some(colors) = settings.get("tagColors") {
        library.settings.insert("tagColors".into(), (colors.clone(), library.version));
    }
    for (key, name, bytes) in stored(&folder.join("files")) {
        assert_eq!(library.items[&key].value["data"]["filename"], json!(name));
        library.files.insert(key, StoredFile { bytes, compressed: false, announced: None });
    }
    for entry in fs::read_dir(folder.join("fulltext")).into_iter().flatten().flatten() {
        let name = entry.file_name().into_string().unwrap();
        if let Some(key) = name.strip_suffix(".txt") {
            library.texts.insert(key.into(), (fs::read_to_string(entry.path()).unwrap(), library.version));
        }
    }
    (library, if first["library"]["type"] == "group" { "group" } else { "user" })
}

/// `files/KEY/NAME`.
fn stored(folder: &Path) -> Vec<(String, String, Vec<u8>)> {
    let inside = |folder: &Path| fs::read_dir(folder).into_iter().flatten().flatten().collect::<Vec<_>>();
    let name = |entry: &fs::DirEntry| entry.file_name().into_string().unwrap();
    let of_key = |key: &fs::DirEntry| {
        let files = inside(&key.path());
        files.into_iter().map(|file| (name(key), name(&file), fs::read(file.path()).unwrap())).collect::<Vec<_>>()
    };
    inside(folder).iter().flat_map(of_key).collect()
}

fn settings(library: &str, more: &str) -> String {
    format!(
        "[site]\ntitle = \"Test\"\nbase-url = \"https://example.org/papers/\"\n\n[publish]\nnotes = true\nannotations = \
         true\n{more}\n\n[[libraries]]\n{library}\n"
    )
}

/// A folder's site, and that of a server with the same records.
struct Pair {
    folder: TestSite,
    fake: FakeZotero,
    web: TestSite,
}

impl Pair {
    fn of(records: &Path) -> Self {
        let (library, kind) = served(records);
        let folder = settings(&format!("type = \"file\"\npath = {:?}", records.to_str().unwrap()), "");
        let id = library.id.clone();
        let fake = FakeZotero::serve(Library { key: Some(KEY.into()), ..library });
        let web = settings(&format!("type = \"{kind}\"\nid = {id}\napi = \"{}\"", fake.url()), "");
        Self {
            folder: TestSite::empty().write("zbib.toml", folder),
            web: TestSite::empty().write("zbib.toml", web).variable("ZOTERO_API_KEY", KEY),
            fake,
        }
    }

    /// Byte for byte, but for the account of the sync.
    #[track_caller]
    fn assert_same(&self) -> BTreeMap<String, Vec<u8>> {
        build(&self.folder);
        build(&self.web);
        let web = self.web.site();
        let differ = differences(&without_account(self.folder.site()), &without_account(web.clone()));
        assert!(differ.is_empty(), "{} files differ: {:?}", differ.len(), &differ[..differ.len().min(20)]);
        web
    }

    /// One question, no answer but "nothing new", and no file touched.
    #[track_caller]
    fn assert_quiet(&self) {
        let before = times(&self.web.path("public"));
        self.fake.forget_requests();
        let run = build(&self.web);
        assert_eq!(self.fake.requests().len() + self.fake.storage_requests().len(), 1, "{:?}", self.fake.requests());
        assert!(run.contains("nothing changed"), "{run}");
        assert_eq!(times(&self.web.path("public")), before);
    }
}

/// A site without the files that tell of the sync, which the manifest names too.
fn without_account(mut site: BTreeMap<String, Vec<u8>>) -> BTreeMap<String, Vec<u8>> {
    const ACCOUNT: [&str; 2] = ["api/last-sync.json", "api/history.json"];
    site.retain(|path, _| !ACCOUNT.contains(&path.as_str()));
    let manifest = site.get_mut(".zbib-manifest").unwrap();
    let text = String::from_utf8(std::mem::take(manifest)).unwrap();
    let lines = text.lines().filter(|line| !ACCOUNT.iter().any(|path| line.ends_with(path)));
    *manifest = lines.collect::<Vec<_>>().join("\n").into_bytes();
    site
}

const KEY: &str = "Hb3kQ9tWz5LmX1vRc7NdY2sP";

/// Builds, whatever it warns of; gives what it said.
#[track_caller]
fn build(site: &TestSite) -> String {
    let run = site.run(&["build"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    run.stderr
}

/// When each file was written.
fn times(folder: &Path) -> BTreeMap<std::path::PathBuf, std::time::SystemTime> {
    let files = walkdir::WalkDir::new(folder).into_iter().map(Result::unwrap);
    let files = files.filter(|entry| entry.file_type().is_file());
    files.map(|entry| (entry.path().to_owned(), entry.metadata().unwrap().modified().unwrap())).collect()
}

/// Files that are about everything: they may change whichever record goes.
const ABOUT_ALL: &[&str] = &[
    "index.html",
    "collections/index.html",
    "creators/index.html",
    "tags/index.html",
    "types/index.html",
    "years/index.html",
    "search/index.html",
    "sitemap.xml",
    "feed.xml",
    ".zbib-manifest",
];

/// The list that a page of it belongs to: `tags/x/page/2/index.html` is of `tags/x`.
fn list_of(path: &str) -> &str {
    let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
    folder.split("/page/").next().unwrap_or_default()
}

/// Which files may change when the record goes: those that said something of it, the lists they are pages of, and what is
/// about everything.
fn may_change(before: &BTreeMap<String, Vec<u8>>, key: &str) -> BTreeSet<String> {
    let contains = |bytes: &[u8]| bytes.windows(key.len()).any(|window| window == key.as_bytes());
    let about: BTreeSet<&str> =
        before.iter().filter(|(_, bytes)| contains(bytes)).map(|(path, _)| path.as_str()).collect();
    let lists: BTreeSet<&str> =
        about.iter().filter(|path| path.ends_with("index.html")).map(|path| list_of(path)).collect();
    let of_a_list = |path: &&String| !list_of(path).is_empty() && lists.contains(list_of(path));
    let whole = |path: &&String| {
        ABOUT_ALL.contains(&path.as_str())
            || ["api/", "search/data/", "bibliography."].iter().any(|start| path.starts_with(start))
    };
    let may = |path: &&String| about.contains(path.as_str()) || whole(path) || of_a_list(path);
    before.keys().filter(may).cloned().collect()
}

#[test]
fn a_folder_and_a_server_with_the_same_records_make_the_same_site() {
    let pair = Pair::of(&Path::new(env!("CARGO_MANIFEST_DIR")).join("content/library"));
    let before = pair.assert_same();
    assert!(before.keys().any(|path| path.ends_with(".pdf")), "files are compared too");
    pair.assert_quiet();

    let gone = "22W8ZYG3";
    assert!(before.contains_key(&format!("items/{gone}/index.html")));
    pair.fake.edit(|library| library.delete(gone));
    build(&pair.web);
    let after = pair.web.site();
    let own = |path: &&String| path.starts_with(&format!("items/{gone}/"));
    assert_eq!(after.keys().filter(own).count(), 0, "its files go");
    let may = may_change(&before, gone);
    let changed = differences(&before, &after);
    assert!(changed.len() > 10, "the lists that showed it change: {changed:?}");
    let strange: Vec<_> = changed.iter().filter(|path| !may.contains(*path)).collect();
    assert!(strange.is_empty(), "nothing else changes, but: {strange:?}");
    pair.assert_quiet();
}

#[test]
fn a_folder_and_the_zotero_on_this_computer_with_the_same_records_make_the_same_site() {
    let records = Path::new(env!("CARGO_MANIFEST_DIR")).join("content/library");
    let mut folder = TestSite::empty().write("zbib.toml", settings("type = \"file\"\npath = \"library\"", ""));
    // The program does not tell the colours of tags.
    for (path, bytes) in files(&records).into_iter().filter(|(path, _)| path != "settings.json") {
        folder = folder.write(&format!("library/{path}"), bytes);
    }
    let (library, _) = served(&records);
    let (id, name) = (library.id.clone(), library.items.values().next().unwrap().value["library"]["name"].clone());
    let zotero = FakeDesktop::named(library, "one");
    {
        let mut program = zotero.program();
        program.kind = "groups";
        program.library.id.clone_from(&id);
        program.library.name = name.as_str().unwrap().to_owned();
    }
    let desktop = settings(&format!("type = \"group\"\nid = {id}\napi = \"{}\"", zotero.url()), "");
    let desktop = TestSite::empty().write("zbib.toml", desktop);
    build(&folder);
    build(&desktop);
    let differ = differences(&without_account(folder.site()), &without_account(desktop.site()));
    assert!(differ.is_empty(), "{} files differ: {:?}", differ.len(), &differ[..differ.len().min(20)]);
    let before = times(&desktop.path("public"));
    zotero.take_requests();
    assert!(build(&desktop).contains("nothing changed"));
    assert_eq!(times(&desktop.path("public")), before);
    assert_eq!(zotero.take_requests().len(), 1);
}

#[test]
fn thousands_of_real_records_make_the_same_site_from_a_folder_and_a_server() {
    let Some(corpus) = reference::corpus("the folder's site and the server's are not compared for real records") else {
        return;
    };
    let pair = Pair::of(&corpus.join("library"));
    pair.assert_same();
    pair.assert_quiet();
}
