//! A JSON:API service with cursors: correct, and with one fault at will.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use crate::host::{Call, Reply, Service};

pub const DOCUMENT: &str = include_str!("articles.yaml");

/// What the service does wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    AnyToken,
    NextSkips,
    NextTurnsRound,
    PrevIsNext,
    SelfIsFirst,
    SelfIsAnother,
    AuthorIgnored,
    LocationIsWrong,
    PatchIsForgotten,
    LastIsFirst,
    RelatedIsAnother,
    RelatedIsGone,
}

#[derive(Debug, Default)]
pub struct Articles {
    pub fault: Option<Fault>,
    /// What was sent, by id.
    articles: BTreeMap<u64, Value>,
    last: u64,
}

impl Articles {
    pub fn new(fault: Option<Fault>) -> Articles {
        Articles {
            fault,
            ..Articles::default()
        }
    }

    fn has(&self, fault: Fault) -> bool {
        self.fault == Some(fault)
    }

    fn shown(&self, id: u64) -> Value {
        let mut article = self.articles[&id].clone();
        article["id"] = json!(id.to_string());
        let link = if self.has(Fault::SelfIsAnother) && id > 1 {
            id - 1
        } else {
            id
        };
        article["links"] = json!({ "self": format!("/articles/{link}") });
        let previous = self.articles.range(..id).next_back().map(|(id, _)| *id);
        let related = match self.fault {
            Some(Fault::RelatedIsAnother) => Some(id),
            Some(Fault::RelatedIsGone) => Some(999_999_999),
            _ => previous,
        };
        article["relationships"]["previous"] = json!({
            "data": previous.map(|id| json!({ "type": "articles", "id": id.to_string() })),
            "links": { "related": related.map(|id| format!("/articles/{id}")) },
        });
        article
    }

    fn document(&self, id: u64) -> Value {
        json!({ "data": self.shown(id), "links": { "self": format!("/articles/{id}") } })
    }

    fn create(&mut self, call: &Call) -> Reply {
        self.last += 1;
        self.articles.insert(self.last, call.body["data"].clone());
        let at = if self.has(Fault::LocationIsWrong) {
            999_999_999
        } else {
            self.last
        };
        (
            201,
            Some(format!("/articles/{at}")),
            self.document(self.last),
        )
    }

    fn item(&mut self, call: &Call, id: u64) -> Reply {
        if !self.articles.contains_key(&id) {
            return (404, None, self.refusal("no such article".to_owned()));
        }
        match call.method.as_str() {
            "DELETE" => {
                self.articles.remove(&id);
                (204, None, Value::Null)
            }
            "PATCH" if call.body["data"]["id"] != json!(id.to_string()) => (
                409,
                None,
                self.refusal("the body is of another article".to_owned()),
            ),
            "PATCH" => {
                let before = self.articles[&id].clone();
                for (name, value) in call.body["data"]["attributes"]
                    .as_object()
                    .into_iter()
                    .flatten()
                {
                    self.articles.get_mut(&id).unwrap()["attributes"][name] = value.clone();
                }
                let answer = self.document(id);
                if self.has(Fault::PatchIsForgotten) {
                    self.articles.insert(id, before);
                }
                (200, None, answer)
            }
            _ => (200, None, self.document(id)),
        }
    }

