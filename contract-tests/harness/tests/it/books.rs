//! A plain JSON service with offset paging, `PATCH`, `PUT` and `DELETE`: correct, and with one fault at will.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use serde_json::{Map, Value, json};

use crate::host::{Call, Reply, Service};

pub const DOCUMENT: &str = include_str!("books.yaml");

/// What the service does wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    ForgetsWhatIsLong,
    LosesBlurb,
    PatchLoses,
    PatchIgnored,
    PutMerges,
    Undead,
    ReadingChanges,
    SkipsOne,
    RepeatsOne,
    LargePages,
    NeverEnds,
    GenreIgnored,
    PrintedAreHidden,
    TopIsLeftOut,
    Either,
    OneEndOnly,
    AlwaysUp,
    OrderByAge,
    SecondCopy,
    SameKeyOtherBook,
    LocationHasATypo,
    LongAreUnlisted,
}

type Book = Map<String, Value>;
type Test = Box<dyn Fn(&Book) -> bool>;

#[derive(Debug, Default)]
pub struct Books {
    pub fault: Option<Fault>,
    /// How many books there are.
    pub count: Arc<AtomicUsize>,
    books: BTreeMap<i64, Book>,
    /// What was sent and answered with each key.
    keys: BTreeMap<String, (Value, Value)>,
    last: i64,
    /// The books that were read since they were last changed.
    read: BTreeMap<i64, usize>,
}

impl Books {
    pub fn new(fault: Option<Fault>) -> Books {
        Books {
            fault,
            ..Books::default()
        }
    }

    fn has(&self, fault: Fault) -> bool {
        self.fault == Some(fault)
    }

    fn create(&mut self, call: &Call) -> Reply {
        let key = call.key.clone().filter(|_| !self.has(Fault::SecondCopy));
        match key.as_ref().and_then(|key| self.keys.get(key)) {
            Some((body, answer)) if *body == call.body => return (201, None, answer.clone()),
            Some(_) if !self.has(Fault::SameKeyOtherBook) => {
                return (
                    409,
                    None,
                    self.refusal("another book has that key".to_owned()),
                );
            }
            _ => {}
        }
        self.last += 1;
        let mut book = call.body.as_object().unwrap().clone();
        book.insert("id".to_owned(), json!(self.last));
        // Three books have the same instant.
        let (minute, second) = (self.last / 3 / 60, self.last / 3 % 60);
        book.insert(
            "addedAt".to_owned(),
            json!(format!(
                "2026-01-01T{:02}:{:02}:{second:02}Z",
                minute / 60,
                minute % 60
            )),
        );
        let answer = json!(book);
        self.keys
            .extend(key.map(|key| (key, (call.body.clone(), answer.clone()))));
        if self.has(Fault::LosesBlurb) {
            book.remove("blurb");
        }
        let is_kept = !self.has(Fault::ForgetsWhatIsLong) || book["pages"].as_i64() < Some(20);
        if is_kept {
            self.books.insert(self.last, book);
        }
        let place = match self.fault {
            Some(Fault::LocationHasATypo) => "book",
            _ => "books",
        };
        (201, Some(format!("/{place}/{}", self.last)), answer)
    }

    fn item(&mut self, call: &Call, id: i64) -> Reply {
        let gone = (404, None, self.refusal("no such book".to_owned()));
        let fault = self.fault;
        let Some(book) = self.books.get_mut(&id) else {
            return gone;
        };
        if call.method != http::Method::GET {
            self.read.remove(&id);
        }
        match call.method.as_str() {
            "DELETE" => {
                if fault != Some(Fault::Undead) {
                    self.books.remove(&id);
                }
                return (204, None, Value::Null);
            }
            "PATCH" => {
                for (name, value) in call.body.as_object().unwrap() {
                    match value {
                        Value::Null => book.remove(name),
                        _ if name == "pages" && fault == Some(Fault::PatchIgnored) => None,
                        value => book.insert(name.clone(), value.clone()),
                    };
                }
                if fault == Some(Fault::PatchLoses) && call.body.get("inPrint").is_none() {
                    book.remove("inPrint");
                }
            }
            "PUT" => {
                let mut new = call.body.as_object().unwrap().clone();
                if fault == Some(Fault::PutMerges) {
                    new.remove("genre");
                }
                for name in ["id", "addedAt"] {
                    new.insert(name.to_owned(), book[name].clone());
                }
                *book = new;
            }
            _ => {
                let times = self.read.entry(id).or_default();
                if fault == Some(Fault::ReadingChanges) && *times > 0 {
                    book.insert("blurb".to_owned(), json!(format!("read {times} times")));
                }
                *times += 1;
            }
        }
        (200, None, json!(book))
    }

