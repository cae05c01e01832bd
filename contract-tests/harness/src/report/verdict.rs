//! What a run without failures proves, and what it does not.

use super::text::thousands;
use super::{Ending, Report};

/// The smallest share of a check's cases that a defect can strike and still be missed with no more than 5% probability
/// by so many cases that all held, if the cases are independent and drawn at random; `None` for no case at all.
///
/// A defect that strikes a share p of the cases is missed by n of them with the probability (1 - p)^n; solved for 5%,
/// that is 1 - 0.05^(1/n), which the "rule of three" rounds to 3/n.
///
/// ```
/// use contract_harness::report::missed_rate;
///
/// assert_eq!(missed_rate(0), None);
/// assert!((missed_rate(1).unwrap() - 0.95).abs() < 1e-12);
/// assert!((missed_rate(1000).unwrap() - 0.002991).abs() < 1e-6);
/// ```
pub fn missed_rate(held: usize) -> Option<f64> {
    const PROBABILITY: f64 = 0.05;
    // `exp_m1` keeps the digits that 1 - 0.05^(1/n) loses for a large n.
    (held > 0).then(|| -(PROBABILITY.ln() / held as f64).exp_m1())
}

/// The verdict in one sentence.
pub(super) fn headline(report: &Report) -> String {
    match report.failures.len() {
        0 if report.cases == 0 => "Nothing was tested.".to_owned(),
        0 => "The server keeps its document, as far as these cases show.".to_owned(),
        1 => "The server breaks its document in one way.".to_owned(),
        count => format!("The server breaks its document in {count} ways."),
    }
}

/// What the headline does not say: what was cut short, what could have hidden, and what was not put to the test.
pub(super) fn sentences(report: &Report) -> Vec<String> {
    let mut sentences = Vec::new();
    let early = match report.ending {
        Ending::Complete => None,
        Ending::OutOfTime => Some("its time was up"),
        Ending::Interrupted => Some("it was interrupted"),
        Ending::ServerGone => Some("the server does not answer any more"),
    };
    if let Some(reason) = early {
        sentences.push(format!(
            "The run ended early: {reason} after {} of {} cases.",
            thousands(report.cases),
            thousands(report.planned)
        ));
    }
    let hiding = report.checks.iter();
    let hiding = hiding.filter_map(|check| Some((check, check.could_hide?)));
    if let Some((check, share)) = hiding.max_by(|(_, a), (_, b)| a.total_cmp(b)) {
        sentences.push(format!(
            "The least proof is of `{}`, which held {}: a defect that strikes {} of its cases would have gone unseen \
             with 5% probability, if they were drawn independently.",
            check.name,
            often(check.held),
            percent(share)
        ));
    }
    let idle = report.never_applied();
    if !idle.is_empty() {
        sentences.push(format!("Never applied: `{}`.", idle.join("`, `")));
    }
    sentences.extend(unreached(report));
    sentences
}

/// How much of the document nothing put to the test; `None` where that is nothing.
pub(super) fn unreached(report: &Report) -> Option<String> {
    let counts = report.operations.iter().map(|o| o.coverage.counts());
    let (known, tested) = counts.fold((0, 0), |(a, b), (c, d)| (a + c, b + d));
    (known > tested).then(|| {
        format!(
            "Of {} rules that the run knows in the document, no case put {} to the test.",
            thousands(known),
            thousands(known - tested)
        )
    })
}

/// What the column of rates means, for a person who reads it.
pub(super) const MEANING: &str = "could hide: a defect that strikes this share of a check's cases would have gone unseen \
                                  with 5% probability, were the cases independent and drawn at random.";

/// The share of a check's cases that a defect can strike and still have gone unseen; `None` where there was one to see.
pub(crate) fn could_hide(held: usize, broken: usize) -> Option<f64> {
    missed_rate(held).filter(|_| broken == 0)
}

/// How often, in words.
pub(super) fn often(count: usize) -> String {
    match count {
        1 => "once".to_owned(),
        count => format!("{} times", thousands(count)),
    }
}

/// A share as percent, with two digits that count.
pub(super) fn percent(share: f64) -> String {
    let percent = share * 100.0;
    let digits = if percent >= 10.0 {
        0
    } else {
        // 0.0030 has its first digit that counts in the third place.
        let first = -percent.max(f64::MIN_POSITIVE).log10().floor();
        (first as usize + 1).min(12)
    };
    format!("{percent:.digits$}%")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rates_are_told_with_two_digits_that_count() {
        for (held, expected) in [
            (1, "95%"),
            (2, "78%"),
            (29, "9.8%"),
            (100, "3.0%"),
            (1_000, "0.30%"),
            (59_914, "0.0050%"),
        ] {
            let told = missed_rate(held).map(percent);
            assert_eq!(told.as_deref(), Some(expected), "{held}");
        }
    }

    #[test]
    fn a_defect_of_that_rate_is_missed_with_five_percent_probability() {
        for held in [1, 3, 50, 10_000, 10_000_000] {
            let rate = missed_rate(held).unwrap_or_default();
            let missed = (1.0 - rate).powf(held as f64);
            assert!((missed - 0.05).abs() < 1e-6, "{held}: {missed}");
        }
    }

    #[test]
    fn what_was_broken_did_not_hide() {
        assert!(could_hide(5, 0).is_some());
        assert_eq!(could_hide(5, 1), None);
        assert_eq!(could_hide(0, 0), None);
    }
}
