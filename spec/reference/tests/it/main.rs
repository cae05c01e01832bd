//! The page as a whole: what stands on it, that nothing breaks out of it, and how it does in a browser.

#![expect(clippy::unwrap_used, reason = "a test may fail")]

mod browser;
mod complete;
mod golden;
mod hostile;
mod page;

/// The document that the tests are about.
const LIBRARY: &str = include_str!("library.yaml");
