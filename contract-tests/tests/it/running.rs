//! Where the server listens, and until when.

use std::net::{SocketAddr, TcpStream};

use events_server::config::Config;
use events_server::start::{StartError, start};

use crate::api::Api;

fn address(api: &Api) -> SocketAddr {
    let url = api.system.base_url();
    url.trim_start_matches("http://").parse().unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_listens_where_it_is_told_to_or_not_at_all() {
    let api = Api::start().await;
    let folder = tempfile::tempdir().unwrap();
    let config = Config {
        listen: address(&api),
        database: folder.path().join("events.db").into(),
        ..Config::default()
    };
    let second = start(config).await;
    assert!(matches!(second, Err(StartError::AddressInUse { .. })));
    api.system.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_was_stopped_listens_no_more() {
    let api = Api::start().await;
    let address = address(&api);
    TcpStream::connect(address).unwrap();
    api.system.stop().await;
    assert!(TcpStream::connect(address).is_err());
}