    fn list(&self, call: &Call) -> Reply {
        let number = |name: &str| call.query(name).and_then(|text| text.parse::<f64>().ok());
        let words = |article: &Value| article["attributes"]["words"].as_f64().unwrap();
        let sort = call.query("sort").unwrap_or("-id");
        let mut found: Vec<u64> = self
            .articles
            .iter()
            .filter(|(_, article)| {
                let author = &article["relationships"]["author"]["data"]["id"];
                call.query("filter[status]")
                    .is_none_or(|status| article["attributes"]["status"] == *status)
                    && (call
                        .query("filter[author][id]")
                        .is_none_or(|id| *author == *id)
                        || self.has(Fault::AuthorIgnored))
                    && number("filter[words][gte]").is_none_or(|least| words(article) >= least)
                    && number("filter[words][lt]").is_none_or(|most| words(article) < most)
            })
            .map(|(id, _)| *id)
            .collect();
        if sort.ends_with("words") {
            found.sort_by_key(|id| words(&self.articles[id]) as u64);
        }
        if sort.starts_with('-') {
            found.reverse();
        }
        let size = number("page[size]").map_or(9, |n| n as usize);
        // A position is that of an article, signed by how it is written.
        let position = |name: &str| match call.query(name) {
            None => Ok(None),
            Some(token) => {
                let id = token
                    .strip_prefix("at-")
                    .and_then(|id| id.parse::<u64>().ok());
                let at = id.and_then(|id| found.iter().position(|each| *each == id));
                match at {
                    Some(at) => Ok(Some(at)),
                    None if self.has(Fault::AnyToken) => Ok(None),
                    None => Err((
                        400,
                        None,
                        self.refusal(format!("{name} was never given out")),
                    )),
                }
            }
        };
        let (after, before) = match (position("page[after]"), position("page[before]")) {
            (Ok(after), Ok(before)) => (after, before),
            (Err(refusal), _) | (_, Err(refusal)) => return refusal,
        };
        let start = match (after, before) {
            (Some(after), _) => after + 1 + usize::from(self.has(Fault::NextSkips)),
            (None, Some(before)) => before.saturating_sub(size),
            (None, None) => 0,
        };
        let end = (start + size)
            .min(before.unwrap_or(found.len()))
            .min(found.len());
        let page = found.get(start..end.max(start)).unwrap_or_default();
        let link = |name: &str, value: String| {
            let kept = call
                .query
                .iter()
                .filter(|(n, _)| n != "page[after]" && n != "page[before]");
            let mut pairs: Vec<String> = kept
                .map(|(n, v)| format!("{}={v}", n.replace('[', "%5B").replace(']', "%5D")))
                .collect();
            if !name.is_empty() {
                pairs.push(format!("page%5B{name}%5D={value}"));
            }
            if pairs.is_empty() {
                "/articles".to_owned()
            } else {
                format!("/articles?{}", pairs.join("&"))
            }
        };
        let turns_round = self.has(Fault::NextTurnsRound) && start > 0;
        let next = page.last().filter(|_| end < found.len()).map(|id| {
            if turns_round {
                link("", String::new())
            } else {
                link("after", format!("at-{id}"))
            }
        });
        let prev = page
            .first()
            .filter(|_| start > 0)
            .map(|id| link("before", format!("at-{id}")));
        let prev = if self.has(Fault::PrevIsNext) && prev.is_some() {
            next.clone()
        } else {
            prev
        };
        let own = if self.has(Fault::SelfIsFirst) {
            "/articles?page%5Bsize%5D=1".to_owned()
        } else {
            call.target.clone()
        };
        let last = found.len().saturating_sub(1) / size * size;
        let last = match last
            .checked_sub(1)
            .filter(|_| !self.has(Fault::LastIsFirst))
        {
            Some(before) => link("after", format!("at-{}", found[before])),
            None => link("", String::new()),
        };
        let first = link("", String::new());
        let links =
            json!({ "self": own, "first": first, "last": last, "next": next, "prev": prev });
        let data: Vec<Value> = page.iter().map(|id| self.shown(*id)).collect();
        (200, None, json!({ "data": data, "links": links }))
    }
}

impl Service for Articles {
    fn media_type(&self) -> &'static str {
        "application/vnd.api+json"
    }

    fn refusal(&self, reason: String) -> Value {
        json!({ "errors": [{ "detail": reason }] })
    }

    fn allow(&self, path: &str) -> Option<&'static str> {
        match path.strip_prefix("/articles") {
            Some("") => Some("GET, POST, HEAD"),
            Some(rest) if rest.starts_with('/') && !rest[1..].contains('/') => {
                Some("GET, PATCH, DELETE, HEAD")
            }
            _ => None,
        }
    }

    fn answer(&mut self, call: &Call) -> Reply {
        match call.path.strip_prefix("/articles/") {
            Some(id) => match id.parse() {
                Ok(id) => self.item(call, id),
                Err(_) => (404, None, self.refusal("no such article".to_owned())),
            },
            None if call.method == http::Method::POST => self.create(call),
            None => self.list(call),
        }
    }
}
