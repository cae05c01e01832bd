//! What the page shows, as texts.

use super::super::{AcceptedReport, FailureReport, OperationReport, StepReport, verdict};
use crate::coverage::{PartCoverage, ResponseCoverage, RuleCoverage};
use crate::report::text::thousands;

/// How many characters of a body are shown at once; what is longer can be unfolded.
const SHOWN: usize = 600;
/// How many of a body are shown at all.
const MOST: usize = 20_000;

/// A piece of a sentence.
pub(super) struct Span<'t> {
    pub(super) text: &'t str,
    pub(super) is_code: bool,
}

/// A sentence cut at its backticks, where they come in pairs.
pub(super) fn spans<'t>(text: &'t (impl AsRef<str> + ?Sized)) -> Vec<Span<'t>> {
    let text = text.as_ref();
    if !text.matches('`').count().is_multiple_of(2) {
        return vec![Span {
            text,
            is_code: false,
        }];
    }
    let pieces = text.split('`').enumerate();
    pieces
        .map(|(index, text)| Span {
            text,
            is_code: index % 2 == 1,
        })
        .filter(|span| !span.text.is_empty())
        .collect()
}

pub(super) struct FailureView<'r> {
    pub(super) failure: &'r FailureReport,
    pub(super) number: usize,
    pub(super) id: String,
}

impl<'r> FailureView<'r> {
    pub(super) fn number(&self) -> usize {
        self.number
    }

    pub(super) fn id(&self) -> &str {
        &self.id
    }

    pub(super) fn check(&self) -> &'r str {
        &self.failure.check
    }

    pub(super) fn operations(&self) -> String {
        self.failure.operations.join(", ")
    }

    pub(super) fn message(&self) -> &'r str {
        &self.failure.message
    }

    pub(super) fn expected(&self) -> &'r str {
        &self.failure.expected
    }

    pub(super) fn line(&self) -> Option<usize> {
        self.failure.line
    }

    pub(super) fn case(&self) -> &'r str {
        &self.failure.case
    }

    pub(super) fn seen(&self) -> String {
        verdict::often(self.failure.seen)
    }

    pub(super) fn steps(&self) -> Vec<StepView<'r>> {
        self.failure.steps().map(StepView).collect()
    }

    pub(super) fn curl(&self) -> String {
        let lines: Vec<&str> = self
            .failure
            .steps()
            .map(|step| step.curl.as_str())
            .collect();
        visible(&lines.join("\n"))
    }
}

pub(super) struct AcceptedView<'r> {
    pub(super) accepted: &'r AcceptedReport,
    pub(super) number: usize,
    pub(super) id: String,
}

impl<'r> AcceptedView<'r> {
    pub(super) fn id(&self) -> &str {
        &self.id
    }

    pub(super) fn until(&self) -> &'r str {
        &self.accepted.until
    }

    pub(super) fn reason(&self) -> &'r str {
        &self.accepted.reason
    }

    pub(super) fn failure(&self) -> FailureView<'r> {
        FailureView {
            failure: &self.accepted.failure,
            number: self.number,
            id: self.id.clone(),
        }
    }
}

pub(super) struct StepView<'r>(&'r StepReport);

impl StepView<'_> {
    pub(super) fn request(&self) -> String {
        let request = &self.0.request;
        let first = format!("{} {}", request.method, request.target);
        message(&first, &request.headers, request.body.as_deref())
    }

    pub(super) fn long_request(&self) -> Option<String> {
        self.0.request.body.as_deref().and_then(long)
    }

    pub(super) fn answer(&self) -> String {
        match (&self.0.response, &self.0.no_answer) {
            (Some(response), _) => {
                let code = http::StatusCode::from_u16(response.status).ok();
                let reason = code.and_then(|code| code.canonical_reason());
                let first = format!("{} {}", response.status, reason.unwrap_or_default());
                message(first.trim_end(), &response.headers, Some(&response.body))
            }
            (None, Some(reason)) => visible(reason),
            (None, None) => String::new(),
        }
    }

    pub(super) fn long_answer(&self) -> Option<String> {
        let response = self.0.response.as_ref()?;
        long(&response.body)
    }
}

