//! A server for `things.json`, written by hand and correct, and with one fault at will.

use std::collections::BTreeMap;
use std::convert::Infallible;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use bytes::Bytes;
use http::{Method, Request, Response, StatusCode};
use http_body_util::{BodyExt, Full};
use hyper::body::Incoming;
use hyper_util::rt::TokioIo;
use serde_json::{Map, Value, json};
use tokio::net::TcpListener;

/// What the server does wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    WrongStatus,
    UndeclaredStatus,
    MissingMember,
    WrongRefusal,
    NotJson,
    UncheckedBearer,
    UncheckedKey,
    AnyKey,
    LongNames,
    ShortNames,
    UncheckedCount,
    UnknownMembers,
    UncheckedLimit,
    UncheckedColors,
    NoNull,
    WrongContentType,
    OptionalTag,
    NoLocation,
    FailsOnBoundary,
    TrailingBytes,
    EmptyBody,
    AnyMediaType,
    AnyAccept,
    UndeclaredMethod,
    NoAllow,
    LostNote,
    LostNulls,
    LocalTime,
    WrongId,
    WrongLocation,
    Forgets,
    Drops,
    Hangs,
    SaysTheKey,
}

pub const BEARER: &str = "token-of-the-caller";
pub const KEY: &str = "key-of-the-service";

type Store = BTreeMap<i64, Map<String, Value>>;

/// A server that runs until it is dropped.
pub struct Server {
    pub base_url: String,
    /// Every request, as one text.
    pub requests: Arc<Mutex<Vec<String>>>,
    task: tokio::task::JoinHandle<()>,
}

impl Drop for Server {
    fn drop(&mut self) {
        self.task.abort();
    }
}

pub async fn start(fault: Option<Fault>) -> Server {
    serve(TcpListener::bind("127.0.0.1:0").await.unwrap(), fault)
}

/// Serves whoever comes to the listener.
pub fn serve(listener: TcpListener, fault: Option<Fault>) -> Server {
    let base_url = format!("http://{}", listener.local_addr().unwrap());
    let store = Arc::new(Mutex::new(Store::new()));
    let requests = Arc::new(Mutex::new(Vec::new()));
    let seen = requests.clone();
    let task = tokio::spawn(async move {
        loop {
            let Ok((stream, _)) = listener.accept().await else {
                continue;
            };
            stream.set_nodelay(true).unwrap();
            let (store, seen) = (store.clone(), seen.clone());
            tokio::spawn(async move {
                let service = hyper::service::service_fn(move |request| {
                    let (store, seen) = (store.clone(), seen.clone());
                    async move { answer(request, &store, &seen, fault).await }
                });
                hyper::server::conn::http1::Builder::new()
                    // Two runs have the same answers, whatever the hour.
                    .auto_date_header(false)
                    .serve_connection(TokioIo::new(stream), service)
                    .await
                    .ok();
            });
        }
    });
    Server {
        base_url,
        requests,
        task,
    }
}

/// The connection is dropped without an answer.
#[derive(Debug)]
struct Dropped;

impl std::fmt::Display for Dropped {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("dropped")
    }
}

impl std::error::Error for Dropped {}

async fn answer(
    request: Request<Incoming>,
    store: &Mutex<Store>,
    seen: &Mutex<Vec<String>>,
    fault: Option<Fault>,
) -> Result<Response<Full<Bytes>>, Dropped> {
    let (head, body) = request.into_parts();
    let Ok(body) = body.collect().await.map_err(|_: hyper::Error| ()) else {
        return Err(Dropped);
    };
    let call = Call {
        head,
        body: body.to_bytes(),
        fault,
    };
    seen.lock().unwrap().push(call.text());
    let note = call.head.method == Method::POST
        && call.json().is_some_and(|value| value["note"].is_string());
    match fault {
        Some(Fault::Drops) if note => return Err(Dropped),
        Some(Fault::Hangs) if note => tokio::time::sleep(Duration::from_secs(60)).await,
        _ => {}
    }
    let never: Result<_, Infallible> = Ok(call.answer(&mut store.lock().unwrap()));
    never.map_err(|_| Dropped)
}

struct Call {
    head: http::request::Parts,
    body: Bytes,
    fault: Option<Fault>,
}

type Refusal = (StatusCode, String);

fn refuse<T>(status: StatusCode, reason: impl Into<String>) -> Result<T, Refusal> {
    Err((status, reason.into()))
}

impl Call {
    fn has(&self, fault: Fault) -> bool {
        self.fault == Some(fault)
    }

    fn header(&self, name: &str) -> Option<&str> {
        self.head
            .headers
            .get(name)
            .and_then(|value| value.to_str().ok())
    }

