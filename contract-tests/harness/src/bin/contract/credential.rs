//! Where credentials come from.
//!
//! A word on a command line is seen by everybody who lists processes, and a word in a file that is committed by everybody
//! who reads it. So a credential may be the name of an environment variable, or a command that prints it.

use std::process::{Command, Stdio};

use contract_harness::Credentials;

use crate::pair::Pair;

/// Adds a scheme's credentials: `@COMMAND`, `$NAME`, or the text as it stands.
///
/// # Errors
/// The environment has no such variable, or it is empty.
pub fn add(credentials: &mut Credentials, pair: &Pair) -> Result<(), String> {
    let Pair { name: scheme, text } = pair;
    if let Some(command) = text.strip_prefix('@') {
        let command = command.to_owned();
        credentials.ask(scheme, move || printed(&command));
        return Ok(());
    }
    let variable = text.strip_prefix('$').filter(|name| is_variable(name));
    let text = match variable.map(std::env::var) {
        None => text.clone(),
        // A pipeline that lacks a secret has an empty variable in its place.
        Some(Ok(value)) if value.is_empty() => {
            return Err(format!("--credential {scheme}: {text} is empty"));
        }
        Some(Ok(value)) => value,
        Some(Err(error)) => return Err(format!("--credential {scheme}: {text}: {error}")),
    };
    credentials.insert(scheme, text);
    Ok(())
}

fn is_variable(name: &str) -> bool {
    let is_word = |c: char| c.is_ascii_alphanumeric() || c == '_';
    !name.is_empty() && name.chars().all(is_word) && !name.starts_with(|c: char| c.is_ascii_digit())
}

/// What the command prints, without the line's end.
fn printed(command: &str) -> Result<String, String> {
    let output = Command::new("sh")
        .args(["-c", command])
        .stdin(Stdio::null())
        .output()
        .map_err(|error| format!("`{command}` cannot be run: {error}"))?;
    if !output.status.success() {
        let said = String::from_utf8_lossy(&output.stderr);
        return Err(format!(
            "`{command}` ended with {}; it said: {}",
            output.status,
            said.trim_end()
        ));
    }
    match String::from_utf8(output.stdout) {
        Ok(text) if !text.trim_end().is_empty() => Ok(text.trim_end().to_owned()),
        Ok(_) => Err(format!("`{command}` printed nothing")),
        Err(_) => Err(format!("what `{command}` printed is not UTF-8")),
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;

    #[test]
    fn a_command_is_asked_by_the_shell() {
        for (command, expected) in [
            ("printf '%s\\n' secret", Ok("secret")),
            (
                "echo a; echo why >&2; exit 3",
                Err("exit status: 3; it said: why"),
            ),
            ("true", Err("printed nothing")),
        ] {
            match (printed(command), expected) {
                (Ok(text), Ok(expected)) => assert_eq!(text, expected),
                (Err(why), Err(expected)) => assert!(why.ends_with(expected), "{why}"),
                (found, _) => panic!("{command}: {found:?}"),
            }
        }
    }

    #[test]
    fn a_variable_is_a_dollar_sign_and_a_name() {
        for (text, expected) in [
            ("TOKEN", true),
            ("_1", true),
            ("1", false),
            ("", false),
            ("a-b", false),
        ] {
            assert_eq!(is_variable(text), expected, "{text}");
        }
        let pair = |text: &str| Pair {
            name: "bearerAuth".to_owned(),
            text: text.to_owned(),
        };
        let mut credentials = Credentials::default();
        let why = add(&mut credentials, &pair("$NO_SUCH_VARIABLE")).unwrap_err();
        assert_eq!(
            why,
            "--credential bearerAuth: $NO_SUCH_VARIABLE: environment variable not found"
        );
        assert!(!credentials.has("bearerAuth"));
        assert_eq!(add(&mut credentials, &pair("$2y$10$x")), Ok(()));
        assert!(credentials.has("bearerAuth"));
    }
}
