//! A headless Chromium, driven by the Chrome DevTools Protocol.

use std::collections::VecDeque;
use std::io::{BufRead as _, BufReader, Write as _};
use std::net::TcpStream;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use serde_json::{Value, json};
use tempfile::TempDir;
use tungstenite::{Message, WebSocket};

/// A browser with a profile of its own, which ends when it is dropped.
pub struct Chromium {
    process: Child,
    /// `ws://127.0.0.1:PORT/devtools/browser/ID`.
    url: String,
    _profile: TempDir,
}

impl Chromium {
    /// Starts the browser; nothing where this machine has none.
    pub fn start() -> Option<Chromium> {
        let profile = tempfile::tempdir().unwrap();
        let mut command = Command::new("chromium");
        command
            .arg(format!("--user-data-dir={}", profile.path().display()))
            .args([
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-quic",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--disable-dev-shm-usage",
                "--remote-debugging-port=0",
                // No network but this machine.
                "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
                "about:blank",
            ])
            .stdout(Stdio::null())
            .stderr(Stdio::piped());
        let mut process = match command.spawn() {
            Ok(process) => process,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                let is_required = std::env::var_os("REQUIRE_CHROMIUM").is_some();
                assert!(
                    !is_required,
                    "there is no chromium, which this run requires"
                );
                // Not by `eprintln`, which a test that passes keeps to itself.
                let message = "SKIPPED: no chromium on this machine, so nobody looks at the page";
                drop(writeln!(std::io::stderr(), "{message}"));
                return None;
            }
            Err(error) => panic!("chromium: {error}"),
        };
        let mut lines = BufReader::new(process.stderr.take().unwrap()).lines();
        let mut said = String::new();
        let url = lines.by_ref().map_while(Result::ok).find_map(|line| {
            said.push_str(&line);
            said.push('\n');
            Some(line.strip_prefix("DevTools listening on ")?.to_owned())
        });
        // Whatever else it says is read, so that it does not wait for somebody to do so.
        std::thread::spawn(move || lines.for_each(drop));
        let url = url.unwrap_or_else(|| panic!("chromium does not start:\n{said}"));
        Some(Chromium {
            process,
            url,
            _profile: profile,
        })
    }

    /// A new tab that is recorded from its beginning.
    pub fn tab(&self) -> Tab {
        let address = self.url.trim_start_matches("ws://");
        let stream = TcpStream::connect(address.split('/').next().unwrap()).unwrap();
        // A browser that says nothing any more fails the test instead of holding it up for good.
        stream
            .set_read_timeout(Some(Duration::from_secs(60)))
            .unwrap();
        let (socket, _) = tungstenite::client(self.url.as_str(), stream).unwrap();
        let mut tab = Tab {
            socket,
            session: None,
            calls: 0,
            events: VecDeque::new(),
        };
        let target = tab.call("Target.createTarget", json!({ "url": "about:blank" }));
        let attached = tab.call(
            "Target.attachToTarget",
            json!({ "targetId": target["targetId"], "flatten": true }),
        );
        tab.session = Some(attached["sessionId"].as_str().unwrap().to_owned());
        tab.call("Page.setLifecycleEventsEnabled", json!({ "enabled": true }));
        for domain in ["Page", "Network", "Runtime", "Log"] {
            tab.call(&format!("{domain}.enable"), json!({}));
        }
        tab
    }
}

impl Drop for Chromium {
    fn drop(&mut self) {
        drop(self.process.kill());
        drop(self.process.wait());
    }
}

pub struct Tab {
    socket: WebSocket<TcpStream>,
    session: Option<String>,
    calls: u64,
    /// What happened and was not looked at yet.
    events: VecDeque<Value>,
}

impl Tab {
    /// Calls a method and gives its result.
    pub fn call(&mut self, method: &str, params: Value) -> Value {
        self.calls += 1;
        let id = self.calls;
        let mut call = json!({ "id": id, "method": method, "params": params });
        if let Some(session) = &self.session {
            call["sessionId"] = json!(session);
        }
        self.socket.send(Message::text(call.to_string())).unwrap();
        loop {
            let message = self.next();
            if message["id"] == id {
                assert!(message["error"].is_null(), "{method}: {message}");
                return message["result"].clone();
            }
            self.events.push_back(message);
        }
    }

    fn next(&mut self) -> Value {
        loop {
            if let Message::Text(text) = self.socket.read().unwrap() {
                return serde_json::from_str(&text).unwrap();
            }
        }
    }

    /// Goes to a page and waits until it has loaded.
    pub fn open(&mut self, url: &str) {
        let opened = self.call("Page.navigate", json!({ "url": url }));
        assert!(opened["errorText"].is_null(), "{opened}");
        // Of this page: the empty one that a tab begins with has such an event too.
        let is_loaded = |event: &Value| {
            event["method"] == "Page.lifecycleEvent"
                && event["params"]["name"] == "load"
                && event["params"]["loaderId"] == opened["loaderId"]
        };
        while !self.events.iter().any(is_loaded) {
            let event = self.next();
            self.events.push_back(event);
        }
    }

    /// What an expression comes to in the page.
    pub fn value(&mut self, expression: &str) -> Value {
        let answer = self.call(
            "Runtime.evaluate",
            json!({ "expression": expression, "returnByValue": true }),
        );
        assert!(
            answer["exceptionDetails"].is_null(),
            "{expression}: {answer}"
        );
        answer["result"]["value"].clone()
    }

    /// The URLs that were asked for, and the errors and warnings that the browser told of.
    pub fn seen(&mut self) -> (Vec<String>, Vec<String>) {
        // A picture takes a whole frame, and by then whatever loading the page leads to has begun. It needs no script.
        self.call("Page.captureScreenshot", json!({}));
        let (mut requests, mut complaints) = (Vec::new(), Vec::new());
        for event in self.events.drain(..) {
            let params = &event["params"];
            match event["method"].as_str().unwrap_or_default() {
                "Network.requestWillBeSent" => {
                    let url = params["request"]["url"].as_str().unwrap_or_default();
                    if !url.starts_with("data:") {
                        requests.push(url.to_owned());
                    }
                }
                "Log.entryAdded" => complaints.push(params["entry"].to_string()),
                "Runtime.exceptionThrown" | "Runtime.consoleAPICalled" => {
                    complaints.push(params.to_string());
                }
                _ => {}
            }
        }
        (requests, complaints)
    }
}
