//! The command line that makes a run again.

/// The words of a command line with that seed and run id in it, as a line for a shell.
///
/// A credential in clear is replaced by the environment variable that a report names in its place, unless secrets are to
/// be seen.
pub fn line(words: &[String], seed: u64, run_id: &str, show_secrets: bool) -> String {
    let mut line: Vec<String> = Vec::new();
    let mut words = words.iter();
    while let Some(word) = words.next() {
        let (name, value) = match word.split_once('=') {
            Some((name, value)) => (name, Some(value)),
            None => (word.as_str(), None),
        };
        match name {
            "--seed" | "--run-id" => {
                if value.is_none() {
                    words.next();
                }
            }
            "--credential" => {
                let value = value.or_else(|| words.next().map(String::as_str));
                let value = value.unwrap_or_default();
                line.push(name.to_owned());
                line.push(quoted(&if show_secrets {
                    value.to_owned()
                } else {
                    hidden(value)
                }));
            }
            _ => line.push(quoted(word)),
        }
    }
    line.push(format!("--seed {seed} --run-id {}", quoted(run_id)));
    line.join(" ")
}

/// `SCHEME=VALUE` without a value in clear.
fn hidden(credential: &str) -> String {
    match credential.split_once('=') {
        Some((scheme, value)) if !value.starts_with(['@', '$']) => {
            format!("{scheme}=${}", contract_harness::variable(scheme))
        }
        _ => credential.to_owned(),
    }
}

/// A word as a shell reads it back.
fn quoted(word: &str) -> String {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || "-_./:=,@%+".contains(c);
    if !word.is_empty() && word.chars().all(is_plain) {
        word.to_owned()
    } else {
        format!("'{}'", word.replace('\'', r"'\''"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_line_has_the_seed_of_the_run_and_no_secret() {
        for (words, expected) in [
            (
                &["contract", "test", "a.yaml", "http://h/"][..],
                "contract test a.yaml http://h/ --seed 5 --run-id ab",
            ),
            (
                &[
                    "contract",
                    "test",
                    "--seed",
                    "1",
                    "--run-id=x",
                    "a b",
                    "http://h/",
                ],
                "contract test 'a b' http://h/ --seed 5 --run-id ab",
            ),
            (
                &[
                    "contract",
                    "--credential",
                    "bearerAuth=secret",
                    "--credential=k=@pass it's",
                ],
                r"contract --credential 'bearerAuth=$BEARER_AUTH' --credential 'k=@pass it'\''s' --seed 5 --run-id ab",
            ),
        ] {
            let words: Vec<String> = words.iter().map(|word| (*word).to_owned()).collect();
            assert_eq!(line(&words, 5, "ab", false), expected);
        }
        let words = ["--credential".to_owned(), "a=secret".to_owned()];
        assert_eq!(
            line(&words, 5, "ab", true),
            "--credential a=secret --seed 5 --run-id ab"
        );
    }
}
