//! A server that has one page, and remembers what it was asked for.

use std::io::{BufRead as _, BufReader, Write as _};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;

pub struct Site {
    pub url: String,
    paths: Arc<Mutex<Vec<String>>>,
}

impl Site {
    /// Serves the page on a free port for as long as the tests run.
    pub fn start(page: String) -> Site {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}/", listener.local_addr().unwrap());
        let paths = Arc::new(Mutex::new(Vec::new()));
        let asked = paths.clone();
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                // A browser may open connections that it then does not use.
                let (page, asked) = (page.clone(), asked.clone());
                thread::spawn(move || answer(stream, &page, &asked));
            }
        });
        Site { url, paths }
    }

    /// The paths of all requests so far.
    pub fn paths(&self) -> Vec<String> {
        self.paths.lock().unwrap().clone()
    }
}

fn answer(mut stream: TcpStream, page: &str, asked: &Mutex<Vec<String>>) -> Option<()> {
    let mut lines = BufReader::new(stream.try_clone().ok()?).lines();
    let first = lines.next()?.ok()?;
    let path = first.split(' ').nth(1)?.to_owned();
    lines.find(|line| line.as_ref().map_or(true, |line| line.is_empty()));
    asked.lock().unwrap().push(path.clone());
    let (status, body) = if path == "/" {
        ("200 OK", page)
    } else {
        ("404 Not Found", "")
    };
    let head = format!(
        "HTTP/1.1 {status}\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: {}\r\nConnection: close\r\n\r\n",
        body.len()
    );
    stream.write_all(head.as_bytes()).ok()?;
    stream.write_all(body.as_bytes()).ok()
}
