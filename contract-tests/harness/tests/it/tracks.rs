//! A service with one list, which it pages in one of several ways: correct, and with one fault at will.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use crate::host::{Call, Reply, Service};

/// How the list is paged.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// By a `Link` header, which leads to an offset that no parameter of the document is known for.
    LinkHeader,
    /// By a member that holds the next value of a parameter.
    Cursor,
    /// By the number of the page.
    Number,
    /// By the links of HAL.
    Hal,
}

pub const KINDS: [Kind; 4] = [Kind::LinkHeader, Kind::Cursor, Kind::Number, Kind::Hal];

/// What the service does wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// Between two pages, one track is left out.
    SkipsOne,
    /// The last track of a page is the first one of the next page.
    RepeatsOne,
    /// The last page leads to the first one.
    NeverEnds,
    /// `self` of a track is that of another.
    SelfIsAnother,
    /// `first` leads to the second page.
    FirstIsSecond,
    /// Long tracks are in no list.
    LongAreUnlisted,
}

/// What differs between servers that are all right.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Place {
    /// `Location` is where the document has the track.
    #[default]
    Described,
    /// `Location` is on another server.
    OtherServer,
    /// `Location` is a path that the document does not have, and the track is there.
    Undescribed,
    /// `Location` is relative to the path of the list.
    Relative,
}

#[derive(Debug)]
pub struct Tracks {
    pub kind: Kind,
    pub fault: Option<Fault>,
    pub place: Place,
    tracks: BTreeMap<u64, Value>,
    last: u64,
    /// What the next answer has as `Link`.
    link: Option<String>,
}

/// The document of a service that pages in that way.
pub fn document(kind: Kind) -> String {
    let (parameters, header, members, media_type) = match kind {
        Kind::LinkHeader => (
            "- { name: at, in: query, schema: { type: integer, minimum: 0 } }",
            "headers: { Link: { schema: { type: string } } }",
            "items: *tracks",
            "application/json",
        ),
        Kind::Cursor => (
            "- { name: cursor, in: query, schema: { type: string } }",
            "",
            "items: *tracks\n                  next_cursor: { type: string, nullable: true }",
            "application/json",
        ),
        Kind::Number => (
            "- { name: page, in: query, schema: { type: integer, minimum: 1, maximum: 10000, default: 1 } }",
            "",
            "items: *tracks",
            "application/json",
        ),
        Kind::Hal => (
            "- { name: at, in: query, schema: { type: integer, minimum: 0 } }",
            "",
            "_embedded: { type: object, properties: { tracks: *tracks } }\n                  _links: { type: object }",
            "application/hal+json",
        ),
    };
    let members = members.replace(
        "*tracks",
        "{ type: array, items: { $ref: '#/components/schemas/Track' } }",
    );
    format!(
        "
openapi: 3.0.3
info: {{ title: Tracks, version: '1' }}
paths:
  /tracks:
    get:
      operationId: listTracks
      x-contract: {{ complete: true }}
      parameters:
        - {{ name: per_page, in: query, schema: {{ type: integer, minimum: 1, maximum: 100 }} }}
        {parameters}
      responses:
        '200':
          description: The tracks.
          {header}
          content:
            {media_type}:
              schema:
                type: object
                properties:
                  {members}
        4XX: {{ $ref: '#/components/responses/Problem' }}
    post:
      operationId: createTrack
      requestBody:
        required: true
        content: {{ application/json: {{ schema: {{ $ref: '#/components/schemas/NewTrack' }} }} }}
      responses:
        '201':
          description: The track is there.
          content: {{ {media_type}: {{ schema: {{ $ref: '#/components/schemas/Track' }} }} }}
        4XX: {{ $ref: '#/components/responses/Problem' }}
  /tracks/{{trackId}}:
    parameters:
      - {{ name: trackId, in: path, required: true, schema: {{ type: integer, format: int64 }} }}
    get:
      operationId: getTrack
      responses:
        '200':
          description: The track.
          content: {{ {media_type}: {{ schema: {{ $ref: '#/components/schemas/Track' }} }} }}
        4XX: {{ $ref: '#/components/responses/Problem' }}
    delete:
      operationId: deleteTrack
      responses:
        '204': {{ description: The track is gone. }}
        4XX: {{ $ref: '#/components/responses/Problem' }}
components:
  responses:
    Problem:
      description: The call was refused.
      content: {{ {media_type}: {{ schema: {{ type: object, properties: {{ reason: {{ type: string }} }} }} }} }}
  schemas:
    NewTrack:
      type: object
      additionalProperties: false
      required: [name, seconds]
      properties:
        name: {{ type: string, maxLength: 20 }}
        seconds: {{ type: integer, minimum: 0, maximum: 40 }}
    Track:
      type: object
      required: [id, name, seconds]
      properties:
        id: {{ type: integer, format: int64 }}
        name: {{ type: string }}
        seconds: {{ type: integer }}
"
    )
}

impl Tracks {
    pub fn new(kind: Kind, fault: Option<Fault>) -> Tracks {
        Tracks {
            kind,
            fault,
            place: Place::Described,
            tracks: BTreeMap::new(),
            last: 0,
            link: None,
        }
    }

    fn has(&self, fault: Fault) -> bool {
        self.fault == Some(fault)
    }

