//! HTTP/1.1 messages from bytes that come in pieces (RFC 9112).

use std::io::Read as _;

use bytes::Bytes;
use http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, Uri};

use crate::exchange::Answer;

/// The longest body that is kept to be judged; longer ones pass all the same.
const LONGEST: usize = 16 * 1024 * 1024;

/// The longest head.
const LONGEST_HEAD: usize = 256 * 1024;

/// The most headers.
const MOST_HEADERS: usize = 256;

/// A whole message.
#[derive(Debug)]
pub(super) enum Head {
    Request(http::Request<Bytes>),
    Answer(Answer),
}

/// What came of reading on.
#[derive(Debug)]
pub(super) enum Reading {
    /// A whole message.
    Whole(Box<Head>),
    /// More bytes are needed.
    More,
    /// It is no HTTP, or more than we keep. Why.
    Unreadable(String),
}

/// Reads the messages of one direction.
#[derive(Debug, Default)]
pub(super) struct Reader {
    /// What was not taken yet.
    buffer: Vec<u8>,
    /// The message whose body is being read.
    open: Option<Open>,
}

#[derive(Debug)]
struct Open {
    start: Start,
    headers: HeaderMap,
    body: Vec<u8>,
    rest: Rest,
}

#[derive(Debug)]
enum Start {
    Request(Method, Uri),
    Answer(StatusCode),
}

/// What of a body is still to come.
#[derive(Debug)]
enum Rest {
    Bytes(usize),
    /// The size of a chunk comes next.
    ChunkSize,
    /// So much of a chunk, and the end of its line.
    Chunk(usize),
    /// The lines after the last chunk.
    Trailers,
    /// All until the connection ends.
    ToTheEnd,
}

impl Reader {
    pub(super) fn feed(&mut self, bytes: &[u8]) {
        self.buffer.extend_from_slice(bytes);
    }

    /// Whether a message has begun and is not whole.
    pub(super) fn is_amid(&self) -> bool {
        self.open.is_some() || !self.buffer.is_empty()
    }

    /// Reads on in requests.
    pub(super) fn request(&mut self) -> Reading {
        if self.open.is_none() {
            let mut headers = vec![httparse::EMPTY_HEADER; MOST_HEADERS];
            let mut parsed = httparse::Request::new(&mut headers);
            let length = match parsed.parse(&self.buffer) {
                Ok(httparse::Status::Complete(length)) => length,
                Ok(httparse::Status::Partial) => return self.partial(),
                Err(error) => return Reading::Unreadable(format!("it is no HTTP: {error}")),
            };
            let method = parsed.method.and_then(|method| method.parse().ok());
            let target = parsed.path.and_then(|target| target.parse().ok());
            let (Some(method), Some(target), Some(headers)) =
                (method, target, header_map(parsed.headers))
            else {
                return Reading::Unreadable("its head cannot be read".to_owned());
            };
            let rest = match framing(&headers) {
                Ok(rest) => rest.unwrap_or(Rest::Bytes(0)),
                Err(reason) => return Reading::Unreadable(reason),
            };
            self.buffer.drain(..length);
            self.open = Some(Open {
                start: Start::Request(method, target),
                headers,
                body: Vec::new(),
                rest,
            });
        }
        self.body(false)
    }

    /// Reads on in answers; the next one is to a request of that method. `is_end` says that no more bytes come.
    pub(super) fn answer(&mut self, method: Option<&Method>, is_end: bool) -> Reading {
        if self.open.is_none() {
            if self.buffer.is_empty() {
                return Reading::More;
            }
            let mut headers = vec![httparse::EMPTY_HEADER; MOST_HEADERS];
            let mut parsed = httparse::Response::new(&mut headers);
            let length = match parsed.parse(&self.buffer) {
                Ok(httparse::Status::Complete(length)) => length,
                Ok(httparse::Status::Partial) => return self.partial(),
                Err(error) => return Reading::Unreadable(format!("it is no HTTP: {error}")),
            };
            let status = parsed.code.and_then(|code| StatusCode::from_u16(code).ok());
            let (Some(status), Some(headers)) = (status, header_map(parsed.headers)) else {
                return Reading::Unreadable("its head cannot be read".to_owned());
            };
            let has_no_body = method == Some(&Method::HEAD)
                || status.is_informational()
                || matches!(status, StatusCode::NO_CONTENT | StatusCode::NOT_MODIFIED);
            let rest = match framing(&headers) {
                _ if has_no_body => Rest::Bytes(0),
                Ok(rest) => rest.unwrap_or(Rest::ToTheEnd),
                Err(reason) => return Reading::Unreadable(reason),
            };
            self.buffer.drain(..length);
            self.open = Some(Open {
                start: Start::Answer(status),
                headers,
                body: Vec::new(),
                rest,
            });
        }
        self.body(is_end)
    }

    fn partial(&self) -> Reading {
        if self.buffer.len() > LONGEST_HEAD {
            return Reading::Unreadable("its head is longer than what we read".to_owned());
        }
        Reading::More
    }

