//! The inside of the server, for whoever runs it: metrics, health and the document, on a listener of their own.
//!
//! Nothing here asks for credentials, so the listener is on this machine unless it is told otherwise, and the API's own
//! listener has nothing but what the document says.

mod health;
mod listener;
mod measured;
mod metrics;

pub use self::health::Health;
pub use self::listener::{Admin, start};
pub use self::measured::Measured;
pub use self::metrics::Metrics;
