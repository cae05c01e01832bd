//! What must not depend on how much there is, and what comes in great numbers: lists, creations, imports, the start.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

use http::{Method, Request};
use http_body_util::Full;
use rusqlite::Connection;
use serde_json::Value;

use crate::Arguments;
use crate::load::{self, Server, Why, ask_for, median};
use crate::store::{Access, Lines, serve};

/// How many events the small store has.
const FEW: u64 = 10_000;

/// How often each page is asked for.
const ASKED: usize = 40;

/// How many callers create events at the same time.
const CREATORS: usize = 32;

const FILTERS: [&str; 14] = [
    "",
    "filter[account][id]=7",
    "filter[call][id]=7",
    "filter[mailing][id]=7",
    "filter[opportunity][id]=7",
    "filter[prospect][id]=7",
    "filter[task][id]=7",
    "filter[user][id]=7",
    "filter[name]=name_7",
    "filter[account][id]=7&filter[createdAt][gte]=2026-06-01T00:00:00Z&filter[createdAt][lt]=2026-07-01T00:00:00Z",
    "filter[account][id]=7&filter[eventAt][gte]=2026-06-01T00:00:00Z",
    "filter[name]=name_7&filter[createdAt][gte]=2026-06-03T00:00:00Z&filter[createdAt][lt]=2026-06-04T00:00:00Z",
    "filter[createdAt][gte]=2026-06-01T00:00:00Z&filter[createdAt][lt]=2026-07-01T00:00:00Z",
    "filter[account][id]=7&filter[name]=name_7",
];

const ORDERS: [&str; 4] = ["createdAt", "-createdAt", "eventAt", "-eventAt"];

/// A store and what serves it.
struct Stored {
    database: PathBuf,
    access: Access,
}

impl Stored {
    fn new(ours: &Path, folder: &Path, events: u64) -> Result<Stored, Why> {
        let folder = folder.join(events.to_string());
        std::fs::create_dir_all(&folder)?;
        let database = folder.join("events.db");
        if !database.exists() && events > 0 {
            let lines = Lines::draw(&folder, events)?;
            let taken = lines.import(ours, &database)?.as_secs_f64();
            println!(
                "\n{events} events imported, {:.0} a second; they take {} MB.",
                events as f64 / taken,
                std::fs::metadata(&database)?.len() >> 20
            );
            std::fs::remove_file(lines.path)?;
        }
        Ok(Stored {
            database,
            access: Access::new(&folder)?,
        })
    }

    fn serve(&self, ours: &Path) -> Result<Server, Why> {
        serve(ours, &self.database, &self.access.keys)
    }

    fn request(
        &self,
        method: Method,
        path: &str,
        body: &'static str,
    ) -> Result<Request<Full<bytes::Bytes>>, Why> {
        Ok(Request::builder()
            .method(method)
            .uri(path)
            .header("Host", "127.0.0.1")
            .header("Accept", "application/vnd.api+json")
            .header("Content-Type", "application/vnd.api+json")
            .header("Authorization", &self.access.bearer)
            .header("S2S-Auth-Token", &self.access.service)
            .body(Full::from(body))?)
    }
}

/// Pages of a large store beside the same pages of a small one.
pub fn list(arguments: &Arguments, ours: &Path, folder: &Path) -> Result<(), Why> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    let small = Stored::new(ours, folder, FEW)?;
    let large = Stored::new(ours, folder, arguments.events)?;
    println!(
        "\nPages of 50: {} events beside {FEW}, each page {ASKED} times, medians\n",
        arguments.events
    );
    println!("| filter | small (us) | large (us) | ratio of the worst page |");
    println!("|---|---|---|---|");
    let (mut all, mut worst) = (Vec::new(), (0.0_f64, String::new()));
    let (one, other) = (small.serve(ours)?, large.serve(ours)?);
    for filter in FILTERS {
        let mut of_filter = Vec::new();
        for order in ORDERS {
            let first = format!("/events?{filter}&page[size]=50&sort={order}");
            let pages =
                |stored: &Stored, server: &Server| runtime.block_on(pages(stored, server, &first));
            let (of_small, of_large) = (pages(&small, &one)?, pages(&large, &other)?);
            for (page, small) in of_small {
                if let Some(large) = of_large.get(page) {
                    of_filter.push((small, *large, format!("{page} page of {first}")));
                }
            }
        }
        let ratio = |(small, large, _): &(f64, f64, String)| large / small;
        let most = of_filter
            .iter()
            .max_by(|a, b| ratio(a).total_cmp(&ratio(b)));
        let most = most.ok_or("there are no pages")?;
        println!(
            "| {} | {:.0} | {:.0} | {:.2} |",
            if filter.is_empty() { "none" } else { filter },
            median(of_filter.iter().map(|page| page.0)) * 1e6,
            median(of_filter.iter().map(|page| page.1)) * 1e6,
            ratio(most),
        );
        if ratio(most) > worst.0 {
            worst = (ratio(most), most.2.clone());
        }
        all.extend(of_filter.iter().map(ratio));
    }
    println!(
        "\n{} pages: in the median {:.2} times what it takes in the small store; at the most {:.2} times: {}.",
        all.len(),
        median(all.iter().copied()),
        worst.0,
        worst.1
    );
    Ok(())
}

