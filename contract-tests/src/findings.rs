//! What a proof found: how much was shown, and what does not hold.

use std::collections::BTreeMap;

use proptest::strategy::Strategy;
use proptest::test_runner::{Config, RngAlgorithm, TestCaseError, TestError, TestRng, TestRunner};

/// What one proof found.
#[derive(Debug, Default)]
pub struct Findings {
    /// What was exercised, and how often.
    pub exercised: BTreeMap<String, usize>,
    /// What does not hold, each with its smallest case.
    pub failures: Vec<Failure>,
    /// What could not be exercised, or is known not to hold, and why.
    pub exceptions: Vec<String>,
}

/// Something that does not hold.
#[derive(Debug)]
pub struct Failure {
    /// What was exercised.
    pub subject: String,
    /// What is wrong.
    pub message: String,
    /// The smallest case, as a person can read it.
    pub case: String,
}

impl Findings {
    /// Whether all that was exercised holds.
    pub fn hold(&self) -> bool {
        self.failures.is_empty()
    }

    /// Shows that a property holds for the values of a strategy, or finds the smallest one for which it does not.
    pub fn show<S: Strategy>(
        &mut self,
        subject: &str,
        (seed, cases): (u64, usize),
        strategy: &S,
        describe: impl Fn(&S::Value) -> String,
        property: impl Fn(S::Value) -> Result<(), String>,
    ) {
        let config = Config {
            cases: u32::try_from(cases).unwrap_or(u32::MAX),
            max_shrink_iters: 2_000,
            failure_persistence: None,
            ..Config::default()
        };
        let mut runner = TestRunner::new_with_rng(config, rng(seed, subject));
        let outcome = runner.run(strategy, |value| {
            property(value).map_err(TestCaseError::fail)
        });
        *self.exercised.entry(subject.to_owned()).or_default() += cases;
        match outcome {
            Ok(()) => {}
            Err(TestError::Fail(reason, value)) => self.failures.push(Failure {
                subject: subject.to_owned(),
                message: reason.message().to_owned(),
                case: describe(&value),
            }),
            Err(TestError::Abort(reason)) => self.failures.push(Failure {
                subject: subject.to_owned(),
                message: format!("no values could be drawn: {}", reason.message()),
                case: String::new(),
            }),
        }
    }
}

/// A source of choices that follows from the seed and from what is exercised, so that a proof that is added changes no
/// other.
fn rng(seed: u64, subject: &str) -> TestRng {
    let mut bytes = [0; 32];
    bytes[..8].copy_from_slice(&seed.to_le_bytes());
    for (index, byte) in subject.bytes().enumerate() {
        let at = &mut bytes[8 + index % 24];
        *at = at.wrapping_mul(31).wrapping_add(byte);
    }
    TestRng::from_seed(RngAlgorithm::ChaCha, &bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_does_not_hold_is_found_with_its_smallest_case() {
        let mut findings = Findings::default();
        let property = |n: u32| {
            if n < 100 {
                Ok(())
            } else {
                Err(format!("{n} is too large"))
            }
        };
        findings.show(
            "numbers",
            (1, 200),
            &(0..100_000_u32),
            u32::to_string,
            property,
        );
        assert!(!findings.hold());
        assert_eq!(findings.failures[0].case, "100");
        assert_eq!(findings.failures[0].message, "100 is too large");
    }

    #[test]
    fn what_holds_is_counted() {
        let mut findings = Findings::default();
        findings.show("numbers", (1, 200), &(0..100_u32), u32::to_string, |_| {
            Ok(())
        });
        assert!(findings.hold());
        assert_eq!(findings.exercised["numbers"], 200);
    }
}
