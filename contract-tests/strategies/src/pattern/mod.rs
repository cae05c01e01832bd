//! A `pattern`: judged by an ECMA 262 engine, and read into a tree from which texts are drawn.

mod draw;
mod linear;
mod parse;
mod tree;

use self::tree::Piece;
use crate::judge::Verdict;

/// A compiled `pattern`.
#[derive(Debug)]
pub(crate) struct Pattern {
    regex: regress::Regex,
    /// What texts are drawn from; `None` where our reader does not know the pattern's constructs.
    tree: Option<Tree>,
    /// The tree as an automaton that takes linear time; `None` where the tree does not show all of the pattern.
    linear: Option<regex::Regex>,
}

#[derive(Debug)]
struct Tree {
    piece: Piece,
    groups: usize,
    bound: Vec<(bool, bool)>,
    hidden: bool,
    unicode_dependent: bool,
    has_dot: bool,
    has_end: bool,
    /// See [`Piece::is_ambiguous`].
    ambiguous: bool,
    /// See [`Piece::is_endless`].
    endless: bool,
}

/// The longest text that is matched against an ambiguous pattern by an engine that goes back and tries again, in bytes:
/// one that does not match takes it two to that power of steps at worst.
const LONGEST_IF_AMBIGUOUS: u64 = 12;

/// The longest text that is matched by that engine at all: a pattern that is not ambiguous can still take it time that
/// grows with the square of the length, or more.
const LONGEST_GOING_BACK: u64 = 512;

/// The longest text that is drawn, in characters.
const LONGEST: u64 = 1 << 20;

impl Pattern {
    /// Reads the pattern in Unicode mode, and where that refuses it in the mode that takes stray escapes.
    pub(crate) fn new(pattern: &str) -> Result<Pattern, String> {
        let regex = regress::Regex::with_flags(pattern, "u")
            .or_else(|_| regress::Regex::new(pattern))
            .map_err(|error| error.to_string())?;
        let tree = parse::parse(pattern).map(|parsed| Tree {
            ambiguous: parsed.ambiguous || parsed.piece.is_ambiguous(),
            endless: parsed.piece.is_endless(),
            piece: parsed.piece,
            groups: parsed.groups,
            bound: parsed.bound,
            hidden: parsed.hidden,
            unicode_dependent: parsed.unicode_dependent,
            has_dot: parsed.has_dot,
            has_end: parsed.has_end,
        });
        let linear = tree.as_ref().and_then(linear::compile);
        Ok(Pattern {
            regex,
            tree,
            linear,
        })
    }

    /// Whether the pattern is found in the text.
    ///
    /// Disputed where engines differ: whether `\w` and its like reach beyond ASCII, what a dot takes for the end of
    /// a line, and whether `$` also stands before a final line feed. Disputed also where no engine may come to an end.
    pub(crate) fn judge(&self, text: &str) -> Verdict {
        if self.is_disputed(text) {
            return Verdict::Disputed;
        }
        match &self.linear {
            Some(linear) if text.len() as u64 > self.longest_going_back() => {
                Verdict::of(linear.is_match(text))
            }
            _ => Verdict::of(self.regex.find(text).is_some()),
        }
    }

    /// The longest text that an engine is asked about which goes back and tries again.
    fn longest_going_back(&self) -> u64 {
        match &self.tree {
            Some(tree) if !tree.ambiguous => LONGEST_GOING_BACK,
            // What is not known may be ambiguous.
            _ => LONGEST_IF_AMBIGUOUS,
        }
    }

    /// The longest text that is judged, in bytes.
    fn longest_judged(&self) -> u64 {
        match self.linear {
            Some(_) => LONGEST,
            None => self.longest_going_back(),
        }
    }

    /// The same for a text that was drawn from this pattern, which needs no match where the tree shows all of it.
    pub(crate) fn judge_drawn(&self, text: &str) -> Verdict {
        match &self.tree {
            Some(tree) if !tree.hidden => Verdict::Yes.unless(self.is_disputed(text)),
            _ => self.judge(text),
        }
    }

    fn is_disputed(&self, text: &str) -> bool {
        let long = text.len() as u64 > self.longest_judged();
        long || self.tree.as_ref().is_some_and(|tree| {
            tree.endless
                || tree.unicode_dependent
                    && !text
                        .bytes()
                        .all(|c| c.is_ascii() && !(0x1C..=0x1F).contains(&c))
                || tree.has_end && text.ends_with('\n')
                || tree.has_dot && text.contains(['\r', '\u{85}', '\u{2028}', '\u{2029}'])
        })
    }

