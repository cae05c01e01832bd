//! One generator of random numbers for each case.
//!
//! A case's choices follow from seed, run id, operation, phase and index alone, so that they are the same however many
//! cases are in flight, and stay the same when the document gains an operation.

use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use sha2::{Digest, Sha256};

use crate::case::Phase;

/// The generator of one case; `part` tells several of one case apart.
pub(crate) fn runner(
    seed: u64,
    run_id: &str,
    operation: &str,
    phase: Phase,
    index: usize,
    part: usize,
) -> TestRunner {
    let mut hash = Sha256::new();
    hash.update(seed.to_le_bytes());
    for text in [run_id, operation, &phase.to_string()] {
        hash.update((text.len() as u64).to_le_bytes());
        hash.update(text);
    }
    hash.update((index as u64).to_le_bytes());
    hash.update((part as u64).to_le_bytes());
    let rng = TestRng::from_seed(RngAlgorithm::ChaCha, &hash.finalize());
    TestRunner::new_with_rng(Config::default(), rng)
}

/// A generator that is the same for everyone: for what is found out about a document, not drawn from it.
pub(crate) fn fixed_runner() -> TestRunner {
    let rng = TestRng::from_seed(RngAlgorithm::ChaCha, &[0; 32]);
    TestRunner::new_with_rng(Config::default(), rng)
}

/// A number below `bound`, which is above 0.
pub(crate) fn below(runner: &mut TestRunner, bound: usize) -> usize {
    (0..bound)
        .new_tree(runner)
        .map(|tree| tree.current())
        .unwrap_or_default()
}

/// True once in `times`.
pub(crate) fn once_in(runner: &mut TestRunner, times: usize) -> bool {
    below(runner, times) == 0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_case_has_choices_of_its_own() {
        let draw = |seed, run_id: &str, operation: &str, phase, index| {
            below(
                &mut runner(seed, run_id, operation, phase, index, 0),
                usize::MAX,
            )
        };
        let first = draw(1, "a", "get", Phase::Random, 0);
        assert_eq!(first, draw(1, "a", "get", Phase::Random, 0));
        assert_ne!(first, draw(2, "a", "get", Phase::Random, 0));
        assert_ne!(first, draw(1, "b", "get", Phase::Random, 0));
        assert_ne!(first, draw(1, "a", "put", Phase::Random, 0));
        assert_ne!(first, draw(1, "a", "get", Phase::Negative, 0));
        assert_ne!(first, draw(1, "a", "get", Phase::Random, 1));
        assert_ne!(
            draw(1, "ab", "c", Phase::Random, 0),
            draw(1, "a", "bc", Phase::Random, 0)
        );
    }
}
