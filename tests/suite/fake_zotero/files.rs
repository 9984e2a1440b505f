//! Where a file is, and its bytes: the API's redirect and the storage behind it.

use zbib::zotero::cache::Md5;

use super::http::{Request, Response};
use super::library::StoredFile;
use super::world::World;

impl World {
    /// The way to a file, good until the world lets its signatures expire.
    pub(super) fn file(&mut self, request: &Request, key: &str) -> Response {
        if request.method == "HEAD" {
            return Response::new(200, "text/plain", "");
        }
        if self.library.refuses_files {
            return Response::sentence(403, "Forbidden");
        }
        let Some(item) = self.library.items.get(key) else { return Response::sentence(404, "Not found") };
        if item.value["data"]["itemType"] != "attachment" {
            return Response::sentence(400, "Item is not an attachment");
        }
        let Some(file) = self.library.files.get(key) else { return Response::sentence(404, "Not found") };
        let md5 = file.announced.unwrap_or_else(|| Md5::of(&file.bytes));
        self.signatures += 1;
        let query = format!("X-Amz-Expires=60&X-Amz-Signature=5ecret{}", self.signatures);
        Response::new(302, "text/html", "")
            .with("Location", &format!("{}/{key}?{query}", self.storage_url))
            .with("Zotero-File-MD5", &md5.to_string())
            .with("Zotero-File-Size", &file.bytes.len().to_string())
            .with("Zotero-File-Compressed", if file.compressed { "Yes" } else { "No" })
            .with("Zotero-File-Modification-Time", "1577934245000")
    }

    /// The storage refuses who shows a signature and an authorization, and signatures that are too old.
    pub(super) fn stored(&self, request: &Request) -> Response {
        if request.header("authorization").is_some() || request.header("zotero-api-key").is_some() {
            return Response::sentence(400, "Only one auth mechanism allowed");
        }
        let signature = request.parameter("X-Amz-Signature").unwrap_or_default();
        let number = signature.strip_prefix("5ecret").and_then(|number| number.parse::<u64>().ok());
        if number.is_none_or(|number| number <= self.expired) {
            let xml = "<Error><Code>AccessDenied</Code><Message>Request has expired</Message></Error>";
            return Response::new(403, "application/xml", xml);
        }
        match self.library.files.get(request.path().trim_matches('/')) {
            Some(file) if self.no_ranges => Response::new(200, "application/octet-stream", file.bytes.clone()),
            Some(file) => ranged(request, file),
            None => Response::new(404, "application/xml", "<Error><Code>NoSuchKey</Code></Error>"),
        }
    }
}

/// All of a file, or the end that was asked for if it is still the same file.
fn ranged(request: &Request, file: &StoredFile) -> Response {
    let tag = format!("\"{}\"", Md5::of(&file.bytes));
    let size = file.bytes.len();
    let start = request.header("range").and_then(|range| range.strip_prefix("bytes=")?.strip_suffix('-')?.parse().ok());
    let same = request.header("if-range").is_none_or(|wanted| wanted == tag);
    let answer = match start {
        Some(start) if same && start >= size => {
            Response::new(416, "application/xml", "<Error><Code>InvalidRange</Code></Error>")
                .with("Content-Range", &format!("bytes */{size}"))
        }
        Some(start) if same => Response::new(206, "application/octet-stream", file.bytes[start..].to_vec())
            .with("Content-Range", &format!("bytes {start}-{}/{size}", size - 1)),
        _ => Response::new(200, "application/octet-stream", file.bytes.clone()),
    };
    answer.with("ETag", &tag).with("Accept-Ranges", "bytes")
}
