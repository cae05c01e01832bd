//! What a proof found: how much was shown, and what does not hold.

use std::cell::Cell;
use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};

use proptest::strategy::Strategy;
use proptest::test_runner::{Config, RngAlgorithm, TestCaseError, TestError, TestRng, TestRunner};

/// What one proof found.
#[derive(Debug, Default)]
pub struct Findings {
    /// What was exercised, and how often it held.
    pub exercised: BTreeMap<String, usize>,
    /// What does not hold, each with its smallest case.
    pub failures: Vec<Failure>,
    /// What could not be exercised, or is known not to hold, and why.
    pub exceptions: Vec<String>,
}

/// What one case showed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shown {
    /// The property holds.
    Held,
    /// Nothing, because the case did not come to its end, which is nobody's fault.
    Nothing,
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

    /// Shows that a property holds for each of some values, or tells of the first for which it does not. That it may
    /// panic is part of what is shown.
    pub fn show_each<T>(
        &mut self,
        subject: &str,
        values: impl IntoIterator<Item = T>,
        describe: impl Fn(&T) -> String,
        property: impl Fn(T) -> Result<Shown, String>,
    ) {
        for value in values {
            let case = describe(&value);
            let shown = catch_unwind(AssertUnwindSafe(|| property(value)));
            let shown = shown.unwrap_or_else(|_| Err("it panicked".to_owned()));
            match shown {
                Ok(Shown::Held) => *self.exercised.entry(subject.to_owned()).or_default() += 1,
                Ok(Shown::Nothing) => {}
                Err(message) => {
                    self.failures.push(Failure {
                        subject: subject.to_owned(),
                        message,
                        case,
                    });
                    return;
                }
            }
        }
    }

    /// Shows that a property holds for the values of a strategy, or finds the smallest one for which it does not.
    pub fn show<S: Strategy>(
        &mut self,
        subject: &str,
        (seed, cases): (u64, usize),
        strategy: &S,
        describe: impl Fn(&S::Value) -> String,
        property: impl Fn(S::Value) -> Result<Shown, String>,
    ) {
        let mut runner = runner(seed, subject, cases);
        let held = Cell::new(0);
        let outcome = runner.run(strategy, |value| match property(value) {
            Ok(Shown::Held) => {
                held.set(held.get() + 1);
                Ok(())
            }
            Ok(Shown::Nothing) => Ok(()),
            Err(message) => Err(TestCaseError::fail(message)),
        });
        *self.exercised.entry(subject.to_owned()).or_default() += held.get();
        match outcome {
            Ok(()) if held.get() == 0 => self.failures.push(Failure {
                subject: subject.to_owned(),
                message: "nothing was shown: no case came to its end".to_owned(),
                case: String::new(),
            }),
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

/// Draws values by choices that follow from the seed and from what is exercised.
pub(crate) fn runner(seed: u64, subject: &str, cases: usize) -> TestRunner {
    let config = Config {
        cases: u32::try_from(cases).unwrap_or(u32::MAX),
        max_shrink_iters: 2_000,
        failure_persistence: None,
        ..Config::default()
    };
    TestRunner::new_with_rng(config, rng(seed, subject))
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
                Ok(Shown::Held)
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
    fn a_property_that_no_case_shows_does_not_hold() {
        let mut findings = Findings::default();
        findings.show("numbers", (1, 20), &(0..100_u32), u32::to_string, |_| {
            Ok(Shown::Nothing)
        });
        assert!(!findings.hold());
    }

    #[test]
    fn what_holds_is_counted() {
        let mut findings = Findings::default();
        findings.show("numbers", (1, 200), &(0..100_u32), u32::to_string, |_| {
            Ok(Shown::Held)
        });
        assert!(findings.hold());
        assert_eq!(findings.exercised["numbers"], 200);
    }
}
