//! The tokens, from the environment: on the command line, other users of the machine could read them.

use events_client::Credentials;

use super::failure::Failure;

/// The caller's token.
const BEARER: &str = "EVENTS_TOKEN";

/// The calling service's token.
const SERVICE: &str = "EVENTS_S2S_TOKEN";

/// The credentials, with variables as `variable` has them.
///
/// # Errors
/// The variables that are missing, and where tokens come from.
pub fn credentials(variable: impl Fn(&str) -> Option<String>) -> Result<Credentials, Failure> {
    let get = |name| variable(name).filter(|token| !token.trim().is_empty());
    let missing: Vec<&str> = [BEARER, SERVICE]
        .into_iter()
        .filter(|name| get(name).is_none())
        .collect();
    match (get(BEARER), get(SERVICE)) {
        (Some(bearer), Some(service)) => Ok(Credentials {
            bearer: bearer.trim().into(),
            service: service.trim().into(),
        }),
        _ => Err(Failure::Usage(format!(
            "{} not set. {BEARER} holds the caller's token, and {SERVICE} that of the calling service. \
             `events-server serve` prints two lines that set both: paste them into this terminal. \
             For another service, ask whoever runs it.",
            match missing.as_slice() {
                [one] => format!("{one} is"),
                _ => format!("{} are", missing.join(" and ")),
            }
        ))),
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may panic")]
mod tests {
    use super::*;

    fn check(set: &[(&str, &str)], expected: &str) {
        let variable = |name: &str| {
            let found = set.iter().find(|(set, _)| *set == name);
            found.map(|(_, value)| (*value).to_owned())
        };
        let message = credentials(variable).unwrap_err().to_string();
        assert!(message.starts_with(expected), "{message}");
        assert!(message.contains("`events-server serve` prints"));
    }

    #[test]
    fn a_missing_token_is_named() {
        check(&[], "EVENTS_TOKEN and EVENTS_S2S_TOKEN are not set.");
        check(&[(BEARER, "a")], "EVENTS_S2S_TOKEN is not set.");
        check(&[(BEARER, " "), (SERVICE, "a")], "EVENTS_TOKEN is not set.");
    }

    #[test]
    fn blanks_around_a_token_are_not_sent() {
        let credentials = credentials(|name| Some(format!(" {name}\n"))).unwrap();
        assert_eq!(credentials.bearer.reveal(), BEARER);
        assert_eq!(credentials.service.reveal(), SERVICE);
    }
}
