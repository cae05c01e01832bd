//! Whether the server can do what it is for.

use std::sync::Arc;
use std::time::Duration;

use dropshot_runtime::Load;

use crate::store::EventStore;

/// A store that takes longer for a cheap query is no good at the moment.
const PATIENCE: Duration = Duration::from_secs(2);

/// What there is to ask.
pub struct Health {
    store: Arc<dyn EventStore>,
    load: Load,
}

impl Health {
    /// Of a server with that store and that load.
    pub fn new(store: Arc<dyn EventStore>, load: Load) -> Health {
        Health { store, load }
    }

    /// How many requests are being served.
    pub fn in_flight(&self) -> usize {
        self.load.in_flight()
    }

    /// Why the server should be sent nothing; nothing where it is ready. Its keys are loaded before it listens.
    pub async fn faults(&self) -> Vec<String> {
        let mut faults = Vec::new();
        if self.load.is_stopping() {
            faults.push("the server is about to stop".to_owned());
        }
        // No event has this id, so nothing is read but an index.
        match tokio::time::timeout(PATIENCE, self.store.get(0)).await {
            Ok(Ok(_)) => {}
            Ok(Err(error)) => faults.push(error.to_string()),
            Err(_) => faults.push(format!("the store has not answered within {PATIENCE:?}")),
        }
        faults
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may panic")]
mod tests {
    use super::*;
    use crate::store::{SqliteStore, system_clock};

    #[tokio::test]
    async fn a_server_is_ready_as_long_as_its_store_answers() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("events.db");
        let store = Arc::new(SqliteStore::open(&path, system_clock()).unwrap());
        let health = Health::new(Arc::clone(&store) as Arc<dyn EventStore>, Load::default());
        assert_eq!(health.faults().await, [""; 0]);
        store.close().await;
        let faults = health.faults().await;
        assert!(
            faults[0].ends_with("is closed; start the server again"),
            "{faults:?}"
        );
        assert_eq!(faults.len(), 1);
    }
}
