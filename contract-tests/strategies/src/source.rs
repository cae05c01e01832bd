//! Random bits for small decisions.

use proptest::test_runner::TestRng;
use rand::Rng;

/// Characters that software is known to stumble over.
const ODD: [char; 24] = [
    '\0',
    '\u{1}',
    '\t',
    '\n',
    '\r',
    '\u{1b}',
    '\u{7f}',
    '\u{85}',
    '\u{a0}',
    '\u{ad}',
    'é',
    'ß',
    'İ',
    '\u{301}',
    '\u{200b}',
    '\u{200f}',
    '\u{202e}',
    '\u{2028}',
    'ש',
    '中',
    '\u{feff}',
    '\u{fffd}',
    '😀',
    '\u{10ffff}',
];

const PLAIN: &[u8; 64] = b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_";

/// Hands out the bits of a generator as they are needed.
///
/// A value needs dozens of decisions of a few bits each: a word of the generator serves several of them. The same
/// generator in the same state leads to the same decisions.
pub(crate) struct Source<'r> {
    rng: &'r mut TestRng,
    bits: u64,
    left: u32,
}

impl<'r> Source<'r> {
    pub(crate) fn new(rng: &'r mut TestRng) -> Source<'r> {
        Source {
            rng,
            bits: 0,
            left: 0,
        }
    }

    /// A whole word.
    pub(crate) fn word(&mut self) -> u64 {
        self.rng.next_u64()
    }

    fn take(&mut self, count: u32) -> u64 {
        if self.left < count {
            self.bits = self.rng.next_u64();
            self.left = 64;
        }
        let taken = self.bits & ((1 << count) - 1);
        self.bits >>= count;
        self.left -= count;
        taken
    }

    /// A number below the bound; 0 where the bound is 0.
    ///
    /// Not free of bias: the error is below one in 256 for small bounds, which matters to nobody here.
    pub(crate) fn below(&mut self, bound: u64) -> u64 {
        match bound {
            0 | 1 => 0,
            2..=256 => (self.take(16) * bound) >> 16,
            _ => ((u128::from(self.word()) * u128::from(bound)) >> 64) as u64,
        }
    }

    /// A number between the bounds, both included.
    pub(crate) fn between(&mut self, low: i128, high: i128) -> i128 {
        let span = high.saturating_sub(low);
        match u64::try_from(span) {
            Ok(u64::MAX) => low + i128::from(self.word()),
            Ok(span) => low + i128::from(self.below(span + 1)),
            Err(_) => {
                let wide = u128::from(self.word()) << 64 | u128::from(self.word());
                low + (wide % (span as u128 + 1)) as i128
            }
        }
    }

    /// An index into a list of that length.
    pub(crate) fn index(&mut self, length: usize) -> usize {
        self.below(length as u64) as usize
    }

    /// True once in so many times, at most 256.
    pub(crate) fn one_in(&mut self, times: u64) -> bool {
        (self.take(8) * times) >> 8 == 0
    }

    /// Mostly near the lower bound, at times the upper one.
    pub(crate) fn length(&mut self, low: u64, high: u64) -> u64 {
        let span = high.saturating_sub(low);
        if span == 0 {
            return low;
        }
        let choice = self.take(8);
        match choice {
            0..=3 => high,
            4..=39 => low,
            _ => {
                // Up to 2, 4, 8, 16 or 32 more, each as likely as the other.
                let bits = 1 + (choice as u32) % 5;
                low + self.take(bits).min(span)
            }
        }
    }

    pub(crate) fn plain_char(&mut self) -> char {
        char::from(PLAIN[self.take(6) as usize])
    }

    pub(crate) fn lower_char(&mut self) -> char {
        char::from(PLAIN[self.below(26) as usize])
    }

    pub(crate) fn odd_char(&mut self) -> char {
        ODD[self.index(ODD.len())]
    }
}
