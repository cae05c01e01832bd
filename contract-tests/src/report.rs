//! The proof as a text that a person reads: what was shown, how often, and last what does not hold.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use crate::findings::Findings;
use crate::proof::Proof;

pub(crate) fn text(proof: &Proof) -> String {
    let mut out = String::new();
    // Writing into a String does not fail.
    let _ = write(&mut out, proof);
    out
}

fn write(out: &mut String, proof: &Proof) -> std::fmt::Result {
    let Proof {
        seed,
        server,
        client,
        refusing,
        agreement,
        emitted,
    } = proof;
    writeln!(out, "(a) The server keeps the document")?;
    writeln!(out)?;
    indented(out, server.text().trim_end())?;

    writeln!(
        out,
        "\n(b) The client understands what the document lets a server say, and sends what it is told"
    )?;
    findings(out, client, "calls")?;

    writeln!(
        out,
        "\n(c) The client refuses what the document does not let a server say"
    )?;
    findings(out, refusing, "broken answers")?;

    writeln!(
        out,
        "\n(d) Server and client agree: what one sends, the other has"
    )?;
    findings(out, agreement, "walks")?;

    writeln!(
        out,
        "\n(e) The document that dropshot emits is the one that the server was made from"
    )?;
    writeln!(out)?;
    let reasons: BTreeSet<&str> = emitted.expected.iter().map(|(_, why)| *why).collect();
    writeln!(
        out,
        "  {} operations, {} values equal, {} expected differences for {} listed reasons",
        emitted.operations,
        emitted.equal,
        emitted.expected.len(),
        reasons.len()
    )?;
    for difference in &emitted.unexpected {
        writeln!(out, "\n  DIFFERENT: {difference}")?;
    }

    let verdict = if proof.holds() {
        "Document, server and client agree"
    } else {
        "They do NOT agree; see above"
    };
    writeln!(out, "\n{verdict}. The same again: --seed {seed}")
}

fn findings(out: &mut String, findings: &Findings, unit: &str) -> std::fmt::Result {
    let total: usize = findings.exercised.values().sum();
    writeln!(out, "\n  {total} {unit}")?;
    let width = findings
        .exercised
        .keys()
        .map(String::len)
        .max()
        .unwrap_or_default();
    for (subject, times) in &findings.exercised {
        let broken = findings
            .failures
            .iter()
            .any(|failure| failure.subject == *subject);
        let word = if broken { "FAILED" } else { "held" };
        writeln!(out, "    {subject:width$}  {times:>6}  {word}")?;
    }
    for exception in &findings.exceptions {
        writeln!(out, "  except {exception}")?;
    }
    for failure in &findings.failures {
        writeln!(out, "\n  FAILED {}: {}", failure.subject, failure.message)?;
        writeln!(out, "    the smallest case:")?;
        for line in failure.case.lines() {
            writeln!(out, "      {line}")?;
        }
    }
    Ok(())
}

fn indented(out: &mut String, text: &str) -> std::fmt::Result {
    for line in text.lines() {
        if line.is_empty() {
            writeln!(out)?
        } else {
            writeln!(out, "  {line}")?
        }
    }
    Ok(())
}
