//! Times on the command line.

use std::time::Duration;

/// A number and `s`, `m`, `h` or `d`.
///
/// ```
/// use std::time::Duration;
///
/// assert_eq!(events_server::duration::duration("2m"), Some(Duration::from_secs(120)));
/// assert_eq!(events_server::duration::duration("2"), None);
/// ```
pub fn duration(text: &str) -> Option<Duration> {
    let units = [("s", 1), ("m", 60), ("h", 60 * 60), ("d", 24 * 60 * 60)];
    let seconds = units.iter().find_map(|(unit, seconds)| {
        let count: u64 = text.strip_suffix(unit)?.parse().ok()?;
        count.checked_mul(*seconds)
    });
    seconds.map(Duration::from_secs)
}