    fn json(&self) -> Option<Value> {
        serde_json::from_slice(&self.body).ok()
    }

    fn text(&self) -> String {
        let headers: Vec<String> = self
            .head
            .headers
            .iter()
            .filter(|(name, _)| *name != "host")
            .map(|(name, value)| format!("{name}: {value:?}"))
            .collect();
        format!(
            "{} {}\n{}\n{:?}",
            self.head.method,
            self.head.uri,
            headers.join("\n"),
            self.body
        )
    }

    fn answer(&self, store: &mut Store) -> Response<Full<Bytes>> {
        match self.route(store) {
            Ok(response) => response,
            Err((status, _))
                if self.has(Fault::WrongRefusal) && status == StatusCode::UNAUTHORIZED =>
            {
                json_response(status, &json!({ "error": "no" }))
            }
            Err((status, reason)) => {
                let mut response = json_response(status, &json!({ "reason": reason }));
                if status == StatusCode::METHOD_NOT_ALLOWED && !self.has(Fault::NoAllow) {
                    let allow = if self.head.uri.path() == "/things" {
                        "GET, POST"
                    } else {
                        "GET, DELETE"
                    };
                    response
                        .headers_mut()
                        .insert("Allow", allow.parse().unwrap());
                }
                response
            }
        }
    }

    fn route(&self, store: &mut Store) -> Result<Response<Full<Bytes>>, Refusal> {
        let path = self.head.uri.path();
        if path == "/things" {
            return match self.head.method {
                Method::GET | Method::HEAD => self.list(store),
                Method::POST => self.create(store),
                _ => refuse(StatusCode::METHOD_NOT_ALLOWED, "no such method"),
            };
        }
        let Some(id) = path.strip_prefix("/things/") else {
            return refuse(StatusCode::NOT_FOUND, "no such path");
        };
        match self.head.method {
            Method::GET | Method::HEAD => self.get(store, id),
            Method::DELETE => self.delete(store, id),
            Method::PUT if self.has(Fault::UndeclaredMethod) => {
                Ok(json_response(StatusCode::OK, &json!({})))
            }
            _ => refuse(StatusCode::METHOD_NOT_ALLOWED, "no such method"),
        }
    }

    fn authorize(&self) -> Result<(), Refusal> {
        let bearers: Vec<_> = self.head.headers.get_all("authorization").iter().collect();
        let bearer = self
            .header("authorization")
            .and_then(|value| value.strip_prefix("Bearer "));
        let is_bearer = bearers.len() == 1 && bearer == Some(BEARER);
        let is_key = match self.header("x-key") {
            Some(key) if self.has(Fault::AnyKey) => key == KEY || Some(key) == bearer,
            key => key == Some(KEY),
        };
        if (!is_bearer && !self.has(Fault::UncheckedBearer))
            || (!is_key && !self.has(Fault::UncheckedKey))
        {
            return refuse(StatusCode::UNAUTHORIZED, "who are you?");
        }
        Ok(())
    }

    fn list(&self, store: &Store) -> Result<Response<Full<Bytes>>, Refusal> {
        self.authorize()?;
        if self.has(Fault::SaysTheKey) {
            let key = self.header("x-key").unwrap_or_default();
            let reason = format!("the key was {key}");
            return refuse(StatusCode::INTERNAL_SERVER_ERROR, reason);
        }
        let query = self.head.uri.query().unwrap_or_default();
        let mut limit = 10;
        for (name, value) in query
            .split('&')
            .filter(|pair| !pair.is_empty())
            .filter_map(|pair| pair.split_once('='))
        {
            let bad = |reason: &str| refuse(StatusCode::BAD_REQUEST, format!("{name}: {reason}"));
            match name {
                "limit" => match value.parse::<i128>() {
                    Ok(n) if (1..=50).contains(&n) => limit = n as usize,
                    Ok(_) if self.has(Fault::UncheckedLimit) => {}
                    _ => return bad("not from 1 to 50"),
                },
                "colors" => {
                    let known = |color: &str| matches!(color, "red" | "green" | "blue");
                    if !value.split(',').all(known) && !self.has(Fault::UncheckedColors) {
                        return bad("no such color");
                    }
                }
                "page_token" => return bad("never issued"),
                _ => {}
            }
        }
        let things: Vec<Value> = store
            .iter()
            .rev()
            .take(limit)
            .map(|(_, thing)| json!(thing))
            .collect();
        Ok(json_response(StatusCode::OK, &json!(things)))
    }

