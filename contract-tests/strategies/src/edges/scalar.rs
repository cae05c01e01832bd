//! The boundaries of numbers and texts.

use proptest::test_runner::{RngAlgorithm, TestRng};
use serde_json::{Number, Value};

use super::{Edges, SAMPLES};
use crate::draw::{integer_value, is_float_of, is_text_of, simple_formats};
use crate::judge::{Exact, Verdict};
use crate::pattern::Pattern;
use crate::plan::{Floats, Integers, Texts};
use crate::source::Source;

/// The longest text that is made to reach a `maxLength`.
const LONGEST_TEXT: u64 = 65_536;

impl Edges<'_> {
    /// The simplest first.
    pub(super) fn integers(&self, integers: &Integers) -> Vec<Value> {
        let Integers {
            low,
            high,
            step,
            not_multiples,
        } = integers;
        let nearest = low + (0_i128.clamp(*low, *high) - low) / step * step;
        let zero = (*low..=*high).contains(&0) && low % step == 0;
        let middle = if zero { 0 } else { nearest };
        [
            middle,
            middle + step,
            middle - step,
            *low,
            low + step,
            *high,
            high - step,
        ]
        .into_iter()
        .filter(|value| (*low..=*high).contains(value))
        .filter(|value| {
            not_multiples
                .iter()
                .all(|m| m.judge(Exact::Integer(*value)) == Verdict::No)
        })
        .filter_map(integer_value)
        .collect()
    }

    pub(super) fn floats(&self, floats: &Floats) -> Vec<Value> {
        let near = 0.0_f64.clamp(floats.low, floats.high);
        let step = floats.step.map_or(0.5, |step| {
            step.mantissa as f64 * 10_f64.powi(step.exponent)
        });
        let inside = [near, near.trunc() + step, near.trunc() - step];
        [
            inside.as_slice(),
            &[-0.0, floats.low, floats.high, 0.1, 1e-7, 1e21],
        ]
        .concat()
        .into_iter()
        .filter(|value| is_float_of(floats, *value))
        .filter_map(Number::from_f64)
        .map(Value::Number)
        .collect()
    }

    pub(super) fn texts(&self, texts: &Texts) -> Vec<Value> {
        let mut found: Vec<String> = Vec::new();
        if texts.patterns.is_empty() && texts.formats.is_empty() {
            let of = |c: &str, length: u64| c.repeat(usize::try_from(length).unwrap_or(0));
            found.push(of("a", texts.least.min(LONGEST_TEXT)));
            if let Some(most) = texts.most.filter(|most| *most <= LONGEST_TEXT) {
                found.push(of("a", most));
                found.push(of("😀", most));
            }
            found.extend(["null", " a ", "e\u{301}", "\0", "שלום"].map(str::to_owned));
        }
        for format in texts.formats.iter().chain(&texts.not_formats) {
            found.extend(
                simple_formats(*format)
                    .iter()
                    .map(|text| (*text).to_owned()),
            );
        }
        for pattern in &texts.patterns {
            found.extend(self.ends_of_pattern(pattern, texts.least, texts.most));
        }
        found.retain(|text| is_text_of(texts, text));
        found.into_iter().map(Value::String).collect()
    }

    /// The shortest and the longest of some texts that match.
    fn ends_of_pattern(&self, pattern: &Pattern, least: u64, most: Option<u64>) -> Vec<String> {
        let mut rng = TestRng::from_seed(RngAlgorithm::ChaCha, &[3; 32]);
        let mut source = Source::new(&mut rng);
        let shortest = pattern.shortest().max(least);
        let longest = [pattern.longest(), most]
            .into_iter()
            .flatten()
            .min()
            .filter(|most| *most <= LONGEST_TEXT);
        let mut ends = Vec::new();
        for length in [Some(shortest), Some(shortest + 1), longest, None]
            .into_iter()
            .flatten()
        {
            let texts =
                (0..SAMPLES).filter_map(|_| pattern.draw(&mut source, length, Some(length)));
            let fitting = texts.filter(|text| pattern.judge(text) == Verdict::Yes);
            ends.extend(fitting.min_by_key(|text| (text.chars().count(), text.clone())));
        }
        let any = (0..SAMPLES).filter_map(|_| pattern.draw(&mut source, least, most));
        ends.extend(any.min_by_key(|text| (text.chars().count(), text.clone())));
        ends
    }
}