    /// The length of the shortest match, as far as the pattern tells.
    pub(crate) fn shortest(&self) -> u64 {
        self.tree.as_ref().map_or(0, |tree| tree.piece.shortest)
    }

    /// The length of the longest text that can match, where there is a longest.
    pub(crate) fn longest(&self) -> Option<u64> {
        let tree = self.tree.as_ref()?;
        tree.bound
            .iter()
            .all(|(start, end)| *start && *end)
            .then_some(tree.piece.longest)?
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may panic")]
    use super::*;
    use crate::source::Source;
    use proptest::test_runner::TestRunner;

    #[test]
    fn texts_that_are_drawn_match_and_keep_the_lengths() {
        for (pattern, least, most) in [
            ("^[1-9][0-9]{0,17}$", 1, 18),
            ("^a|b$", 1, 10),
            ("abc", 3, 5),
            ("", 0, 4),
            ("^(ab|cd)+$", 4, 4),
            (r"^\d{3}-\d{4}$", 0, 100),
            (r"^[^/\s]+$", 3, 7),
            (r"^\p{L}+$", 1, 5),
            (r"^(\w)\1$", 2, 2),
            (r"^(?=.*\d)[a-z\d]{8}$", 8, 8),
            (r"^\u{1F600}\x41\u0042\cA[\b\-]$", 0, 9),
            (r"^\S(|(.|\n)*\S)$", 0, 9),
            (r"^[\w\-\.]+@[\w\-]+\.[a-z]{2,}$", 10, 20),
            ("^([a-zA-Z0-9]{2}:){5}[a-zA-Z0-9]{2}$", 17, 17),
            ("^a{2,}b*?c{0}$", 0, 30),
        ] {
            let pattern = Pattern::new(pattern).unwrap();
            let mut runner = TestRunner::deterministic();
            let mut source = Source::new(runner.rng());
            let mut right = 0;
            for _ in 0..200 {
                let Some(text) = pattern.draw(&mut source, least, Some(most)) else {
                    continue;
                };
                let length = text.chars().count() as u64;
                let fits = (least..=most).contains(&length);
                let verdict = pattern.judge(&text);
                assert_eq!(
                    pattern.judge_drawn(&text),
                    verdict,
                    "{text:?} of {:?}",
                    pattern.regex
                );
                let matches = verdict == Verdict::Yes;
                right += usize::from(fits && matches);
            }
            assert!(right > 10, "{right} of 200 for {:?}", pattern.regex);
        }
    }

    #[test]
    fn patterns_that_match_in_many_ways_are_known() {
        for (pattern, ambiguous) in [
            ("^(a+)+$", true),
            ("^(a|a)*$", true),
            ("^(a|ab)*b$", true),
            ("^(a?b?)*$", true),
            (r"^(\w+\s?)*$", true),
            ("^[a-z]+(-[a-z]+)*$", false),
            ("^(ab|cd)*$", false),
            ("^([0-9]{2}:){5}$", false),
            ("^a*b*$", false),
        ] {
            let tree = Pattern::new(pattern).unwrap().tree.unwrap();
            assert_eq!(tree.ambiguous, ambiguous, "{pattern}");
        }
        let text = format!("{}!", "a".repeat(60));
        for (pattern, verdict) in [
            ("^(a+)+$", Verdict::No),
            ("^(a+)+!$", Verdict::Yes),
            // Only an engine that goes back can look ahead.
            ("^(?=(a+)+$)", Verdict::Disputed),
        ] {
            assert_eq!(Pattern::new(pattern).unwrap().judge(&text), verdict);
        }
    }

    #[test]
    fn engines_that_differ_make_a_verdict_disputed() {
        for (pattern, text, verdict) in [
            (r"^\w+$", "abc", Verdict::Yes),
            (r"^\w+$", "é", Verdict::Disputed),
            (r"^[a-z]+$", "é", Verdict::No),
            (r"^[a-z]+$", "a\n", Verdict::Disputed),
            ("^.$", "\u{2028}", Verdict::Disputed),
        ] {
            assert_eq!(
                Pattern::new(pattern).unwrap().judge(text),
                verdict,
                "{pattern} {text:?}"
            );
        }
    }
}
