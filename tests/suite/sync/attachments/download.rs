//! Downloads that break off, come wrong, or lead astray.

use super::*;

#[test]
fn a_download_that_breaks_off_goes_on_where_it_stopped() {
    let bytes = noise(300_000);
    let owner = owner_of(&bytes);
    owner.fake.storage_fault(1, Fault::CutAfter(100_000));
    owner.fake.storage_fault(2, Fault::CutAfter(50_000));
    owner.sync();
    assert_eq!(stored(&owner), [Md5::of(&bytes)]);
    assert_eq!(ranges(&owner), [None, Some("bytes=100000-".into()), Some("bytes=150000-".into())]);
    let mark = owner.fake.storage_requests()[1].header("if-range").map(str::to_owned);
    assert_eq!(mark, Some(format!("\"{}\"", Md5::of(&bytes))));
    assert_eq!((owner.report.warnings(), asked(&owner)), (0, 3), "each attempt has an address of its own");
    assert_eq!(kept(&owner), [Md5::of(&bytes).to_string()]);
    owner.fake.assert_well_behaved();
}

#[test]
fn the_next_run_goes_on_with_what_a_killed_one_left() {
    let bytes = noise(200_000);
    let owner = owner_of(&bytes);
    for attempt in 1..=3 {
        owner.fake.storage_fault(attempt, if attempt == 1 { Fault::CutAfter(120_000) } else { Fault::Drop });
    }
    owner.fake.storage_fault(4, Fault::Drop);
    owner.sync();
    assert_eq!(kept(&owner), [format!(".incoming-{}", Md5::of(&bytes))]);
    assert_eq!(owner.report.warnings(), 1);
    // As if the process had been killed: its nameless leftovers go, the part stays.
    let nameless = owner.cache_dir().join("groups-123/files/.incoming-abcdef");
    fs::write(&nameless, "left").unwrap();
    owner.sync();
    assert_eq!((ranges(&owner), stored(&owner)), (vec![Some("bytes=120000-".into())], vec![Md5::of(&bytes)]));
    assert_eq!(kept(&owner), [Md5::of(&bytes).to_string()]);
}

#[test]
fn a_storage_that_gives_whole_files_only_starts_over() {
    let bytes = noise(200_000);
    let owner = owner_of(&bytes);
    owner.fake.refuse_ranges();
    owner.fake.storage_fault(1, Fault::CutAfter(100_000));
    owner.sync();
    assert_eq!(stored(&owner), [Md5::of(&bytes)]);
    assert_eq!(owner.fake.storage_requests().len(), 2);
}

#[test]
fn a_part_of_another_place_or_file_is_not_put_behind_what_came() {
    let bytes = noise(200_000);
    let reworded = |name: &'static str, value: &'static str| {
        Fault::Rewrite(Box::new(move |right: crate::fake_zotero::Response| right.reworded(name, Some(value))))
    };
    for wrong in ["bytes 0-99999/200000", "bytes 100000-199999/300000", "nonsense"] {
        let owner = owner_of(&bytes);
        owner.fake.storage_fault(1, Fault::CutAfter(100_000));
        owner.fake.storage_fault(2, reworded("Content-Range", wrong));
        owner.sync();
        assert_eq!(stored(&owner), [Md5::of(&bytes)], "{wrong}");
        assert_eq!(ranges(&owner), [None, Some("bytes=100000-".into()), None], "{wrong}");
        assert_eq!(owner.report.noted(), 0);
    }
}

#[test]
fn what_a_stranger_put_in_the_place_of_a_part_comes_out_at_the_end() {
    let bytes = noise(50_000);
    for left in [vec![b'x'; 20_000], vec![b'x'; 50_000], vec![b'x'; 90_000]] {
        let owner = owner_of(&bytes);
        let files = owner.cache_dir().join("groups-123/files");
        fs::create_dir_all(&files).unwrap();
        fs::write(files.join(format!(".incoming-{}", Md5::of(&bytes))), &left).unwrap();
        owner.sync();
        assert_eq!(stored(&owner), [Md5::of(&bytes)], "{}", left.len());
        assert_eq!((owner.report.noted(), kept(&owner).len()), (0, 1));
    }
}

#[test]
fn a_part_whose_file_got_shorter_is_dropped() {
    let owner = owner_of(&noise(200_000));
    owner.fake.storage_fault(1, Fault::CutAfter(150_000));
    owner.fake.storage_fault(2, Fault::Status(416));
    owner.sync();
    assert_eq!(ranges(&owner), [None, Some("bytes=150000-".into()), None]);
    assert_eq!((stored(&owner).len(), owner.report.noted()), (1, 0));
}

#[test]
fn an_address_that_expired_is_asked_for_again_and_is_not_a_lost_right() {
    let owner = owner_of(b"%PDF");
    let xml = |_| crate::fake_zotero::Response::new(403, "application/xml", "<Error><Code>AccessDenied</Code></Error>");
    owner.fake.storage_fault(1, Fault::Rewrite(Box::new(xml)));
    owner.sync();
    assert_eq!(stored(&owner), [Md5::of(b"%PDF")]);
    assert_eq!((asked(&owner), owner.report.noted()), (2, 0));
    assert!(owner.snapshot().state.files_refused.is_empty());
}