/// A text in which nothing is invisible but blanks and ends of lines: HTML has no control characters.
pub(super) fn visible(text: &str) -> String {
    let picture = |c: char| match c {
        '\n' | '\t' => c,
        '\0'..='\u{1f}' => {
            char::from_u32(0x2400 + u32::from(c)).unwrap_or(char::REPLACEMENT_CHARACTER)
        }
        '\u{7f}' => '\u{2421}',
        _ if c.is_control() => char::REPLACEMENT_CHARACTER,
        _ => c,
    };
    text.chars().map(picture).collect()
}

/// A message as HTTP/1.1 writes it, its body cut where it is long.
pub(super) fn message(first: &str, headers: &[(String, String)], body: Option<&str>) -> String {
    let mut text = first.to_owned();
    for (name, value) in headers {
        text.push_str(&format!("\n{name}: {value}"));
    }
    if let Some(body) = body.filter(|body| !body.is_empty()) {
        text.push_str("\n\n");
        match body.char_indices().nth(SHOWN) {
            Some((end, _)) => text.push_str(&format!("{}…", &body[..end])),
            None => text.push_str(body),
        }
    }
    visible(&text)
}

/// A body that is not shown whole at first.
pub(super) fn long(body: &str) -> Option<String> {
    body.char_indices().nth(SHOWN)?;
    Some(match body.char_indices().nth(MOST) {
        Some((end, _)) => format!("{}…", visible(&body[..end])),
        None => visible(body),
    })
}

pub(super) struct OperationView<'r> {
    pub(super) id: String,
    pub(super) operation: &'r OperationReport,
    pub(super) failures: Vec<FailureView<'r>>,
}

impl<'r> OperationView<'r> {
    pub(super) fn id(&self) -> &str {
        &self.id
    }

    pub(super) fn is_broken(&self) -> bool {
        !self.failures.is_empty()
    }

    pub(super) fn links(&self) -> &[FailureView<'r>] {
        &self.failures
    }

    pub(super) fn failures(&self) -> String {
        match self.failures.len() {
            1 => "1 failure".to_owned(),
            count => format!("{count} failures"),
        }
    }

    pub(super) fn method(&self) -> &'r str {
        &self.operation.method
    }

    pub(super) fn path(&self) -> &'r str {
        &self.operation.path
    }

    pub(super) fn name(&self) -> &'r str {
        &self.operation.operation
    }

    pub(super) fn facts(&self) -> String {
        let cases: usize = self.operation.cases.values().sum();
        let (known, tested) = self.operation.coverage.counts();
        format!(
            "{} cases, {tested} of {known} rules put to the test",
            thousands(cases)
        )
    }

    pub(super) fn responses(&self) -> Vec<ResponseView<'r>> {
        let responses = self.operation.coverage.responses.iter();
        responses.map(ResponseView).collect()
    }

    pub(super) fn parts(&self) -> Vec<PartView<'r>> {
        self.operation.coverage.parts.iter().map(PartView).collect()
    }
}

pub(super) struct ResponseView<'r>(&'r ResponseCoverage);

impl<'r> ResponseView<'r> {
    pub(super) fn name(&self) -> String {
        match &self.0.media_type {
            Some(media_type) => format!("{} `{media_type}`", self.0.status),
            None => self.0.status.clone(),
        }
    }

    pub(super) fn plain_name(&self) -> String {
        self.0.name().replace('`', "")
    }

    pub(super) fn answers(&self) -> usize {
        self.0.answers
    }

    pub(super) fn broken(&self) -> usize {
        self.0.broken
    }

    pub(super) fn is_broken(&self) -> bool {
        self.0.broken > 0
    }

    pub(super) fn why(&self) -> &'r str {
        self.0.why.as_deref().unwrap_or_default()
    }

    pub(super) fn rules(&self) -> RulesView<'r> {
        RulesView {
            rules: &self.0.rules,
            is_sent: false,
        }
    }
}

pub(super) struct PartView<'r>(&'r PartCoverage);

impl<'r> PartView<'r> {
    pub(super) fn name(&self) -> &'r str {
        &self.0.part
    }

    pub(super) fn plain_name(&self) -> String {
        self.0.part.replace('`', "")
    }

    pub(super) fn is_required(&self) -> bool {
        self.0.required
    }

    pub(super) fn sent(&self) -> usize {
        self.0.sent
    }

    pub(super) fn accepted(&self) -> usize {
        self.0.accepted
    }

    pub(super) fn why(&self) -> &'r str {
        self.0.why.as_deref().unwrap_or_default()
    }

    pub(super) fn rules(&self) -> RulesView<'r> {
        RulesView {
            rules: &self.0.rules,
            is_sent: true,
        }
    }
}

