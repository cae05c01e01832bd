//! The file of `--config`.

use std::path::Path;

use crate::exit::Stop;
use crate::files;
use crate::options::Options;

/// The options, and where they say nothing those of the file that they name.
///
/// # Errors
/// The file cannot be read, or says what no option is.
pub fn merged(options: Options) -> Result<Options, Stop> {
    match &options.config {
        None => Ok(options),
        Some(path) => {
            let file = read(path)?;
            Ok(options.over(file))
        }
    }
}

fn read(path: &Path) -> Result<Options, Stop> {
    let text = files::text(path).map_err(Stop::Unusable)?;
    toml::from_str(&text).map_err(|error| {
        let text = error.to_string();
        Stop::unusable(format!("{}: {}", path.display(), text.trim_end()))
    })
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    use clap::{Args as _, Command};

    /// A value for each option that is not a text.
    const EVERY: &str = r#"
        document = "openapi.yaml"
        url = "http://127.0.0.1:8080"
        remote = ["https://example.org/=schemas"]
        operation = ["getThing"]
        exclude = ["GET /things"]
        phase = ["random"]
        check = ["not_a_server_error"]
        law = ["created_reads_back"]
        cases = 50
        max-time = "1m"
        shard = "2/5"
        timeout = 2.5
        rate = 100
        workers = 2
        tls-ca = "ca.pem"
        tls-insecure = true
        allow-writes = true
        start = "serve"
        start-timeout = 30
        start-log = "server.log"
        seed = 7
        run-id = "a"
        regressions = "regressions.json"
        baseline = "accepted.toml"
        report = ["json=-", "junit=report.xml", "html=report.html", "github"]
        show-secrets = true

        [value]
        "getThing.id" = [1, 2]

        [credential]
        bearerAuth = "$TOKEN"

        [header]
        X-Trace = "yes"

        [operations.createThing]
        cases = 10
        timeout = "1m"
        skip = ["positive_data_acceptance"]
    "#;

    #[test]
    fn every_option_of_the_command_line_can_stand_in_the_file() {
        let in_file: toml::Table = EVERY.parse().unwrap();
        let in_file: BTreeSet<String> = in_file.keys().map(|key| key.replace('-', "_")).collect();
        let command = Options::augment_args(Command::new("test"));
        let mut on_line: BTreeSet<String> = command
            .get_arguments()
            .map(|argument| argument.get_id().to_string())
            .collect();
        // What is said of one run, and not of every one.
        assert!(on_line.remove("config") && on_line.remove("update_baseline"));
        on_line.insert("operations".to_owned());
        assert_eq!(in_file, on_line);
        toml::from_str::<Options>(EVERY).unwrap();
    }

    #[test]
    fn the_command_line_wins() {
        let line = "credential = { a = '1' }\noperation = ['x']\nseed = 1";
        let file = "credential = { a = '2', b = '3' }\noperation = ['y']\nphase = ['z']\nseed = 2\ncases = 4";
        let options = toml::from_str::<Options>(line)
            .unwrap()
            .over(toml::from_str(file).unwrap());
        let credentials: Vec<_> = options
            .credential
            .iter()
            .map(|pair| (pair.name.as_str(), pair.text.as_str()))
            .collect();
        assert_eq!(credentials, [("a", "1"), ("b", "3")]);
        assert_eq!(options.operation, ["x"]);
        assert_eq!(options.phase, ["z"]);
        assert_eq!((options.seed, options.cases), (Some(1), Some(4)));
    }

    #[test]
    fn what_no_option_is_is_told_with_its_line() {
        for (text, line, word) in [
            ("seed = 1\nsed = 2", "line 2", "unknown field `sed`"),
            ("\ntimeout = 'soon'", "line 2", "unit"),
            (
                "[operations.a]\nworkers = 2",
                "line 2",
                "unknown field `workers`",
            ),
            ("shard = '6/5'", "line 1", "6/5"),
            ("report = ['xml=a']", "line 1", "FORMAT=PATH"),
            ("config = 'other.toml'", "line 1", "unknown field `config`"),
        ] {
            let error = toml::from_str::<Options>(text).unwrap_err().to_string();
            assert!(
                error.contains(line) && error.contains(word),
                "{text}: {error}"
            );
        }
    }
}
