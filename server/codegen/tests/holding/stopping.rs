//! A server that is stopped.

use std::net::TcpStream;
use std::time::Duration;

use dropshot_runtime::{GivenUp, Limits, stop};
use futures::FutureExt;

use crate::service::{GATED, start};
use crate::wire::Connection;

const LONG: Duration = Duration::from_secs(60);

#[tokio::test(flavor = "multi_thread")]
async fn requests_under_way_are_answered_and_new_ones_are_refused() {
    let running = start(Limits::default());
    let address = running.server.local_addr();
    let mut under_way = Connection::to(address);
    under_way.send(&format!("GET {GATED}"), &[]);
    running.things.has_begun(1).await;
    let (mut idle, mut silent) = (Connection::to(address), Connection::to(address));
    assert_eq!(idle.get("/things/1").status, 200);

    let mut stopping = Box::pin(stop(running.server, LONG));
    assert_eq!(stopping.as_mut().now_or_never(), None);
    for connection in [&mut idle, &mut Connection::to(address)] {
        let answer = connection.get("/things/1");
        assert_eq!(answer.status, 503);
        assert_eq!(answer.header("connection"), Some("close"));
        assert_eq!(answer.header("retry-after"), Some("1"));
        assert!(connection.is_closed());
    }

    running.things.gate.add_permits(1);
    assert_eq!(stopping.await, Ok(()));
    assert_eq!(under_way.answer().status, 200);
    assert!(under_way.is_closed() && silent.is_closed());
    assert!(TcpStream::connect(address).is_err());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stalled_connection_is_given_up_when_the_grace_is_over() {
    let running = start(Limits {
        body_time: LONG,
        ..Limits::default()
    });
    let mut stalled = Connection::to(running.server.local_addr());
    let headers = [
        "Content-Type: application/vnd.things+json",
        "Content-Length: 12",
    ];
    stalled.send("POST /things", &headers);
    while running.server.app_private().load().in_flight() == 0 {
        tokio::task::yield_now().await;
    }
    let grace = Duration::from_millis(20);
    assert_eq!(
        stop(running.server, grace).await,
        Err(GivenUp { grace, requests: 1 })
    );
}