/// The rules of one response, or of one part of a request.
pub(super) struct RulesView<'r> {
    rules: &'r [RuleCoverage],
    is_sent: bool,
}

impl<'r> RulesView<'r> {
    pub(super) fn is_empty(&self) -> bool {
        self.rules.is_empty()
    }

    pub(super) fn summary(&self) -> String {
        let of = |is: fn(&RuleCoverage) -> bool| self.rules.iter().filter(|rule| is(rule)).count();
        let broken = of(|rule| rule.broken > 0);
        let held = of(|rule| rule.broken == 0 && rule.why.is_none());
        let open = of(|rule| rule.why.is_some());
        let mut parts = vec![format!("{held} held")];
        if broken > 0 {
            parts.push(format!("{broken} broken"));
        }
        if open > 0 {
            parts.push(format!("{open} not put to the test"));
        }
        parts.join(", ")
    }

    /// What is broken, then what was not tested, then the rest.
    pub(super) fn rows(&self) -> Vec<RuleView<'r>> {
        let mut rows: Vec<RuleView<'r>> = self
            .rules
            .iter()
            .map(|rule| RuleView {
                rule,
                is_sent: self.is_sent,
            })
            .collect();
        rows.sort_by_key(|row| (row.rule.broken == 0, row.rule.why.is_none()));
        rows
    }
}

pub(super) struct RuleView<'r> {
    rule: &'r RuleCoverage,
    is_sent: bool,
}

impl<'r> RuleView<'r> {
    pub(super) fn name(&self) -> String {
        self.rule.name()
    }

    pub(super) fn pointer(&self) -> &'r str {
        &self.rule.pointer
    }

    pub(super) fn is_broken(&self) -> bool {
        self.rule.broken > 0
    }

    pub(super) fn outcome(&self) -> String {
        let RuleCoverage {
            met,
            refused,
            broken,
            why,
            ..
        } = self.rule;
        let mut parts = Vec::new();
        if self.is_sent {
            if *broken > 0 {
                parts.push(format!(
                    "calls that break it were accepted {}",
                    verdict::often(*broken)
                ));
            }
            if *refused > 0 {
                parts.push(format!(
                    "calls that break it were refused {}",
                    verdict::often(*refused)
                ));
            }
            if *met {
                parts.push("values that keep it were accepted".to_owned());
            }
        } else if *broken > 0 {
            parts.push(format!("broken {}", verdict::often(*broken)));
        } else if *met {
            parts.push("held".to_owned());
        }
        parts.extend(why.as_ref().map(|why| match self.is_sent {
            true => format!("never broken: {why}"),
            false => format!("not met: {why}"),
        }));
        parts.join("; ")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn backticks_in_pairs_are_code() {
        let cut = |text: &str| -> Vec<(String, bool)> {
            let spans = spans(text).into_iter();
            spans.map(|s| (s.text.to_owned(), s.is_code)).collect()
        };
        let text = |text: &str| (text.to_owned(), false);
        let code = |text: &str| (text.to_owned(), true);
        assert_eq!(
            cut("the `name` is `x`"),
            [text("the "), code("name"), text(" is "), code("x")]
        );
        assert_eq!(cut("a ` alone"), [text("a ` alone")]);
        assert_eq!(cut(""), []);
    }

    #[test]
    fn control_characters_are_shown_as_pictures() {
        assert_eq!(
            visible("a\u{1b}[31m\0\n\tb\u{7f}\u{85}"),
            "a␛[31m␀\n\tb␡\u{fffd}"
        );
    }

    #[test]
    fn long_bodies_are_cut_and_can_be_unfolded() {
        let body = "é".repeat(SHOWN + 1);
        let shown = message("200 OK", &[], Some(&body));
        assert_eq!(shown.chars().count(), "200 OK\n\n".len() + SHOWN + 1);
        assert_eq!(long(&body).as_deref(), Some(body.as_str()));
        assert_eq!(long(&"é".repeat(SHOWN)), None);
    }
}
