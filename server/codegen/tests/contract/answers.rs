//! The generated server of `answers/document.yaml`, on a real port: what becomes of answers that break the document.

use std::fmt::Write as _;
use std::io::{Read, Write as _};
use std::net::TcpStream;
use std::sync::{Arc, Mutex};

use dropshot_runtime::slog::{Drain, KV, Key, Logger, Never, OwnedKVList, Record, Serializer, o};
use dropshot_runtime::{
    Call, Cause, Credential, Denial, Gateway, Refusal, Rejection, ResponseChecks, Service,
};
use http::StatusCode;

mod api {
    include!("../answers/server.rs");
}

use api::types::{Problem, Word};
use api::{
    Answers, FindWordsRequest, FindWordsResponse, GetWordOkBody, GetWordRequest, GetWordResponse,
    PutWordRequest, PutWordResponse,
};

/// A service whose faults are told in the document's form, or in one that the document has not.
struct Words {
    fault: &'static str,
}

impl Service for Words {
    type Caller = ();

    async fn authenticate(&self, _: &[Credential], _: &[&str]) -> Result<(), Denial> {
        Ok(())
    }

    fn refuse(&self, rejection: &Rejection) -> Refusal {
        let (status, body) = match rejection.cause {
            Cause::Query => (StatusCode::BAD_REQUEST, "{\"message\": 5}"),
            Cause::Accept(_) => (StatusCode::SERVICE_UNAVAILABLE, "not declared"),
            _ => (StatusCode::INTERNAL_SERVER_ERROR, self.fault),
        };
        Refusal {
            status,
            headers: Vec::new(),
            content_type: "application/json",
            body: body.into(),
        }
    }
}

impl Answers for Words {
    async fn get_word(&self, _: Call<()>, request: GetWordRequest) -> GetWordResponse {
        let json = |word: Word| GetWordResponse::Ok {
            body: GetWordOkBody::Json(word),
        };
        let word = |text: &str| Word {
            text: text.to_owned(),
            letters: None,
            key: None,
        };
        let problem = |status, message: &str| GetWordResponse::Status4xx {
            status,
            body: Problem {
                message: message.to_owned(),
            },
        };
        match request.word.as_str() {
            "long" => json(word("longer")),
            "letters" => json(Word {
                letters: Some(vec!["a".to_owned(); 3]),
                ..word("longer")
            }),
            "key" => json(Word {
                key: Some("secret".to_owned()),
                ..word("a")
            }),
            "text" => GetWordResponse::Ok {
                body: GetWordOkBody::Text("longer".to_owned()),
            },
            "image" => GetWordResponse::Ok {
                body: GetWordOkBody::Stream {
                    content_type: "image/png".to_owned(),
                    body: "longer".into(),
                },
            },
            // A media type that the document has not, and one that is none.
            "style" | "any-image" => GetWordResponse::Ok {
                body: GetWordOkBody::Stream {
                    content_type: if request.word == "style" {
                        "text/css".to_owned()
                    } else {
                        "image/*".to_owned()
                    },
                    body: "longer".into(),
                },
            },
            "empty" => GetWordResponse::NoContent,
            "gone" => problem(StatusCode::GONE, "it is gone"),
            "gone-long" => problem(StatusCode::GONE, "it is gone and will never come back"),
            "moved" => problem(StatusCode::FOUND, "a status of another range"),
            "ok" => problem(StatusCode::OK, "another status's"),
            _ => json(word("word")),
        }
    }

    async fn put_word(&self, _: Call<()>, _: PutWordRequest) -> PutWordResponse {
        PutWordResponse::NoContent
    }

    async fn find_words(&self, _: Call<()>, request: FindWordsRequest) -> FindWordsResponse {
        FindWordsResponse::Ok {
            body: format!("{request:?}"),
        }
    }
}

/// A log that keeps its lines.
#[derive(Clone, Default)]
struct Lines(Arc<Mutex<Vec<String>>>);

impl Drain for Lines {
    type Ok = ();
    type Err = Never;

    fn log(&self, record: &Record, _: &OwnedKVList) -> Result<(), Never> {
        struct Pairs(Vec<String>);
        impl Serializer for Pairs {
            fn emit_arguments(
                &mut self,
                key: Key,
                value: &std::fmt::Arguments,
            ) -> dropshot_runtime::slog::Result {
                self.0.push(format!("{key}={value}"));
                Ok(())
            }
        }
        if record.level() != dropshot_runtime::slog::Level::Warning {
            return Ok(());
        }
        let mut pairs = Pairs(Vec::new());
        record.kv().serialize(record, &mut pairs).unwrap();
        // slog gives the last first.
        pairs.0.reverse();
        let mut line = record.msg().to_string();
        write!(line, " ({})", pairs.0.join(" ")).unwrap();
        self.0.lock().unwrap().push(line);
        Ok(())
    }
}

struct Server {
    server: dropshot_runtime::dropshot::HttpServer<Gateway<Words>>,
    lines: Lines,
}

const PROBLEM: &str = "{\"message\":\"a fault\"}";

fn server(checks: ResponseChecks, fault: &'static str) -> Server {
    let config = dropshot_runtime::dropshot::ConfigDropshot {
        bind_address: "127.0.0.1:0".parse().unwrap(),
        ..Default::default()
    };
    let lines = Lines::default();
    let log = Logger::root(lines.clone(), o!());
    let operations = api::api().check_responses(checks);
    let service = Arc::new(Words { fault });
    let server = dropshot_runtime::start(service, operations, config, &log).unwrap();
    Server { server, lines }
}

