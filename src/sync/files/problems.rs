//! What may be wrong with a file.

use crate::report::Report;
use crate::report::problem::{Kind, Level, Problem};
use crate::sync::files::wanted::Wanted;

pub(super) static MISSING: Kind = Kind {
    id: "file-missing",
    level: Level::Note,
    one: "the file of an attachment is not there",
    many: "the files of {n} attachments are not there",
    hint: Some(
        "Zotero may not have uploaded them, or keeps them on a WebDAV server; `zbib sync --retry-files` asks again",
    ),
};
pub(super) static FORBIDDEN: Kind = Kind {
    id: "files-forbidden",
    level: Level::Warning,
    one: "files of a library are left out, Zotero does not give them to this key",
    many: "files of {n} libraries are left out, Zotero does not give them to these keys",
    hint: Some("the key must be allowed to read files; check it at https://www.zotero.org/settings/keys"),
};
pub(super) static MEMBERS_ONLY: Kind = Kind {
    id: "files-for-members",
    level: Level::Note,
    one: "files of a group are left out, Zotero gives them to members only",
    many: "files of {n} groups are left out, Zotero gives them to members only",
    hint: Some("set ZOTERO_API_KEY (or the variable `key-env` names) to the key of a member"),
};
pub(super) static MISMATCH: Kind = Kind {
    id: "file-hash",
    level: Level::Warning,
    one: "an attachment is left out, its content differs from Zotero's record",
    many: "{n} attachments are left out, their content differs from Zotero's record",
    hint: Some("the next `zbib sync` tries them again; run it after Zotero has finished uploading"),
};
pub(super) static REPLACED: Kind = Kind {
    id: "file-replaced",
    level: Level::Note,
    one: "the file of an attachment was replaced during the sync; the site shows it after the next",
    many: "the files of {n} attachments were replaced during the sync; the site shows them after the next",
    hint: None,
};
pub(super) static FAILED: Kind = Kind {
    id: "file-not-fetched",
    level: Level::Warning,
    one: "the file of an attachment could not be fetched",
    many: "the files of {n} attachments could not be fetched",
    hint: Some("the next `zbib sync` tries again, and goes on where a download broke off"),
};
pub(super) static PUT_OFF: Kind = Kind {
    id: "file-put-off",
    level: Level::Warning,
    one: "a file was not asked for, as too many before it could not be fetched",
    many: "{n} files were not asked for, as too many before them could not be fetched",
    hint: Some("the next `zbib sync` asks for them"),
};

/// Tells the owner what is wrong with a file.
pub(super) fn tell(report: &Report, kind: &'static Kind, file: &Wanted, detail: &str) {
    report.problem(Problem::new(kind, format!("{} {:?}", file.key, file.name), detail));
}
