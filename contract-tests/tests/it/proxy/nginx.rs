//! A real nginx with the configuration that the service comes with.

use std::io::{BufRead as _, BufReader, ErrorKind, Write as _};
use std::net::{SocketAddr, TcpListener};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{self, Receiver};
use std::time::Duration;

use rustls::pki_types::CertificateDer;
use tempfile::TempDir;

/// What is tested, all of it.
pub const CONFIGURATION: &str =
    include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/../server/nginx.conf"));

/// An nginx that listens, until it is dropped.
pub struct Nginx {
    pub address: SocketAddr,
    /// What it identifies itself by, as `localhost`.
    pub certificate: CertificateDer<'static>,
    process: Child,
    said: Receiver<String>,
    folder: TempDir,
}

impl Nginx {
    /// Starts it before servers; nothing where this machine has none.
    pub fn before(servers: &[SocketAddr]) -> Option<Nginx> {
        let Some(program) = program() else {
            let is_required = std::env::var_os("REQUIRE_NGINX").is_some();
            assert!(!is_required, "there is no nginx, which this run requires");
            // Not by `eprintln`, which a test that passes keeps to itself.
            let message = "SKIPPED: no nginx on this machine, so nothing stands before the server";
            drop(writeln!(std::io::stderr(), "{message}"));
            return None;
        };
        // Between the choice of a port and its use, somebody else may take it.
        loop {
            if let Some(nginx) = Nginx::start(program, servers) {
                return Some(nginx);
            }
        }
    }

    /// Starts it on a port that was free; nothing if it is so no longer.
    fn start(program: &str, servers: &[SocketAddr]) -> Option<Nginx> {
        let folder = tempfile::tempdir().unwrap();
        let free = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = free.local_addr().unwrap();
        drop(free);
        let signed = rcgen::generate_simple_self_signed(["localhost".to_owned()]).unwrap();
        let write = |name: &str, text: &str| std::fs::write(folder.path().join(name), text);
        write("cert.pem", &signed.cert.pem()).unwrap();
        write("key.pem", &signed.signing_key.serialize_pem()).unwrap();
        write("events.conf", &adapted(folder.path(), address, servers)).unwrap();
        write("nginx.conf", &around(folder.path())).unwrap();
        let mut process = Command::new(program)
            .args(["-e", "stderr", "-p"])
            .arg(folder.path())
            .arg("-c")
            .arg(folder.path().join("nginx.conf"))
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let lines = BufReader::new(process.stderr.take().unwrap()).lines();
        let (teller, said) = mpsc::channel();
        // Whatever it says is read, so that it does not wait for somebody to do so.
        std::thread::spawn(move || {
            for line in lines.map_while(Result::ok) {
                drop(teller.send(line));
            }
        });
        let mut nginx = Nginx {
            address,
            certificate: signed.cert.der().clone(),
            process,
            said,
            folder,
        };
        // It says its version once it listens.
        match nginx.told(" nginx/") {
            Ok(()) => Some(nginx),
            Err(said) if said.contains("Address already in use") => {
                drop(nginx.process.wait());
                None
            }
            Err(said) => panic!("nginx does not start:\n{said}"),
        }
    }

    /// Waits until it says something in its error log; all that it has said if for a minute it says nothing, or never
    /// will again.
    pub fn told(&self, what: &str) -> Result<(), String> {
        let mut all = String::new();
        while let Ok(line) = self.said.recv_timeout(Duration::from_secs(60)) {
            if line.contains(what) {
                return Ok(());
            }
            all.push_str(&line);
            all.push('\n');
        }
        Err(all)
    }

    /// Its log of requests.
    pub fn log(&self) -> String {
        std::fs::read_to_string(self.folder.path().join("events.log")).unwrap()
    }
}

impl Drop for Nginx {
    fn drop(&mut self) {
        drop(self.process.kill());
        drop(self.process.wait());
    }
}

/// The program's name or path: outside of the path of those who may not administer the machine, on Debian.
fn program() -> Option<&'static str> {
    ["nginx", "/usr/sbin/nginx"].into_iter().find(|program| {
        let asked = Command::new(program)
            .arg("-v")
            .stderr(Stdio::null())
            .status();
        match asked {
            Ok(_) => true,
            Err(error) if error.kind() == ErrorKind::NotFound => false,
            Err(error) => panic!("{program}: {error}"),
        }
    })
}

/// The configuration, with the addresses and files of a test. What the system takes off nginx's hands is little, so that
/// a page does not fit into it.
fn adapted(folder: &Path, address: SocketAddr, servers: &[SocketAddr]) -> String {
    let folder = folder.display();
    let servers: String = servers
        .iter()
        .map(|server| format!("server {server};"))
        .collect();
    let mut text = CONFIGURATION.to_owned();
    for (from, to) in [
        ("server 127.0.0.1:8080;", servers),
        (
            "listen 443 ssl;",
            format!("listen {address} ssl sndbuf=64k;"),
        ),
        ("listen [::]:443 ssl;", String::new()),
        ("/etc/nginx/events-cert.pem", format!("{folder}/cert.pem")),
        ("/etc/nginx/events-key.pem", format!("{folder}/key.pem")),
        ("/var/log/nginx/events.log", format!("{folder}/events.log")),
    ] {
        assert_eq!(text.matches(from).count(), 1, "{from}");
        text = text.replace(from, &to);
    }
    text
}

/// What stands around it in nginx's own file. One process does all, so that nothing is left when it is killed.
fn around(folder: &Path) -> String {
    let folder = folder.display();
    let paths: String = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"]
        .map(|name| format!("{name}_temp_path {folder}/{name};\n"))
        .concat();
    format!(
        "daemon off;\nmaster_process off;\npid {folder}/pid;\nerror_log stderr info;\n\
         events {{ worker_connections 1024; }}\nhttp {{\n{paths}include {folder}/events.conf;\n}}\n"
    )
}