impl Server {
    /// The answer must have the status and end in the text; the log must have these lines and no others.
    fn check(&self, path: &str, status: u16, end: &str, log: &[&str]) {
        self.check_as("*/*", path, status, end, log);
    }

    fn check_as(&self, accept: &str, path: &str, status: u16, end: &str, log: &[&str]) {
        let head = format!("GET /words/{path} HTTP/1.1\r\nAccept: {accept}");
        self.check_call(&head, status, end, log);
    }

    fn check_call(&self, head: &str, status: u16, end: &str, log: &[&str]) {
        let mut stream = TcpStream::connect(self.server.local_addr()).unwrap();
        let text = format!("{head}\r\nHost: a\r\nConnection: close\r\n\r\n");
        stream.write_all(text.as_bytes()).unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        let start = format!("HTTP/1.1 {status} ");
        assert!(answer.starts_with(&start), "{status} to {head}: {answer}");
        assert!(answer.ends_with(end), "{end} to {head}: {answer}");
        let lines = std::mem::take(&mut *self.lines.0.lock().unwrap());
        assert_eq!(lines, log, "{head}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_looks_at_answers_by_default() {
    let server = server(ResponseChecks::default(), PROBLEM);
    server.check("long", 200, "{\"text\":\"longer\"}", &[]);
    server.check("moved", 302, "range\"}", &[]);
    server.check("word?a=b", 400, "{\"message\": 5}", &[]);
}

#[tokio::test(flavor = "multi_thread")]
async fn answers_that_break_the_document_are_logged_and_sent() {
    let server = server(ResponseChecks::Log, PROBLEM);
    server.check("word", 200, "{\"text\":\"word\"}", &[]);
    let line = "the answer breaks the document: is 6 characters long, at most 5 are allowed (operation=getWord status=200 pointer=/text)";
    server.check("long", 200, "{\"text\":\"longer\"}", &[line]);
    let letters = "the answer breaks the document: has 3 items, at most 2 are allowed (operation=getWord status=200 pointer=/letters)";
    server.check("letters", 200, "]}", &[line, letters]);
    // A refusal that is not in the document's form.
    let refusal = "the answer breaks the document: is an integer, a string is expected (operation=getWord status=400 pointer=/message)";
    server.check("word?a=b", 400, "{\"message\": 5}", &[refusal]);
}

#[tokio::test(flavor = "multi_thread")]
async fn answers_that_break_the_document_are_faults_instead() {
    let server = server(ResponseChecks::Fail, PROBLEM);
    server.check("word", 200, "{\"text\":\"word\"}", &[]);
    server.check("empty", 204, "\r\n\r\n", &[]);
    server.check("image", 200, "longer", &[]);
    server.check("gone", 410, "gone\"}", &[]);
    // What is wrong, with its status and pointer.
    let fails = |path: &str, message: &str, place: &str| {
        let line = format!("the answer breaks the document: {message} (operation=getWord {place})");
        server.check(path, 500, PROBLEM, &[&line]);
    };
    let too_long = "is 6 characters long, at most 5 are allowed";
    fails("long", too_long, "status=200 pointer=/text");
    fails("text", too_long, "status=200 pointer=");
    fails(
        "key",
        "must not be in a response",
        "status=200 pointer=/key",
    );
    fails(
        "gone-long",
        "is 35 characters long, at most 20 are allowed",
        "status=410 pointer=/message",
    );
    fails(
        "moved",
        "the document has no such status",
        "status=302 pointer=",
    );
    fails("ok", "the member `text` is missing", "status=200 pointer=");
    // A refusal whose status is not declared is plain, which is as it should be.
    server.check_as("text/css", "word", 503, "503 Service Unavailable\n", &[]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_fault_that_breaks_the_document_itself_is_plain() {
    let long = "the answer breaks the document: is 6 characters long, at most 5 are allowed (operation=getWord status=200 pointer=/text)";
    let check = |fault, message: &str| {
        let server = server(ResponseChecks::Fail, fault);
        let line = format!(
            "the answer breaks the document: {message} (operation=getWord status=500 pointer=)"
        );
        server.check("long", 500, "500 Internal Server Error\n", &[long, &line]);
    };
    check("{}", "the member `message` is missing");
    check("no json", "is not JSON: line 1, column 2: expected ident");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_media_type_that_the_document_has_not_is_a_fault_of_the_handler() {
    let server = server(ResponseChecks::Off, PROBLEM);
    server.check("image", 200, "longer", &[]);
    server.check("style", 500, PROBLEM, &[]);
    server.check("any-image", 500, PROBLEM, &[]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_body_that_is_handed_on_has_a_gibibyte_at_most() {
    let server = server(ResponseChecks::Off, PROBLEM);
    for (length, status) in [(1_073_741_824_u64, 204), (1_073_741_825, 500)] {
        let head = format!(
            "PUT /words/a HTTP/1.1\r\nContent-Type: application/octet-stream\r\nContent-Length: {length}"
        );
        server.check_call(&head, status, "", &[]);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn objects_in_a_query_are_asked_for_and_stand_in_each_other() {
    let server = server(ResponseChecks::Off, PROBLEM);
    let check = |query: &str, status, end: &str| {
        server.check_call(&format!("GET /words?{query} HTTP/1.1"), status, end, &[]);
    };
    check(
        "from=1",
        200,
        "range: Range { from: 1, to: None }, marks: None }",
    );
    check(
        "from=1&to=2&marks[a][b]=c&marks[d]=e",
        200,
        "to: Some(2) }, marks: Some({\"a\": Object {\"b\": String(\"c\")}, \"d\": String(\"e\")}) }",
    );
    // A member that must be there is not, and an object that must be there is not.
    check("to=2", 400, "");
    check("", 400, "");
}