    fn create(&self, store: &mut Store) -> Result<Response<Full<Bytes>>, Refusal> {
        self.authorize()?;
        let accept = self.header("accept").unwrap_or("*/*").to_ascii_lowercase();
        let mut ranges = accept.split(',').map(str::trim);
        let is_json = |range: &str| {
            let (range, quality) = range.split_once(";q=").unwrap_or((range, "1"));
            matches!(range, "application/json" | "application/*" | "*/*") && quality != "0"
        };
        if !ranges.any(is_json) && !self.has(Fault::AnyAccept) {
            return refuse(StatusCode::NOT_ACCEPTABLE, "only JSON is spoken here");
        }
        let is_tag = |tag: &str| {
            (4..=40).contains(&tag.len())
                && tag
                    .bytes()
                    .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
        };
        match self.header("request-tag") {
            Some(tag) if is_tag(tag) => {}
            None if self.has(Fault::OptionalTag) => {}
            _ => {
                return refuse(
                    StatusCode::BAD_REQUEST,
                    "Request-Tag is missing or malformed",
                );
            }
        }
        if self.header("content-type") != Some("application/json")
            && !self.body.is_empty()
            && !self.has(Fault::AnyMediaType)
        {
            return refuse(StatusCode::UNSUPPORTED_MEDIA_TYPE, "only JSON is read here");
        }
        let mut stream = serde_json::Deserializer::from_slice(&self.body).into_iter::<Value>();
        let value = match stream.next() {
            Some(Ok(value)) => value,
            None if self.has(Fault::EmptyBody) => json!({ "name": "unnamed" }),
            _ => return refuse(StatusCode::BAD_REQUEST, "not JSON"),
        };
        if stream.next().is_some() && !self.has(Fault::TrailingBytes) {
            return refuse(StatusCode::BAD_REQUEST, "more than JSON");
        }
        let Value::Object(mut thing) = value else {
            return refuse(StatusCode::UNPROCESSABLE_ENTITY, "no object");
        };
        if !thing.contains_key("name") {
            return refuse(StatusCode::UNPROCESSABLE_ENTITY, "name is missing");
        }
        for (name, value) in &thing {
            if !self.is_valid(name, value) {
                return refuse(
                    StatusCode::UNPROCESSABLE_ENTITY,
                    format!("{name} is not valid"),
                );
            }
        }
        if self.has(Fault::FailsOnBoundary) && thing.get("count") == Some(&json!(100)) {
            return refuse(StatusCode::INTERNAL_SERVER_ERROR, "overflow");
        }
        thing.remove("secret");
        let mut answer = thing.clone();
        if let (true, Some(Value::Object(extra))) =
            (self.has(Fault::LostNulls), thing.get_mut("extra"))
        {
            extra.retain(|_, value| !value.is_null());
        }
        if self.has(Fault::LostNote) {
            thing.remove("note");
        }
        if self.has(Fault::LocalTime)
            && let Some(Value::String(at)) = thing.get_mut("at")
        {
            *at = at.replace('Z', "+01:00");
        }
        let id = new_id(
            store,
            &self.body,
            self.header("request-tag").unwrap_or_default(),
        );
        thing.insert("id".to_owned(), json!(id));
        answer.insert("id".to_owned(), json!(id));
        store.insert(id, thing);
        let (status, location) = match self.fault {
            Some(Fault::WrongStatus) => (StatusCode::OK, id),
            Some(Fault::WrongLocation) => (StatusCode::CREATED, 0),
            _ => (StatusCode::CREATED, id),
        };
        let mut response = json_response(status, &Value::Object(answer));
        if !self.has(Fault::NoLocation) {
            response
                .headers_mut()
                .insert("Location", format!("/things/{location}").parse().unwrap());
        }
        Ok(response)
    }

    fn is_valid(&self, name: &str, value: &Value) -> bool {
        let length = |text: &str| text.chars().count();
        match (name, value) {
            ("name", Value::String(text)) => match self.fault {
                Some(Fault::LongNames) => length(text) >= 1,
                Some(Fault::ShortNames) => (1..20).contains(&length(text)),
                _ => (1..=20).contains(&length(text)),
            },
            ("count", Value::Number(_)) if self.has(Fault::UncheckedCount) => true,
            ("count", Value::Number(n)) => n
                .as_f64()
                .is_some_and(|n| n.fract() == 0.0 && (0.0..=100.0).contains(&n)),
            ("color", Value::String(text)) => matches!(text.as_str(), "red" | "green" | "blue"),
            ("at", Value::String(text)) => is_date_time(text),
            ("tags", Value::Array(tags)) => {
                tags.len() <= 3
                    && tags
                        .iter()
                        .all(|tag| tag.as_str().is_some_and(|tag| length(tag) <= 5))
                    && tags
                        .iter()
                        .enumerate()
                        .all(|(i, tag)| !tags[..i].contains(tag))
            }
            ("note", Value::Null) => !self.has(Fault::NoNull),
            ("note" | "secret", Value::String(_)) | ("extra", Value::Object(_)) => true,
            ("name" | "count" | "color" | "at" | "tags" | "note" | "extra" | "secret", _) => false,
            _ => self.has(Fault::UnknownMembers),
        }
    }

