//! The report for GitHub: annotations beside the lines of the document, and a summary of the step.
//!
//! An annotation is a line on standard output that the runner reads; the summary is Markdown, appended to the file that
//! `GITHUB_STEP_SUMMARY` names. What the server sent may hold anything: in annotations it is escaped as the runner's own
//! toolkit does it, and in the summary so that no Markdown and no HTML is left in it.

use std::fmt::{self, Write as _};
use std::io::{self, Write};

use super::text::thousands;
use super::{CheckReport, FailureReport, Report, Standing, verdict};

/// The runner shows no more than ten annotations of a kind for each step.
const ANNOTATIONS: usize = 10;
/// How many failures the summary tells in full: it may not be longer than a mebibyte.
const MOST: usize = 50;
/// How much of one exchange it tells.
const LONGEST: usize = 4_000;

pub(super) fn annotations(
    report: &Report,
    document: Option<&str>,
    mut out: impl Write,
) -> io::Result<()> {
    for failure in report.failures.iter().take(ANNOTATIONS) {
        let mut properties = Vec::new();
        if let Some(document) = document {
            properties.push(format!("file={}", property(document)));
            properties.extend(failure.line.map(|line| format!("line={line}")));
        }
        let title = format!("{} in {}", failure.check, failure.operations.join(", "));
        properties.push(format!("title={}", property(&title)));
        let message = format!(
            "{}\nexpected by {}\nsmallest case: {}\n{}",
            failure.message,
            failure.expected,
            failure.case,
            curl(failure)
        );
        let (properties, message) = (properties.join(","), data(&message));
        writeln!(out, "::error {properties}::{message}")?;
    }
    let more = report.failures.len().saturating_sub(ANNOTATIONS);
    if more > 0 {
        writeln!(out, "::notice::and {more} more failures: see the summary")?;
    }
    for standing in &report.baseline {
        let kind = match standing.standing {
            Standing::Expired => "warning",
            Standing::Mended | Standing::NotJudged => "notice",
        };
        writeln!(out, "::{kind}::{}", data(&standing.sentence()))?;
    }
    out.flush()
}

fn curl(failure: &FailureReport) -> String {
    let lines: Vec<&str> = failure.steps().map(|step| step.curl.as_str()).collect();
    lines.join("\n")
}

/// A message as the runner reads it.
fn data(text: &str) -> String {
    text.replace('%', "%25")
        .replace('\r', "%0D")
        .replace('\n', "%0A")
}

/// A property's value as the runner reads it.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

pub(super) fn summary(report: &Report, mut out: impl Write) -> io::Result<()> {
    let mut text = String::new();
    markdown(&mut text, report).map_err(io::Error::other)?;
    out.write_all(text.as_bytes())?;
    out.flush()
}

fn markdown(out: &mut String, report: &Report) -> fmt::Result {
    let mark = if report.is_clean() { "✅" } else { "❌" };
    writeln!(
        out,
        "## {mark} {} {}\n",
        plain(&report.title),
        plain(&report.version)
    )?;
    writeln!(out, "**{}**\n", plain(&verdict::headline(report)))?;
    writeln!(
        out,
        "{} cases, {} requests in {:.2} s at {}; seed {}, run id {}\n",
        thousands(report.cases),
        thousands(report.requests),
        report.elapsed_seconds,
        plain(&report.base_url),
        report.seed,
        plain(&report.run_id)
    )?;
    for failure in report.failures.iter().take(MOST) {
        self::failure(out, failure)?;
    }
    let more = report.failures.len().saturating_sub(MOST);
    if more > 0 {
        writeln!(out, "And {more} more failures.\n")?;
    }
    baseline(out, report)?;
    writeln!(
        out,
        "| check | held | broken | unspecified | could hide |\n| :-- | --: | --: | --: | --: |"
    )?;
    let has_applied = |check: &&CheckReport| check.applied + check.unspecified > 0;
    for check in report.checks.iter().filter(has_applied) {
        writeln!(
            out,
            "| {} | {} | {} | {} | {} |",
            plain(&check.name),
            thousands(check.held),
            thousands(check.broken),
            thousands(check.unspecified),
            check
                .could_hide
                .map_or_else(|| "–".to_owned(), verdict::percent)
        )?;
    }
    writeln!(out, "\n<sub>{}</sub>\n", plain(verdict::MEANING))?;
    for sentence in verdict::sentences(report) {
        writeln!(out, "{}\n", words(&sentence))?;
    }
    laws(out, report)?;
    operations(out, report)
}

fn laws(out: &mut String, report: &Report) -> fmt::Result {
    if report.laws.is_empty() {
        return Ok(());
    }
    writeln!(
        out,
        "<details><summary>Where the laws applied</summary>\n\n\
         | law | in | not in, because |\n| :-- | :-- | :-- |"
    )?;
    for law in &report.laws {
        let silent = law.silent(MOST).into_iter();
        let silent = silent.map(|(why, places)| format!("{}: {why}", places.join(", ")));
        let why = law.why.iter().cloned();
        let reasons: Vec<String> = why.chain(silent).map(|reason| cell(&reason)).collect();
        writeln!(
            out,
            "| {} | {} | {} |",
            plain(&law.law),
            plain(&law.applied().join(", ")),
            reasons.join("<br>")
        )?;
    }
    writeln!(out, "\n</details>\n")
}

