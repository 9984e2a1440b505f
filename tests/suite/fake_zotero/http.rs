//! The least of HTTP/1.1 that lets a server be as bad as it wants.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use url::Url;

/// A request as it came.
#[derive(Clone, Debug)]
pub struct Request {
    pub method: String,
    pub url: Url,
    /// Names in lower case.
    pub headers: BTreeMap<String, String>,
}

impl Request {
    pub fn path(&self) -> &str {
        self.url.path()
    }

    /// The first parameter of that name that holds something.
    pub fn parameter(&self, name: &str) -> Option<String> {
        self.url
            .query_pairs()
            .find(|(key, value)| key == name && !value.is_empty())
            .map(|(_, value)| value.into_owned())
    }

    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).map(String::as_str)
    }
}

/// How a body goes over the wire.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Delivery {
    Whole,
    /// The connection closes without a word.
    Nothing,
    /// The connection stays open without a word until the client gives up.
    Silence,
    /// So many bytes of it, then the connection closes; None for half of it.
    Cut(Option<usize>),
    /// In chunks that break off before the last.
    CutChunks,
    /// With a `Content-Length` that is off by so many bytes.
    Misnumbered(isize),
    /// As HTTP/1.0 does it: without a length, until the connection closes.
    ToTheEnd,
}

/// An answer, and how it is spoilt.
pub struct Response {
    pub status: u16,
    pub headers: Vec<(String, String)>,
    pub body: Vec<u8>,
    pub(super) delivery: Delivery,
    /// Done once the last byte is written.
    pub(super) afterwards: Option<Box<dyn FnOnce() + Send>>,
}

impl Response {
    pub fn new(status: u16, kind: &str, body: impl Into<Vec<u8>>) -> Self {
        let headers = vec![("Content-Type".to_owned(), kind.to_owned())];
        Self { status, headers, body: body.into(), delivery: Delivery::Whole, afterwards: None }
    }

    pub fn json(body: impl Into<Vec<u8>>) -> Self {
        Self::new(200, "application/json", body).with("Zotero-API-Version", "3").with("Zotero-Schema-Version", "41")
    }

    /// Errors are plain sentences that call themselves HTML.
    pub fn sentence(status: u16, text: &str) -> Self {
        Self::new(status, "text/html; charset=UTF-8", text)
    }

    pub fn html(text: &str) -> Self {
        Self::new(200, "text/html", text)
    }

    pub(super) fn delivered(self, delivery: Delivery) -> Self {
        Self { delivery, ..self }
    }

    pub fn with(mut self, name: &str, value: &str) -> Self {
        self.headers.push((name.to_owned(), value.to_owned()));
        self
    }

    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(own, _)| own == name).map(|(_, value)| value.as_str())
    }

    /// Without a header, or with another value for it.
    pub fn reworded(mut self, name: &str, value: Option<&str>) -> Self {
        self.headers.retain(|(own, _)| own != name);
        match value {
            Some(value) => self.with(name, value),
            None => self,
        }
    }
}

/// A socket that answers.
pub struct Listener {
    pub url: String,
    stop: Arc<AtomicBool>,
}

impl Listener {
    pub fn serve(answer: impl Fn(Request) -> Response + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let stop = Arc::new(AtomicBool::new(false));
        let (stopped, answer, base) = (Arc::clone(&stop), Arc::new(answer), url.clone());
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                if stopped.load(Ordering::Relaxed) {
                    return;
                }
                let (answer, base) = (Arc::clone(&answer), base.clone());
                std::thread::spawn(move || converse(&stream, &base, &*answer));
            }
        });
        Self { url, stop }
    }
}

impl Drop for Listener {
    fn drop(&mut self) {
        self.stop.store(true, Ordering::Relaxed);
        let _ = TcpStream::connect(self.url.trim_start_matches("http://"));
    }
}

/// Answers requests on one connection until it closes.
fn converse(stream: &TcpStream, base: &str, answer: &dyn Fn(Request) -> Response) {
    let mut reader = BufReader::new(stream);
    while let Some(request) = read(&mut reader, base) {
        let accepts_gzip = request.header("accept-encoding").is_some_and(|value| value.contains("gzip"));
        let head_only = request.method == "HEAD";
        let mut response = answer(request);
        if response.delivery == Delivery::Silence {
            let _ = reader.read(&mut [0]);
        }
        if matches!(response.delivery, Delivery::Nothing | Delivery::Silence) {
            break;
        }
        if accepts_gzip
            && response.delivery != Delivery::ToTheEnd
            && response.body.len() > 500
            && response.status == 200
        {
            let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
            gzip.write_all(&response.body).unwrap();
            response.body = gzip.finish().unwrap();
            response = response.with("Content-Encoding", "gzip");
        }
        let written = write(stream, &response, head_only);
        if let Some(afterwards) = response.afterwards.take() {
            afterwards();
        }
        if written.is_err() || response.delivery != Delivery::Whole {
            break;
        }
    }
    let _ = stream.shutdown(Shutdown::Both);
}

fn read(reader: &mut BufReader<&TcpStream>, base: &str) -> Option<Request> {
    let mut line = String::new();
    reader.read_line(&mut line).ok()?;
    let mut words = line.split_whitespace();
    let (method, target) = (words.next()?.to_owned(), words.next()?.to_owned());
    let mut headers = BTreeMap::new();
    loop {
        let mut line = String::new();
        reader.read_line(&mut line).ok()?;
        let Some((name, value)) = line.trim_end().split_once(':') else { break };
        headers.insert(name.to_ascii_lowercase(), value.trim().to_owned());
    }
    Some(Request { method, url: format!("{base}{target}").parse().ok()?, headers })
}

fn write(mut stream: &TcpStream, response: &Response, head_only: bool) -> std::io::Result<()> {
    let until_closed = response.delivery == Delivery::ToTheEnd;
    let mut head = format!("HTTP/1.{} {} Fake\r\n", i32::from(!until_closed), response.status);
    for (name, value) in &response.headers {
        head.push_str(&format!("{name}: {value}\r\n"));
    }
    let size = response.body.len();
    let announced = match response.delivery {
        Delivery::Misnumbered(off) => size.saturating_add_signed(off),
        _ => size,
    };
    if response.delivery == Delivery::CutChunks {
        head.push_str("Transfer-Encoding: chunked\r\n");
    } else if response.status != 304 && !until_closed {
        head.push_str(&format!("Content-Length: {announced}\r\n"));
    }
    let end = match response.delivery {
        _ if head_only => 0,
        Delivery::Cut(at) => at.unwrap_or(size / 2).min(size),
        Delivery::CutChunks => size / 2,
        _ => size,
    };
    // In one piece: a second one would wait for the first to be acknowledged.
    let mut bytes = format!("{head}\r\n").into_bytes();
    if response.delivery == Delivery::CutChunks {
        bytes.extend_from_slice(format!("{end:x}\r\n").as_bytes());
    }
    bytes.extend_from_slice(&response.body[..end]);
    stream.write_all(&bytes)?;
    stream.flush()
}
