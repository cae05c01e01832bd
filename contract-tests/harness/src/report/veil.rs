//! Secrets that a server says back.
//!
//! A request is shown with the names of shell variables in the place of credentials, but a server may say in its answer
//! what it was sent, and a check may say what the server answered. What was sent is known from the request itself: it
//! stands where the shown one has a variable.

use crate::secrets::MARK;

/// What is shorter would be found where it is no secret.
const SHORTEST: usize = 6;

/// Secrets that were sent, each with what is shown in its place.
#[derive(Debug, Default)]
pub(crate) struct Veil {
    secrets: Vec<(String, String)>,
}

impl Veil {
    /// Learns what was sent where the shown text has its [`MARK`]s.
    pub(crate) fn learn(&mut self, shown: &str, sent: &str) {
        let mut pieces = shown.split(MARK);
        let Some(mut rest) = pieces.next().and_then(|start| sent.strip_prefix(start)) else {
            return;
        };
        while let Some(name) = pieces.next() {
            let after = pieces.next().unwrap_or_default();
            let end = if after.is_empty() {
                Some(rest.len())
            } else {
                rest.find(after)
            };
            let Some(end) = end else {
                return;
            };
            let secret = &rest[..end];
            if secret.len() >= SHORTEST && !self.secrets.iter().any(|(known, _)| known == secret) {
                self.secrets.push((secret.to_owned(), name.to_owned()));
                // One may be the beginning of another.
                self.secrets
                    .sort_by_key(|(secret, _)| std::cmp::Reverse(secret.len()));
            }
            rest = &rest[end + after.len()..];
        }
    }

    /// The text with names in the place of secrets.
    pub(crate) fn over(&self, text: &str) -> String {
        let mut text = text.to_owned();
        for (secret, name) in &self.secrets {
            if text.contains(secret) {
                text = text.replace(secret, name);
            }
        }
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_sent_is_replaced_wherever_it_stands() {
        for (shown, sent, text, expected) in [
            (
                "Bearer \0$TOKEN\0",
                "Bearer secret-1",
                "you sent secret-1!",
                "you sent $TOKEN!",
            ),
            (
                "Bearer \0$TOKEN\0x",
                "Bearer secret-1x",
                "secret-1x",
                "$TOKENx",
            ),
            (
                "/a?k=\0$KEY\0&b=\0$OTHER\0",
                "/a?k=first-key&b=other-key",
                "other-key first-key",
                "$OTHER $KEY",
            ),
            ("\0$TOKEN\0", "abc", "abc", "abc"),
            ("plain", "plain", "plain", "plain"),
            (
                "Bearer \0$TOKEN\0",
                "Basic secret-1",
                "secret-1",
                "secret-1",
            ),
        ] {
            let mut veil = Veil::default();
            veil.learn(shown, sent);
            assert_eq!(veil.over(text), expected, "{shown:?}");
        }
    }

    #[test]
    fn a_secret_that_holds_another_is_replaced_as_a_whole() {
        let mut veil = Veil::default();
        veil.learn("\0$SHORT\0", "secret");
        veil.learn("\0$LONG\0", "secret-and-more");
        assert_eq!(veil.over("secret-and-more, secret"), "$LONG, $SHORT");
    }
}