/// How long the first page takes, and those that its links lead to.
async fn pages(
    stored: &Stored,
    server: &Server,
    first: &str,
) -> Result<BTreeMap<&'static str, f64>, Why> {
    let mut connection = load::Connection::open(server.address).await?;
    let mut urls = BTreeMap::from([("first", first.replace('[', "%5B").replace(']', "%5D"))]);
    for (from, link, name) in [
        ("first", "next", "second"),
        ("first", "last", "last"),
        ("last", "prev", "last but one"),
    ] {
        let Some(url) = urls.get(from) else { continue };
        let body = connection
            .ask(stored.request(Method::GET, url, "")?)
            .await?;
        let body: Value = serde_json::from_slice(&body)?;
        if let Some(url) = body["links"][link].as_str() {
            urls.insert(name, url.to_owned());
        }
    }
    let mut times = BTreeMap::new();
    for (name, url) in urls {
        let mut taken = Vec::new();
        for _ in 0..ASKED {
            let request = stored.request(Method::GET, &url, "")?;
            let started = Instant::now();
            connection.ask(request).await?;
            taken.push(started.elapsed().as_secs_f64());
        }
        times.insert(name, median(taken));
    }
    Ok(times)
}

const NEW: &str = r#"{"data":{"type":"event","attributes":{"name":"mailbox_created","payload":{"folders":["INBOX"]}},"relationships":{"user":{"data":{"type":"user","id":"1204"}}}}}"#;

/// Creations by many callers beside one commit for each event, which is what one caller could have.
pub fn create(arguments: &Arguments, ours: &Path, folder: &Path) -> Result<(), Why> {
    println!("\nDurable `POST /events`, {CREATORS} callers\n");
    println!("| round | one commit each (events/s) | created (events/s) | ratio |");
    println!("|---|---|---|---|");
    let mut ratios = Vec::new();
    for round in 1..=arguments.rounds {
        let time = Duration::from_secs(arguments.seconds);
        let folder = folder.join(format!("create-{round}"));
        std::fs::create_dir_all(&folder)?;
        let floor = one_commit_each(&folder.join("floor.db"), time)?;
        let stored = Stored::new(ours, &folder, 0)?;
        let server = stored.serve(ours)?;
        let stored = Arc::new(stored);
        let ask: load::Ask = {
            let stored = Arc::clone(&stored);
            Arc::new(move |_, _| {
                stored
                    .request(Method::POST, "/events", NEW)
                    .unwrap_or_default()
            })
        };
        let (answers, wall) = ask_for(server.address, CREATORS, time, &ask)?;
        let created = answers as f64 / wall.as_secs_f64();
        println!(
            "| {round} | {floor:.0} | {created:.0} | {:.1} |",
            created / floor
        );
        ratios.push(created / floor);
    }
    println!(
        "\nIn the median {:.1} times the rate of one commit for each event.",
        median(ratios)
    );
    Ok(())
}

/// Rows that are each committed to the disk before the next one.
fn one_commit_each(database: &Path, time: Duration) -> Result<f64, Why> {
    let connection = Connection::open(database)?;
    connection.pragma_update(None, "journal_mode", "WAL")?;
    connection.pragma_update(None, "synchronous", "FULL")?;
    connection
        .execute_batch("CREATE TABLE event (id INTEGER PRIMARY KEY, body TEXT NOT NULL) STRICT")?;
    let mut insert = connection.prepare("INSERT INTO event (body) VALUES (?1)")?;
    let (started, mut rows) = (Instant::now(), 0_u32);
    while started.elapsed() < time {
        insert.execute([NEW])?;
        rows += 1;
    }
    Ok(f64::from(rows) / started.elapsed().as_secs_f64())
}

/// Importing beside putting the same lines into a table without looking at them.
pub fn import(arguments: &Arguments, ours: &Path, folder: &Path) -> Result<(), Why> {
    let events = 200_000.min(arguments.events);
    println!("\n`import` of {events} events\n");
    println!("| round | lines into a bare table (lines/s) | imported (events/s) | ratio |");
    println!("|---|---|---|---|");
    let lines = Lines::draw(folder, events)?;
    let (mut rates, mut ratios) = (Vec::new(), Vec::new());
    for round in 1..=arguments.rounds {
        let folder = folder.join(format!("import-{round}"));
        std::fs::create_dir_all(&folder)?;
        let floor = events as f64 / lines.copy(&folder.join("floor.db"))?.as_secs_f64();
        let rate = events as f64 / lines.import(ours, &folder.join("events.db"))?.as_secs_f64();
        println!("| {round} | {floor:.0} | {rate:.0} | {:.2} |", floor / rate);
        rates.push(rate);
        ratios.push(floor / rate);
    }
    println!(
        "\nIn the median {:.0} events a second; the bare table takes {:.1} times as many.",
        median(rates),
        median(ratios)
    );
    Ok(())
}

/// From the start to the first answer.
pub fn start(arguments: &Arguments, ours: &Path, folder: &Path) -> Result<(), Why> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    println!("\nFrom the start to the first page\n\n| round | events | ms |\n|---|---|---|");
    let mut times = BTreeMap::<u64, Vec<f64>>::new();
    for events in [FEW, arguments.events] {
        let stored = Stored::new(ours, folder, events)?;
        for round in 1..=arguments.rounds {
            let started = Instant::now();
            let server = stored.serve(ours)?;
            runtime.block_on(async {
                let mut connection = load::Connection::open(server.address).await?;
                connection
                    .ask(stored.request(Method::GET, "/events?sort=-createdAt", "")?)
                    .await
            })?;
            let taken = started.elapsed().as_secs_f64() * 1e3;
            println!("| {round} | {events} | {taken:.1} |");
            times.entry(events).or_default().push(taken);
        }
    }
    for (events, times) in times {
        println!(
            "\nIn the median {:.0} ms with {events} events.",
            median(times)
        );
    }
    Ok(())
}
