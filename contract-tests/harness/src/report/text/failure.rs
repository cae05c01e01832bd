//! A failure with all that it takes to see it again.

use std::fmt::{self, Write};

use super::Look;
use crate::report::{FailureReport, StepReport};
use crate::validator::shortened;

pub(super) fn details(
    out: &mut String,
    failure: &FailureReport,
    indent: &str,
    look: Look,
) -> fmt::Result {
    let Look { faint, .. } = look;
    let FailureReport {
        check: _,
        operation,
        operations,
        message,
        expected,
        line,
        cause: _,
        seen: _,
        case,
        before,
        step,
    } = failure;
    writeln!(out, "{indent}{message}")?;
    let line = match line {
        Some(line) => format!(" (line {line})"),
        None => String::new(),
    };
    writeln!(
        out,
        "{indent}{faint}expected by{faint:#}    {expected}{line}"
    )?;
    let operation = match operations.len() {
        0 | 1 => String::new(),
        _ => format!("{operation}, "),
    };
    writeln!(
        out,
        "{indent}{faint}smallest case{faint:#}  {operation}{case}"
    )?;
    for each in before.iter().chain([step]) {
        exchange(out, each, indent)?;
    }
    for each in before.iter().chain([step]) {
        writeln!(out, "{indent}{}", each.curl)?;
    }
    Ok(())
}

pub(crate) fn exchange(out: &mut String, step: &StepReport, indent: &str) -> fmt::Result {
    let StepReport {
        request,
        response,
        no_answer,
        ..
    } = step;
    writeln!(out, "{indent}  > {} {}", request.method, request.target)?;
    if let Some(body) = &request.body {
        writeln!(out, "{indent}  > {}", one_line(body))?;
    }
    match (response, no_answer) {
        (Some(response), _) => {
            let content_type = response
                .headers
                .iter()
                .find(|(name, _)| name == "content-type");
            let content_type = content_type
                .map(|(_, value)| value.as_str())
                .unwrap_or_default();
            writeln!(out, "{indent}  < {} {content_type}", response.status)?;
            if !response.body.is_empty() {
                writeln!(out, "{indent}  < {}", one_line(&response.body))?;
            }
        }
        (None, Some(reason)) => writeln!(out, "{indent}  < {reason}")?,
        (None, None) => {}
    }
    Ok(())
}

fn one_line(text: &str) -> String {
    let flat: String = text
        .chars()
        .map(|c| if c.is_control() { ' ' } else { c })
        .collect();
    shortened(&flat)
}