    fn get(&self, store: &Store, id: &str) -> Result<Response<Full<Bytes>>, Refusal> {
        self.authorize()?;
        if self.has(Fault::UndeclaredStatus) && id.parse::<i64>().is_err() {
            return refuse(StatusCode::IM_A_TEAPOT, "no number");
        }
        let thing = id.parse().ok().and_then(|id: i64| store.get(&id));
        let Some(mut thing) = thing.cloned() else {
            return refuse(StatusCode::NOT_FOUND, "no such thing");
        };
        match self.fault {
            Some(Fault::Forgets) if thing.contains_key("color") => {
                return refuse(StatusCode::NOT_FOUND, "no such thing");
            }
            Some(Fault::MissingMember) => {
                thing.remove("name");
            }
            Some(Fault::WrongId) => {
                thing.insert("id".to_owned(), json!(1));
            }
            Some(Fault::NotJson) => {
                let mut response = json_response(StatusCode::OK, &Value::Null);
                *response.body_mut() = Full::new(Bytes::from_static(b"{'id': 1}"));
                return Ok(response);
            }
            _ => {}
        }
        let mut response = json_response(StatusCode::OK, &Value::Object(thing));
        if self.has(Fault::WrongContentType) {
            response
                .headers_mut()
                .insert("Content-Type", "text/html".parse().unwrap());
        }
        Ok(response)
    }

    fn delete(&self, store: &mut Store, id: &str) -> Result<Response<Full<Bytes>>, Refusal> {
        self.authorize()?;
        match id.parse().ok().and_then(|id: i64| store.remove(&id)) {
            Some(_) => Ok(Response::builder()
                .status(204)
                .body(Full::default())
                .unwrap()),
            None => refuse(StatusCode::NOT_FOUND, "no such thing"),
        }
    }
}

/// An id that follows from what is created, not from when, so that two runs see the same ids.
fn new_id(store: &Store, body: &[u8], tag: &str) -> i64 {
    let mut id = 1_000_003_i64;
    for byte in body.iter().chain(tag.as_bytes()) {
        id = (id * 31 + i64::from(*byte)) % 1_000_000_007;
    }
    (id + 2..).find(|id| !store.contains_key(id)).unwrap()
}

fn json_response(status: StatusCode, value: &Value) -> Response<Full<Bytes>> {
    Response::builder()
        .status(status)
        .header("Content-Type", "application/json")
        .body(Full::new(Bytes::from(serde_json::to_vec(value).unwrap())))
        .unwrap()
}

/// RFC 3339, by hand; leap seconds only where they can be.
fn is_date_time(text: &str) -> bool {
    let number = |from: usize, to: usize| -> Option<u32> {
        text.get(from..to)
            .filter(|t| t.bytes().all(|b| b.is_ascii_digit()))?
            .parse()
            .ok()
    };
    let sign = |at: usize, of: &str| text.get(at..at + 1).is_some_and(|c| of.contains(c));
    let parts = (
        number(0, 4),
        number(5, 7),
        number(8, 10),
        number(11, 13),
        number(14, 16),
        number(17, 19),
    );
    let (Some(year), Some(month), Some(day), Some(hour), Some(minute), Some(second)) = parts else {
        return false;
    };
    if !(sign(4, "-") && sign(7, "-") && sign(10, "Tt") && sign(13, ":") && sign(16, ":")) {
        return false;
    }
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let days = match month {
        2 => 28 + u32::from(leap),
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    };
    if !(1..=12).contains(&month)
        || !(1..=days).contains(&day)
        || hour > 23
        || minute > 59
        || second > 60
    {
        return false;
    }
    let rest = &text[19..];
    let zone = match rest.strip_prefix('.') {
        Some(rest) => {
            let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
            if digits == 0 {
                return false;
            }
            &rest[digits..]
        }
        None => rest,
    };
    let is_offset = |zone: &str| {
        zone.len() == 6
            && zone.is_ascii()
            && "+-".contains(&zone[..1])
            && &zone[3..4] == ":"
            && zone[1..3].parse::<u8>().is_ok_and(|h| h < 24)
            && zone[4..].parse::<u8>().is_ok_and(|m| m < 60)
    };
    matches!(zone, "Z" | "z") || is_offset(zone)
}
