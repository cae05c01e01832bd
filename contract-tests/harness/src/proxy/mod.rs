//! Between a client and a server: passes everything on byte for byte, and judges both directions.
//!
//! A connection is two streams of bytes that are copied as they come, and read beside that. So nothing that passes is
//! changed by what we understand of it, or late because of it; where we understand nothing, it still passes.

mod message;
mod tap;

use std::io;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

use crate::exchange::NoAnswer;
use crate::run::Error;
use crate::send::Route;
use crate::settings::Settings;
use crate::site::Site;
use crate::traffic::{Fault, Traffic};
use crate::trust::Trust;
use tap::Tap;

/// How much is read at once.
const PIECE: usize = 16 * 1024;

/// How long connections may still be open when the proxy is to end.
const GRACE: Duration = Duration::from_secs(2);

/// Stands between clients and one server.
#[derive(Debug)]
pub struct Proxy {
    route: Route,
    traffic: Mutex<Traffic>,
}

/// What a proxy has to say while it runs.
#[derive(Debug)]
pub enum Told<'t> {
    /// Somebody broke the document.
    Fault(&'t Fault),
    /// The server could not be reached, so that the client got a 502.
    Unreachable(&'t NoAnswer),
}

impl Proxy {
    /// Looks the server up; `upstream` is its URL, with the path that stands before every path of the document.
    ///
    /// # Errors
    /// `upstream` is no URL, or its host is not known.
    pub async fn new(traffic: Traffic, upstream: &str, trust: &Trust) -> Result<Proxy, Error> {
        let timeout = Settings::default().timeout;
        let route = Route::new(Site::new(upstream)?, trust, None, timeout).await?;
        Ok(Proxy {
            route,
            traffic: Mutex::new(traffic),
        })
    }

    /// What it has seen.
    pub fn traffic(&self) -> impl std::ops::DerefMut<Target = Traffic> {
        self.traffic.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Passes connections on until `stop` is there; those that are open then may end for a moment.
pub async fn relay(
    proxy: Arc<Proxy>,
    listener: TcpListener,
    stop: impl Future<Output = ()>,
    told: impl Fn(Told<'_>) + Send + Sync + 'static,
) {
    let told = Arc::new(told);
    let mut connections = tokio::task::JoinSet::new();
    let mut stop = std::pin::pin!(stop);
    loop {
        tokio::select! {
            () = &mut stop => break,
            // Only so that ended ones are not kept.
            Some(_) = connections.join_next() => {}
            accepted = listener.accept() => match accepted {
                Ok((client, _)) => {
                    let (proxy, told) = (proxy.clone(), told.clone());
                    connections.spawn(async move { pass(&proxy, client, &*told).await });
                }
                // Too many open files, or a peer that is gone already.
                Err(_) => tokio::time::sleep(Duration::from_millis(10)).await,
            },
        }
    }
    let ended = async { while connections.join_next().await.is_some() {} };
    tokio::time::timeout(GRACE, ended).await.ok();
}

/// Passes one connection on.
async fn pass(proxy: &Proxy, mut client: TcpStream, told: &(dyn Fn(Told<'_>) + Send + Sync)) {
    client.set_nodelay(true).ok();
    let server = match proxy.route.dial().await {
        Ok(server) => server,
        Err(error) => {
            told(Told::Unreachable(&error));
            refuse(&mut client).await.ok();
            return;
        }
    };
    let (from_client, to_client) = client.split();
    let (from_server, to_server) = tokio::io::split(server);
    let tap = Mutex::new(Tap::default());
    let judge = |tap: &mut Tap| {
        for (request, answer) in tap.exchanges() {
            let faults = proxy.traffic().add(&request, &answer);
            faults.iter().for_each(|fault| told(Told::Fault(fault)));
        }
    };
    let locked = || tap.lock().unwrap_or_else(PoisonError::into_inner);
    let requests = copy(from_client, to_server, |bytes| {
        let mut tap = locked();
        match bytes {
            Some(bytes) => tap.requested(bytes),
            None => tap.client_ended(),
        }
    });
    let answers = copy(from_server, to_client, |bytes| {
        let mut tap = locked();
        match bytes {
            Some(bytes) => tap.answered(bytes),
            None => tap.server_ended(),
        }
        judge(&mut tap);
    });
    // Who asks may go on reading when there is nothing more to ask; when there are no more answers, all is over.
    let mut requests = std::pin::pin!(requests);
    let mut answers = std::pin::pin!(answers);
    tokio::select! {
        _ = &mut answers => {}
        ended = &mut requests => {
            if ended.is_ok() {
                answers.await.ok();
            }
        }
    }
}

/// Copies one direction to its end, and shows what passes: `None` at the end.
async fn copy(
    mut from: impl AsyncRead + Unpin,
    mut to: impl AsyncWrite + Unpin,
    mut show: impl FnMut(Option<&[u8]>),
) -> io::Result<()> {
    let mut piece = vec![0; PIECE];
    loop {
        let length = from.read(&mut piece).await?;
        if length == 0 {
            show(None);
            return to.shutdown().await;
        }
        // What is shown first may be judged before the other side can answer it.
        show(Some(&piece[..length]));
        to.write_all(&piece[..length]).await?;
        to.flush().await?;
    }
}

async fn refuse(client: &mut TcpStream) -> io::Result<()> {
    const ANSWER: &[u8] =
        b"HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
    client.write_all(ANSWER).await?;
    client.shutdown().await
}
