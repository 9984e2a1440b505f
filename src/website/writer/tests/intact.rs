//! Seeing that a site stands as it was written, without making it again.

use super::*;

#[test]
fn a_site_is_intact_until_a_file_of_it_is_touched() {
    let (_folder, dir) = place();
    assert_eq!(intact(&dir), None);
    write(site(LIBRARY), &dir, &report()).unwrap();
    let found = intact(&dir).unwrap();
    assert_eq!(found.written(), write(site(LIBRARY), &dir, &report()).unwrap());
    assert_eq!(Some(found.seal), seal(&dir));

    fs::write(dir.join("CNAME"), "example.org").unwrap();
    assert_eq!(intact(&dir), Some(found), "what is not ours does not count");

    let page = dir.join("items/A/index.html");
    fs::write(&page, "b").unwrap();
    assert_eq!(intact(&dir), None, "of the same length, but not the same");
    fs::write(&page, "a").unwrap();
    assert_eq!(intact(&dir), Some(found), "what time stamps do not prove is read");
    fs::remove_file(&page).unwrap();
    assert_eq!(intact(&dir), None);
}

#[test]
fn a_site_in_the_middle_of_a_change_is_not_intact() {
    let (_folder, dir) = place();
    write(site(LIBRARY), &dir, &report()).unwrap();
    fs::create_dir(dir.join(reserved::STAGING)).unwrap();
    assert_eq!(intact(&dir), None);
}

#[test]
fn another_site_has_another_seal() {
    let (_folder, dir) = place();
    write(site(LIBRARY), &dir, &report()).unwrap();
    let before = seal(&dir);
    write(site(SMALLER), &dir, &report()).unwrap();
    assert_ne!(seal(&dir), before);
}
