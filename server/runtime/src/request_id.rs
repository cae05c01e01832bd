//! The id of a request: the caller's, where it gives one that can stand in a log, else ours.
//!
//! dropshot writes an id of its own into the answer's `X-Request-Id` after everybody else has had a say. So a caller's id
//! comes back in `X-Correlation-Id`.

use http::{HeaderMap, HeaderName};

use crate::security::the_only;

/// Where a caller's id is read.
const GIVEN: HeaderName = HeaderName::from_static("x-request-id");

/// Where a caller's id comes back.
pub(crate) const RETURNED: HeaderName = HeaderName::from_static("x-correlation-id");

/// A longer id is not taken.
const LONGEST: usize = 128;

/// The id that the caller has given: one header, of 1 to 128 visible ASCII characters.
pub(crate) fn given(headers: &HeaderMap) -> Option<&str> {
    let value = the_only(headers.get_all(GIVEN).iter())?.to_str().ok()?;
    let is_visible = value.bytes().all(|byte| byte.is_ascii_graphic());
    (is_visible && (1..=LONGEST).contains(&value.len())).then_some(value)
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may panic")]
mod tests {
    use http::HeaderValue;

    use super::*;

    #[test]
    fn an_id_is_taken_if_it_can_stand_in_a_log() {
        let check = |values: &[&[u8]], expected: Option<&str>| {
            let mut headers = HeaderMap::new();
            for value in values {
                headers.append(GIVEN, HeaderValue::from_bytes(value).unwrap());
            }
            assert_eq!(given(&headers), expected, "{values:?}");
        };
        check(&[], None);
        check(&[b"a"], Some("a"));
        check(&[b"7f9c-2ba4/\"x\"=~!"], Some("7f9c-2ba4/\"x\"=~!"));
        check(&[b""], None);
        check(&[b"a b"], None);
        check(&[b"a\tb"], None);
        check(&["\u{e4}".as_bytes()], None);
        check(&[b"a", b"a"], None);
        let long = "x".repeat(128);
        check(&[long.as_bytes()], Some(&long));
        check(&["x".repeat(129).as_bytes()], None);
    }
}