    fn list(&mut self, call: &Call) -> Reply {
        let number = |name: &str| call.query(name).and_then(|text| text.parse::<f64>().ok());
        let pages = |book: &Book| book["pages"].as_f64().unwrap();
        let text =
            |book: &Book, name: &str| book.get(name).and_then(Value::as_str).map(str::to_owned);
        let mut tests: Vec<Test> = Vec::new();
        for name in ["genre", "title"] {
            if let Some(wanted) = call
                .query(name)
                .filter(|_| name != "genre" || !self.has(Fault::GenreIgnored))
            {
                let wanted = wanted.to_owned();
                tests.push(Box::new(move |book| {
                    text(book, name).as_ref() == Some(&wanted)
                }));
            }
        }
        if let Some(wanted) = call.query("inPrint") {
            let (wanted, hides) = (json!(wanted == "true"), self.has(Fault::PrintedAreHidden));
            tests.push(Box::new(move |book| {
                book.get("inPrint") == Some(&wanted) && !(hides && pages(book) > 10.0)
            }));
        }
        if let Some(least) = number("min_pages") {
            tests.push(Box::new(move |book| pages(book) >= least));
        }
        if let Some(most) = number("max_pages") {
            let left_out = self.has(Fault::TopIsLeftOut);
            tests.push(Box::new(move |book| {
                pages(book) < most || (pages(book) == most && !left_out)
            }));
        }
        let (since, until) = (
            call.query("since").map(instant),
            call.query("until").map(instant),
        );
        if let Some(since) = since {
            tests.push(Box::new(move |book| {
                instant(book["addedAt"].as_str().unwrap()) >= since
            }));
        }
        if let Some(until) = until.filter(|_| since.is_none() || !self.has(Fault::OneEndOnly)) {
            tests.push(Box::new(move |book| {
                instant(book["addedAt"].as_str().unwrap()) < until
            }));
        }
        if self.has(Fault::LongAreUnlisted) {
            tests.push(Box::new(move |book| pages(book) < 20.0));
        }
        let any = self.has(Fault::Either) && tests.len() > 1;
        let mut found: Vec<&Book> = self
            .books
            .values()
            .filter(|book| {
                if any {
                    tests.iter().any(|test| test(book))
                } else {
                    tests.iter().all(|test| test(book))
                }
            })
            .collect();
        let sort = call.query("sort").unwrap_or("addedAt");
        match sort.trim_start_matches('-') {
            "title" => found.sort_by_key(|book| text(book, "title")),
            "pages" if !self.has(Fault::OrderByAge) => found.sort_by_key(|book| pages(book) as i64),
            _ => {}
        }
        if sort.starts_with('-') && !self.has(Fault::AlwaysUp) {
            found.reverse();
        }
        let limit =
            number("limit").map_or(8, |n| n as usize) + usize::from(self.has(Fault::LargePages));
        let mut offset = number("offset").map_or(0, |n| n as usize);
        match self.fault {
            Some(Fault::SkipsOne) if offset > 0 => offset += 1,
            Some(Fault::RepeatsOne) if offset > 0 => offset -= 1,
            Some(Fault::NeverEnds) if offset >= found.len() => {
                offset = found.len().saturating_sub(1)
            }
            _ => {}
        }
        let items: Vec<&&Book> = found.iter().skip(offset).take(limit).collect();
        (200, None, json!({ "items": items, "total": found.len() }))
    }
}

/// An instant in microseconds, so that zones compare.
fn instant(text: &str) -> i128 {
    let number = |from: usize, to: usize| text[from..to].parse::<i128>().unwrap();
    let (year, month, day) = (number(0, 4), number(5, 7), number(8, 10));
    // Days since a year that starts in March.
    let (year, month) = if month > 2 {
        (year, month - 3)
    } else {
        (year - 1, month + 9)
    };
    let days = 365 * year + year.div_euclid(4) - year.div_euclid(100)
        + year.div_euclid(400)
        + (153 * month + 2) / 5
        + day;
    let mut seconds = ((days * 24 + number(11, 13)) * 60 + number(14, 16)) * 60 + number(17, 19);
    let rest = &text[19..];
    let digits: String = rest
        .strip_prefix('.')
        .unwrap_or_default()
        .chars()
        .take_while(char::is_ascii_digit)
        .collect();
    let zone = rest
        .trim_start_matches('.')
        .trim_start_matches(|c: char| c.is_ascii_digit());
    if zone.len() == 6 {
        let minutes = zone[1..3].parse::<i128>().unwrap() * 60 + zone[4..].parse::<i128>().unwrap();
        seconds -= if zone.starts_with('-') {
            -minutes * 60
        } else {
            minutes * 60
        };
    }
    let micros = format!("{digits:0<6}")[..6].parse::<i128>().unwrap();
    seconds * 1_000_000 + micros
}

impl Service for Books {
    fn media_type(&self) -> &'static str {
        "application/json"
    }

    fn refusal(&self, reason: String) -> Value {
        json!({ "reason": reason })
    }

    fn allow(&self, path: &str) -> Option<&'static str> {
        match path.strip_prefix("/books") {
            Some("") => Some("GET, POST, HEAD"),
            Some(rest) if rest.starts_with('/') && !rest[1..].contains('/') => {
                Some("GET, PATCH, PUT, DELETE, HEAD")
            }
            _ => None,
        }
    }

    fn answer(&mut self, call: &Call) -> Reply {
        let reply = match call.path.strip_prefix("/books/") {
            Some(id) => match id.parse() {
                Ok(id) => self.item(call, id),
                Err(_) => (404, None, self.refusal("no such book".to_owned())),
            },
            None if call.method == http::Method::POST => self.create(call),
            None => self.list(call),
        };
        self.count.store(self.books.len(), Ordering::Relaxed);
        reply
    }
}
