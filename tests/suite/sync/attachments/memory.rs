//! How much memory a sync needs, with a large file and without: files pass through it as a stream.
//!
//! `ZBIB_LARGE_FILE=300 cargo test --test suite memory -- --nocapture` measures with a file of so many megabytes.

use crate::test_site::TestSite;

use super::*;

const MEGABYTE: usize = 1 << 20;

/// The most memory that a first sync of this library held, in bytes.
fn peak(library: Library) -> usize {
    let fake = FakeZotero::serve(library);
    let settings = format!("[[libraries]]\nid = \"123\"\napi = \"{}\"\n", fake.url());
    let site = TestSite::empty()
        .write("zbib.toml", settings + "[attachments]\ntypes = [\"application/pdf\", \"text/plain\"]\n");
    let site = site.variable("ZOTERO_API_KEY", SECRET);
    let mut running = site.command(&["sync", "--quiet"]).spawn().unwrap();
    let status = format!("/proc/{}/status", running.id());
    let mut most = 0;
    loop {
        let text = fs::read_to_string(&status).unwrap_or_default();
        let line = text.lines().find_map(|line| line.strip_prefix("VmHWM:"));
        let kilobytes = line.and_then(|line| line.trim().strip_suffix(" kB")?.parse::<usize>().ok());
        most = most.max(kilobytes.unwrap_or(0) * 1024);
        if let Some(ended) = running.try_wait().unwrap() {
            assert!(ended.success());
            return most;
        }
        std::thread::yield_now();
    }
}

fn with_file(megabytes: usize, zipped: bool) -> Library {
    let mut library = Library::of_books(50);
    // What does not shrink in a ZIP: the whole of it has to be unpacked.
    let mut state = 1_u64;
    let random = std::iter::repeat_with(|| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        state.to_le_bytes()
    });
    let bytes: Vec<u8> = random.take(megabytes * MEGABYTE / 8).flatten().collect();
    if zipped {
        let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
        zip.start_file("large.txt", zip::write::SimpleFileOptions::default()).unwrap();
        zip.write_all(&bytes).unwrap();
        library.attachment("LARGEAAA", &key(0), "text/plain", "large.txt", Md5::of(&bytes));
        let bytes = zip.finish().unwrap().into_inner();
        library.files.insert("LARGEAAA".into(), StoredFile { bytes, compressed: true, announced: None });
    } else if megabytes > 0 {
        library.pdf("LARGEAAA", &key(0), &bytes);
    }
    library
}

#[test]
fn a_large_file_needs_no_more_memory_than_none() {
    if !Path::new("/proc/self/status").exists() {
        println!("left out: this system does not tell how much memory a process held");
        return;
    }
    let megabytes = std::env::var("ZBIB_LARGE_FILE").ok().and_then(|text| text.parse().ok()).unwrap_or(24);
    let none = peak(with_file(0, false));
    for zipped in [false, true] {
        let large = peak(with_file(megabytes, zipped));
        let [none, large] = [none, large].map(|bytes| bytes / 1024);
        println!("{megabytes} MB, in a ZIP: {zipped}: {large} KB held at most, {none} KB without a file");
        assert!(large < none + 16 * 1024, "{large} KB instead of {none} KB");
    }
}