fn failure(out: &mut String, failure: &FailureReport) -> fmt::Result {
    let line = failure
        .line
        .map(|line| format!(" (line {line})"))
        .unwrap_or_default();
    writeln!(
        out,
        "### {} in {}\n",
        code(&failure.check),
        plain(&failure.operations.join(", "))
    )?;
    writeln!(out, "{}\n", words(&failure.message))?;
    writeln!(
        out,
        "Expected by {}{line}. Smallest case: {}. Seen {}.\n",
        code(&failure.expected),
        words(&failure.case),
        verdict::often(failure.seen)
    )?;
    let mut exchange = String::new();
    for step in failure.steps() {
        let request = &step.request;
        writeln!(exchange, "> {} {}", request.method, request.target)?;
        if let Some(body) = &request.body {
            writeln!(exchange, "> {body}")?;
        }
        match (&step.response, &step.no_answer) {
            (Some(response), _) => {
                writeln!(exchange, "< {}", response.status)?;
                writeln!(exchange, "< {}", response.body)?;
            }
            (None, reason) => writeln!(exchange, "< {}", reason.as_deref().unwrap_or_default())?,
        }
    }
    writeln!(
        out,
        "<details><summary>The exchange, and the same again</summary>\n\n<pre>{}\n{}</pre>\n\n</details>\n",
        raw(&exchange),
        raw(&curl(failure))
    )
}

fn baseline(out: &mut String, report: &Report) -> fmt::Result {
    for standing in &report.baseline {
        writeln!(out, "{}\n", words(&standing.sentence()))?;
    }
    if !report.accepted.is_empty() {
        writeln!(out, "Accepted for now:\n")?;
        for accepted in &report.accepted {
            writeln!(
                out,
                "- {} in {}, until {}: {}",
                code(&accepted.failure.check),
                plain(&accepted.failure.operations.join(", ")),
                accepted.until,
                plain(&accepted.reason)
            )?;
        }
        writeln!(out)?;
    }
    Ok(())
}

fn operations(out: &mut String, report: &Report) -> fmt::Result {
    writeln!(
        out,
        "<details><summary>Operations</summary>\n\n\
         | operation | cases | rules put to the test | never answered |\n| :-- | --: | --: | :-- |"
    )?;
    for operation in &report.operations {
        let cases: usize = operation.cases.values().sum();
        let (known, tested) = operation.coverage.counts();
        writeln!(
            out,
            "| {} | {} | {tested} of {known} | {} |",
            plain(&operation.operation),
            thousands(cases),
            plain(&operation.never_answered.join(", "))
        )?;
    }
    writeln!(out, "\n</details>")
}

/// A sentence of ours: what stands between backticks is code, and the rest means nothing but itself.
fn words(text: &str) -> String {
    if !text.matches('`').count().is_multiple_of(2) {
        return plain(text);
    }
    let pieces = text.split('`').enumerate();
    pieces
        .map(|(index, piece)| match index % 2 {
            0 => plain(piece),
            _ => code(piece),
        })
        .collect()
}

/// A sentence of ours in a table, where a bar ends the cell.
fn cell(text: &str) -> String {
    if text.contains('|') {
        plain(text)
    } else {
        words(text)
    }
}

/// A text as a code span, where nothing is Markdown but the backtick. Not for tables, where a bar is.
fn code(text: &str) -> String {
    if text.is_empty() || text.contains(['`', '\n', '\r']) {
        plain(text)
    } else {
        format!("`{}`", text.replace(char::is_control, " "))
    }
}

/// A text as Markdown that means nothing but itself, in one line.
fn plain(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    for c in text.chars().take(LONGEST) {
        match c {
            _ if c.is_control() => plain.push(' '),
            // What GitHub links by itself has no escape but a reference.
            '@' => plain.push_str("&#64;"),
            '#' => plain.push_str("&#35;"),
            _ if c.is_ascii_punctuation()
                && !matches!(c, '.' | ',' | ';' | '/' | '-' | ':' | '%') =>
            {
                plain.push('\\');
                plain.push(c);
            }
            _ => plain.push(c),
        }
    }
    plain
}

/// A text inside `<pre>`, where Markdown means nothing, and HTML does.
fn raw(text: &str) -> String {
    let mut raw = String::with_capacity(text.len());
    for (index, c) in text.chars().enumerate() {
        match c {
            _ if index == LONGEST => {
                raw.push('…');
                break;
            }
            '&' => raw.push_str("&amp;"),
            '<' => raw.push_str("&lt;"),
            '>' => raw.push_str("&gt;"),
            '\n' => raw.push('\n'),
            _ if c.is_control() => raw.push(' '),
            _ => raw.push(c),
        }
    }
    raw
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn annotations_are_escaped_as_the_runner_reads_them() {
        assert_eq!(data("50%\r\na: b, c"), "50%25%0D%0Aa: b, c");
        assert_eq!(property("50%\r\na: b, c"), "50%25%0D%0Aa%3A b%2C c");
    }

    #[test]
    fn nothing_in_a_text_is_markdown() {
        for (text, expected) in [
            ("plain words, 1.5%", "plain words, 1.5%"),
            ("a|b\n# c", "a\\|b &#35; c"),
            ("<script>", "\\<script\\>"),
            ("[x](y) `z` *w*", "\\[x\\]\\(y\\) \\`z\\` \\*w\\*"),
            ("@somebody #1", "&#64;somebody &#35;1"),
        ] {
            assert_eq!(plain(text), expected);
        }
        assert_eq!(words("a `b*` *c*"), "a `b*` \\*c\\*");
        assert_eq!(words("a ` *c*"), "a \\` \\*c\\*");
        assert_eq!(raw("</pre>&\u{1b}\n"), "&lt;/pre&gt;&amp; \n");
    }
}
