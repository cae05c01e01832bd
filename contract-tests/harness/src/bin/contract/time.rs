//! A length of time as a person writes it.

use std::str::FromStr;
use std::time::Duration;

use serde::{Deserialize, Deserializer};

/// A length of time: `10` and `10s` are ten seconds, `1.5m` ninety; `ms` and `h` there are too.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Time(pub Duration);

impl FromStr for Time {
    type Err = String;

    fn from_str(text: &str) -> Result<Time, String> {
        let unit = text.find(|c: char| c.is_ascii_alphabetic());
        let (number, unit) = text.split_at(unit.unwrap_or(text.len()));
        let factor = match unit {
            "ms" => 0.001,
            "" | "s" => 1.0,
            "m" => 60.0,
            "h" => 3600.0,
            _ => return Err(format!("`{unit}` is no unit of time: write ms, s, m or h")),
        };
        let number: Option<f64> = number.trim_end().parse().ok();
        let time = number.and_then(|number| Duration::try_from_secs_f64(number * factor).ok());
        time.filter(|time| !time.is_zero())
            .map(Time)
            .ok_or_else(|| "a number above 0 is wanted, with ms, s, m or h behind it".to_owned())
    }
}

impl<'de> Deserialize<'de> for Time {
    /// A number is in seconds.
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Time, D::Error> {
        #[derive(Deserialize)]
        #[serde(
            untagged,
            expecting = "a number of seconds, or a text such as \"1.5m\""
        )]
        enum Written {
            Seconds(f64),
            Text(String),
        }
        let text = match Written::deserialize(deserializer)? {
            Written::Seconds(number) => number.to_string(),
            Written::Text(text) => text,
        };
        text.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_read_with_their_unit() {
        for (text, expected) in [
            ("10", Some(10_000)),
            ("10s", Some(10_000)),
            ("10 s", Some(10_000)),
            ("250ms", Some(250)),
            ("1.5m", Some(90_000)),
            ("2h", Some(7_200_000)),
            ("0", None),
            ("-1", None),
            ("", None),
            ("s", None),
            ("10d", None),
            ("1e300h", None),
            ("NaN", None),
        ] {
            let read = text.parse::<Time>().ok().map(|time| time.0.as_millis());
            assert_eq!(read, expected, "{text}");
        }
    }
}