#[test]
fn wrong_bytes_are_asked_for_twice_again_and_told_once() {
    let owner = owner_of(b"%PDF right");
    owner.fake.edit(|library| {
        let file = library.files.get_mut("PDFAAAAA").unwrap();
        (file.bytes, file.announced) = (b"%PDF wrong".to_vec(), Some(Md5::of(b"%PDF right")));
    });
    owner.sync();
    assert_eq!((owner.fake.storage_requests().len(), owner.report.warnings()), (3, 1));
    assert!(owner.report.text().contains("its content differs from Zotero's record\n  PDFAAAAA \"PDFAAAAA.pdf\""));
    assert!(kept(&owner).is_empty(), "wrong bytes are not gone on with");
    owner.fake.edit(|library| library.files.get_mut("PDFAAAAA").unwrap().bytes = b"%PDF right".to_vec());
    owner.sync();
    assert_eq!(stored(&owner), [Md5::of(b"%PDF right")]);
}

#[test]
fn a_short_body_is_no_file_and_an_endless_one_is_cut() {
    for wrong in [b"%PD".to_vec(), vec![b'x'; 100_000]] {
        let owner = owner_of(b"%PDF right");
        let body = wrong.clone();
        let other = move |_| crate::fake_zotero::Response::new(200, "application/pdf", body);
        owner.fake.storage_fault(1, Fault::Rewrite(Box::new(other)));
        owner.sync();
        assert_eq!((stored(&owner), owner.report.noted()), (vec![Md5::of(b"%PDF right")], 0), "{}", wrong.len());
    }
}

#[test]
fn a_way_in_circles_or_to_where_no_file_should_come_from_is_refused() {
    let to = |location: &str| {
        let location = location.to_owned();
        move |_| crate::fake_zotero::Response::new(302, "text/html", "").with("Location", &location)
    };
    for (location, says) in [
        ("http://storage.example/file", "it is not secure"),
        ("file:///etc/passwd", "it is not secure"),
        ("//", "it is no address"),
        ("?again", "it leads on and on"),
    ] {
        let mut library = Library::of_books(1);
        library.pdf("PDFAAAAA", &key(0), b"%PDF one");
        library.pdf("PDFBBBBB", &key(0), b"%PDF two");
        let owner = Owner::of(library);
        for _ in 0..5 {
            let astray = Fault::Rewrite(Box::new(to(location)));
            owner.fake.fault_where(1, |request| request.path() == "/PDFAAAAA", astray);
        }
        owner.sync();
        assert_eq!(stored(&owner), [Md5::of(b"%PDF two")], "{location}");
        assert!(owner.report.text().contains(says), "{location}: {}", owner.report.text());
        assert_eq!((owner.report.warnings(), asked(&owner)), (1, 2), "{location}");
    }
    let owner = owner_of(b"%PDF");
    owner.fake.fault_where(
        1,
        |request| request.path().ends_with("/file"),
        Fault::Rewrite(Box::new(to("http://elsewhere.example/"))),
    );
    owner.sync();
    assert!(owner.report.text().contains("it is not secure"), "{}", owner.report.text());
}

#[test]
fn after_five_failures_in_a_row_the_rest_is_left_for_the_next_run() {
    let mut library = Library::of_books(1);
    (0..30).for_each(|at| library.pdf(&key(1000 + at), &key(0), format!("file {at}").as_bytes()));
    let owner = Owner::of(library);
    (0..200).for_each(|_| {
        owner.fake.fault_where(1, |request| request.parameter("X-Amz-Signature").is_some(), Fault::Status(500))
    });
    owner.sync();
    let tried: BTreeSet<_> = owner.fake.storage_requests().iter().map(|request| request.path().to_owned()).collect();
    assert!((5..=8).contains(&tried.len()), "{}", tried.len());
    assert_eq!(owner.report.warnings(), 30, "{}", owner.report.text());
    assert!(owner.report.text().contains("files were not asked for, as too many before them could not be fetched"));
    owner.fake.heal();
    owner.sync();
    assert_eq!(stored(&owner).len(), 30);
}

#[test]
fn two_attachments_of_one_content_are_asked_for_once_and_both_served() {
    let mut library = Library::of_books(2);
    let bytes = noise(60_000);
    library.pdf("PDFAAAAA", &key(0), &bytes);
    library.pdf("PDFBBBBB", &key(1), &bytes);
    let owner = Owner::of(library.clone());
    let synced = owner.sync();
    assert_eq!((asked(&owner), synced.files, stored(&owner)), (1, 1, vec![Md5::of(&bytes)]));

    // Of the first Zotero lost the file; the second has it.
    library.files.remove("PDFAAAAA");
    let owner = Owner::of(library);
    owner.sync();
    assert_eq!((asked(&owner), stored(&owner)), (2, vec![Md5::of(&bytes)]));
}

#[test]
fn two_records_that_lead_to_the_same_bytes_at_once_do_not_mix_them() {
    let mut library = Library::of_books(1);
    let bytes = noise(500_000);
    for (at, name) in ["PDFAAAAA", "PDFBBBBB", "PDFCCCCC"].into_iter().enumerate() {
        library.attachment(name, &key(0), "application/pdf", "a.pdf", Md5::of(name.as_bytes()));
        let announced = None;
        library.files.insert(name.into(), StoredFile { bytes: bytes.clone(), compressed: false, announced });
        library.files.get_mut(name).unwrap().bytes[0] = u8::from(at == 2);
    }
    let owner = Owner::of(library);
    owner.sync();
    assert!(stored(&owner).len() == 2 && kept(&owner).len() == 2, "{:?}", kept(&owner));
    for (md5, file) in owner.snapshot().files {
        assert_eq!(Md5::of(&fs::read(file.path).unwrap()), md5);
    }
}
