//! What is printed for somebody who tries the server out: two tokens, and a first request to paste.

use std::path::Path;
use std::time::Duration;

use crate::token::{IssueError, Issuer, Scheme};

/// How long the printed tokens are good: 12 hours.
const LIFETIME: Duration = Duration::from_secs(12 * 60 * 60);

/// The text for a server that is at `url` and was started with the development key in the file `key`. All of
/// it but the comments is for a shell, to be pasted as it is.
pub fn welcome(url: &str, key: &Path, issuer: &Issuer) -> Result<String, IssueError> {
    let bearer = issuer.issue(
        Scheme::Bearer,
        "you",
        &["events.read", "events.write"],
        LIFETIME,
    )?;
    let service = issuer.issue(Scheme::Service, "your-terminal", &[], LIFETIME)?;
    let key = key.display();
    Ok(format!(
        r#"# No keys are configured, so the development key in {key} is used.
# Two tokens that are good for 12 hours:

export EVENTS_TOKEN={bearer}
export EVENTS_S2S_TOKEN={service}

# Paste these two lines and the next one into another terminal to create an event:

curl -i {url}/events -H "Authorization: Bearer $EVENTS_TOKEN" -H "S2S-Auth-Token: $EVENTS_S2S_TOKEN" -H "Content-Type: application/vnd.api+json" -d '{{"data":{{"type":"event","attributes":{{"name":"mailbox_created"}}}}}}'

# And to read the first event:

curl -i {url}/events/1 -H "Authorization: Bearer $EVENTS_TOKEN" -H "S2S-Auth-Token: $EVENTS_S2S_TOKEN"
"#
    ))
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may panic")]
mod tests {
    use super::*;
    use crate::keys::KeySet;

    #[test]
    fn the_printed_tokens_are_accepted_and_the_commands_name_the_url() {
        let issuer = Issuer::random("test").unwrap();
        let keys = KeySet::parse(&issuer.to_jwk_set()).unwrap();
        let text = welcome(
            "http://[::1]:8080",
            Path::new("events.db.dev-key.json"),
            &issuer,
        )
        .unwrap();
        let token = |name: &str| {
            let line = text
                .lines()
                .find_map(|line| line.strip_prefix(&format!("export {name}=")));
            line.unwrap().to_owned()
        };

        let bearer = keys.verify(Scheme::Bearer, &token("EVENTS_TOKEN")).unwrap();
        assert_eq!(bearer.scopes, ["events.read", "events.write"]);
        keys.verify(Scheme::Service, &token("EVENTS_S2S_TOKEN"))
            .unwrap();

        let commands: Vec<_> = text
            .lines()
            .filter(|line| !line.is_empty() && !line.starts_with('#'))
            .collect();
        assert_eq!(commands.len(), 4);
        assert!(commands[2].starts_with("curl -i http://[::1]:8080/events -H "));
        assert!(commands[3].starts_with("curl -i http://[::1]:8080/events/1 -H "));
        assert!(text.contains("in events.db.dev-key.json is used"));
    }
}