    fn shown(&self, id: u64) -> Value {
        let mut track = self.tracks[&id].clone();
        track["id"] = json!(id);
        if self.kind == Kind::Hal {
            let another = self.has(Fault::SelfIsAnother) && id > 1;
            let own = if another { id - 1 } else { id };
            track["_links"] = json!({ "self": { "href": format!("/tracks/{own}") } });
        }
        track
    }

    fn create(&mut self, call: &Call) -> Reply {
        self.last += 1;
        let id = self.last;
        self.tracks.insert(id, call.body.clone());
        let location = match self.place {
            Place::Described => format!("/tracks/{id}"),
            Place::OtherServer => format!("http://tracks.test/track/{id}"),
            Place::Undescribed => format!("/everything/{id}"),
            Place::Relative => format!("tracks/{id}"),
        };
        (201, Some(location), self.shown(id))
    }

    fn item(&mut self, call: &Call, id: u64) -> Reply {
        if !self.tracks.contains_key(&id) {
            return (404, None, self.refusal("no such track".to_owned()));
        }
        if call.method == http::Method::DELETE {
            self.tracks.remove(&id);
            return (204, None, Value::Null);
        }
        (200, None, self.shown(id))
    }

    fn list(&mut self, call: &Call) -> Reply {
        let number = |name: &str| call.query(name).and_then(|text| text.parse::<f64>().ok());
        let size = number("per_page").map_or(20, |n| n as usize);
        let start = match self.kind {
            Kind::LinkHeader | Kind::Hal => number("at").map_or(0, |n| n as usize),
            Kind::Number => number("page").map_or(0, |n| (n as usize - 1) * size),
            Kind::Cursor => match call.query("cursor").map(|text| text.strip_prefix("at-")) {
                None => 0,
                Some(at) => match at.and_then(|at| at.parse().ok()) {
                    Some(at) => at,
                    None => {
                        let reason = "the cursor was never given out".to_owned();
                        return (400, None, self.refusal(reason));
                    }
                },
            },
        };
        let is_listed = |id: &&u64| {
            let seconds = self.tracks[id]["seconds"].as_f64();
            !self.has(Fault::LongAreUnlisted) || seconds < Some(20.0)
        };
        let found: Vec<u64> = self.tracks.keys().filter(is_listed).copied().collect();
        let from = match self.fault {
            Some(Fault::SkipsOne) if start > 0 => start + 1,
            Some(Fault::RepeatsOne) if start > 0 => start - 1,
            // A page that there is not is the first one again.
            Some(Fault::NeverEnds) if self.kind == Kind::Number && start >= found.len() => 0,
            _ => start,
        };
        let page = found.iter().skip(from).take(size);
        let items: Vec<Value> = page.map(|id| self.shown(*id)).collect();
        let end = start + size;
        let next = match end < found.len() {
            true => Some(end),
            false if self.has(Fault::NeverEnds) && start > 0 => Some(0),
            false => None,
        };
        let address = |at: usize| format!("/tracks?per_page={size}&at={at}");
        self.link = next
            .filter(|_| self.kind == Kind::LinkHeader)
            .map(|at| format!("</tracks>; rel=\"index\", <{}>; rel=\"next\"", address(at)));
        let body = match self.kind {
            Kind::LinkHeader | Kind::Number => json!({ "items": items }),
            Kind::Cursor => {
                json!({ "items": items, "next_cursor": next.map(|at| format!("at-{at}")) })
            }
            Kind::Hal => {
                let href = |at: usize| json!({ "href": address(at) });
                let first = if self.has(Fault::FirstIsSecond) {
                    size
                } else {
                    0
                };
                let mut links = json!({ "self": { "href": call.target }, "first": href(first) });
                if let Some(next) = next {
                    links["next"] = href(next);
                }
                if start > 0 {
                    links["prev"] = href(start.saturating_sub(size));
                }
                links["last"] = href(found.len().saturating_sub(1) / size * size);
                json!({ "_embedded": { "tracks": items }, "_links": links })
            }
        };
        (200, None, body)
    }
}

impl Service for Tracks {
    fn media_type(&self) -> &'static str {
        match self.kind {
            Kind::Hal => "application/hal+json",
            _ => "application/json",
        }
    }

    fn refusal(&self, reason: String) -> Value {
        json!({ "reason": reason })
    }

    fn allow(&self, path: &str) -> Option<&'static str> {
        match path.strip_prefix("/tracks") {
            Some("") => Some("GET, POST, HEAD"),
            Some(rest) if rest.starts_with('/') && !rest[1..].contains('/') => {
                Some("GET, DELETE, HEAD")
            }
            _ => None,
        }
    }

    fn undescribed(&mut self, path: &str) -> Option<Value> {
        let id = path.strip_prefix("/everything/")?.parse().ok()?;
        let is_there = self.place == Place::Undescribed && self.tracks.contains_key(&id);
        is_there.then(|| self.shown(id))
    }

    fn answer(&mut self, call: &Call) -> Reply {
        match call.path.strip_prefix("/tracks/") {
            Some(id) => match id.parse() {
                Ok(id) => self.item(call, id),
                Err(_) => (404, None, self.refusal("no such track".to_owned())),
            },
            None if call.method == http::Method::POST => self.create(call),
            None => self.list(call),
        }
    }

    fn link(&mut self) -> Option<String> {
        self.link.take()
    }
}
