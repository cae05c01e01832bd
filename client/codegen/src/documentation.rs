//! Descriptions of the document as documentation.

/// The lines of a comment made of several texts, with an empty line between them.
pub(crate) fn lines<'t>(texts: impl IntoIterator<Item = Option<&'t str>>) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for text in texts.into_iter().flatten().filter(|t| !t.trim().is_empty()) {
        if !lines.is_empty() {
            lines.push(String::new());
        }
        lines.extend(self::text(text).lines().map(str::to_owned));
    }
    lines
}

/// A description in which rustdoc finds no code to test.
pub(crate) fn text(description: &str) -> String {
    let mut lines: Vec<String> = Vec::new();
    let mut fence = None;
    for line in description.trim().lines() {
        let line = line.replace('\t', "    ");
        let text = line.trim();
        // Four blanks would begin code.
        let indent = " ".repeat((line.len() - line.trim_start().len()).min(3));
        let mark = ["```", "~~~"]
            .into_iter()
            .find(|mark| text.starts_with(mark));
        lines.push(match (fence, mark) {
            (None, Some(mark)) => {
                fence = Some(mark);
                format!("{indent}{mark}text")
            }
            (Some(open), Some(mark)) if open == mark => {
                fence = None;
                format!("{indent}{mark}")
            }
            (Some(_), _) => line.trim_end().to_owned(),
            (None, None) => format!("{indent}{text}").trim_end().to_owned(),
        });
    }
    if let Some(open) = fence {
        lines.push(open.to_owned());
    }
    lines.join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn code_in_descriptions_is_no_test() {
        let description = "Call:\n\n```\nf()\n```\n\n    g()\n\n~~~json\n    {";
        assert_eq!(
            text(description),
            "Call:\n\n```text\nf()\n```\n\n   g()\n\n~~~text\n    {\n~~~"
        );
    }

    #[test]
    fn texts_are_parted_by_an_empty_line() {
        assert_eq!(
            lines([Some("a\nb"), None, Some(" "), Some("c")]),
            ["a", "b", "", "c"]
        );
    }
}