    /// Reads on in the body of the open message.
    fn body(&mut self, is_end: bool) -> Reading {
        while let Some(open) = &mut self.open {
            match &mut open.rest {
                Rest::Bytes(0) => return self.whole(),
                Rest::Bytes(left) => {
                    let taken = (*left).min(self.buffer.len());
                    if taken == 0 {
                        return Reading::More;
                    }
                    *left -= taken;
                    open.body.extend(self.buffer.drain(..taken));
                }
                Rest::ChunkSize => match httparse::parse_chunk_size(&self.buffer) {
                    Ok(httparse::Status::Partial) => return Reading::More,
                    Ok(httparse::Status::Complete((length, size))) => {
                        let Some(size) = usize::try_from(size).ok().filter(|size| *size <= LONGEST)
                        else {
                            return Reading::Unreadable("a chunk is too long".to_owned());
                        };
                        self.buffer.drain(..length);
                        open.rest = if size == 0 {
                            Rest::Trailers
                        } else {
                            Rest::Chunk(size)
                        };
                    }
                    Err(_) => return Reading::Unreadable("a chunk has no size".to_owned()),
                },
                Rest::Chunk(size) => {
                    let size = *size;
                    if self.buffer.len() < size + 2 {
                        return Reading::More;
                    }
                    if &self.buffer[size..size + 2] != b"\r\n" {
                        return Reading::Unreadable("a chunk is longer than its size".to_owned());
                    }
                    open.body.extend(self.buffer.drain(..size));
                    self.buffer.drain(..2);
                    open.rest = Rest::ChunkSize;
                }
                Rest::Trailers => {
                    let Some(end) = self.buffer.windows(2).position(|two| two == b"\r\n") else {
                        return self.partial();
                    };
                    self.buffer.drain(..end + 2);
                    if end == 0 {
                        return self.whole();
                    }
                }
                Rest::ToTheEnd => {
                    open.body.append(&mut self.buffer);
                    if is_end {
                        return self.whole();
                    }
                    if open.body.len() <= LONGEST {
                        return Reading::More;
                    }
                }
            }
            if self
                .open
                .as_ref()
                .is_some_and(|open| open.body.len() > LONGEST)
            {
                return Reading::Unreadable(format!("the body is longer than {LONGEST} bytes"));
            }
        }
        Reading::More
    }

    fn whole(&mut self) -> Reading {
        let Some(open) = self.open.take() else {
            return Reading::More;
        };
        let Open {
            start,
            mut headers,
            body,
            ..
        } = open;
        let body = plain(&mut headers, body);
        Reading::Whole(Box::new(match start {
            Start::Request(method, target) => {
                let mut request = http::Request::new(body);
                *request.method_mut() = method;
                *request.uri_mut() = target;
                *request.headers_mut() = headers;
                Head::Request(request)
            }
            Start::Answer(status) => Head::Answer(Answer::new(status, headers, body)),
        }))
    }
}

/// How a body ends; `None` where the head does not say (RFC 9112, section 6.3).
fn framing(headers: &HeaderMap) -> Result<Option<Rest>, String> {
    if let Some(coding) = headers.get(http::header::TRANSFER_ENCODING) {
        let coding = coding.to_str().unwrap_or_default();
        let is_chunked = coding
            .rsplit(',')
            .next()
            .is_some_and(|last| last.trim().eq_ignore_ascii_case("chunked"));
        return if is_chunked {
            Ok(Some(Rest::ChunkSize))
        } else {
            Err(format!("it is in the transfer coding `{coding}`"))
        };
    }
    let Some(length) = headers.get(http::header::CONTENT_LENGTH) else {
        return Ok(None);
    };
    let length = length
        .to_str()
        .ok()
        .and_then(|text| text.trim().parse().ok());
    length
        .map(|length| Some(Rest::Bytes(length)))
        .ok_or_else(|| "its `Content-Length` is no number".to_owned())
}

fn header_map(parsed: &[httparse::Header<'_>]) -> Option<HeaderMap> {
    let mut headers = HeaderMap::new();
    for header in parsed {
        let name = HeaderName::from_bytes(header.name.as_bytes()).ok()?;
        headers.append(name, HeaderValue::from_bytes(header.value).ok()?);
    }
    Some(headers)
}

/// A body without its compression, where that is one that we know.
fn plain(headers: &mut HeaderMap, body: Vec<u8>) -> Bytes {
    let coding = headers.get(http::header::CONTENT_ENCODING);
    let coding = coding
        .and_then(|coding| coding.to_str().ok())
        .unwrap_or_default();
    let mut plain = Vec::new();
    let most = LONGEST as u64;
    let read = match coding.trim().to_ascii_lowercase().as_str() {
        "gzip" | "x-gzip" => flate2::read::GzDecoder::new(&body[..])
            .take(most)
            .read_to_end(&mut plain),
        "deflate" => flate2::read::ZlibDecoder::new(&body[..])
            .take(most)
            .read_to_end(&mut plain),
        _ => return body.into(),
    };
    if read.is_err() {
        return body.into();
    }
    headers.remove(http::header::CONTENT_ENCODING);
    plain.into()
}
