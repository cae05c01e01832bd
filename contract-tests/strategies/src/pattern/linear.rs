//! A pattern as an automaton, which takes linear time for whatever text.
//!
//! Engines that go back and try again, as ECMA 262 describes them, take exponential time for patterns such as
//! `^(a+)+$`. It is made from our tree and not from the pattern's text: what the signs of the text mean differs from one
//! language to the other, and the tree says it in ranges of characters.

use std::fmt::Write;

use super::Tree;
use super::tree::{Kind, Piece};

/// `None` where the tree does not show all of the pattern, or the automaton would be too large.
pub(super) fn compile(tree: &Tree) -> Option<regex::Regex> {
    if tree.hidden {
        return None;
    }
    let alternatives = match &tree.piece.kind {
        Kind::Either(alternatives) if alternatives.len() == tree.bound.len() => {
            alternatives.as_slice()
        }
        _ => std::slice::from_ref(&tree.piece),
    };
    let mut text = String::new();
    for (index, (piece, (start, end))) in alternatives.iter().zip(&tree.bound).enumerate() {
        text.push_str(if index > 0 { "|" } else { "" });
        text.push_str(if *start { r"\A" } else { "" });
        write(piece, &mut text)?;
        text.push_str(if *end { r"\z" } else { "" });
    }
    regex::Regex::new(&text).ok()
}

fn write(piece: &Piece, text: &mut String) -> Option<()> {
    match &piece.kind {
        Kind::Empty => {}
        Kind::One(set) => {
            text.push('[');
            if set.ranges().is_empty() {
                text.push_str(r"^\x{0}-\x{10FFFF}");
            }
            for (low, high) in set.ranges() {
                write!(text, r"\x{{{low:X}}}-\x{{{high:X}}}").ok()?;
            }
            text.push(']');
        }
        Kind::Sequence(pieces) => pieces.iter().try_for_each(|piece| write(piece, text))?,
        Kind::Either(pieces) => {
            text.push_str("(?:");
            for (index, piece) in pieces.iter().enumerate() {
                text.push_str(if index > 0 { "|" } else { "" });
                write(piece, text)?;
            }
            text.push(')');
        }
        Kind::Repeat { piece, least, most } => {
            text.push_str("(?:");
            write(piece, text)?;
            text.push(')');
            match most {
                Some(most) => write!(text, "{{{least},{most}}}").ok()?,
                None => write!(text, "{{{least},}}").ok()?,
            }
        }
        Kind::Group(_, piece) => {
            text.push_str("(?:");
            write(piece, text)?;
            text.push(')');
        }
        Kind::Again(_) => return None,
    }
    Some(())
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may panic")]
    use crate::pattern::Pattern;
    use crate::source::Source;
    use proptest::test_runner::TestRunner;

    #[test]
    fn both_engines_agree() {
        let patterns = [
            "^[1-9][0-9]{0,17}$",
            "^a|b$",
            "abc",
            "",
            "^(ab|cd)+$",
            r"^[^/\s]+$",
            r"^\p{L}+$",
            "^(a?b?){2,3}c{0}$",
            "^[^]$",
            "[]",
            "^(|x)y*?$",
            "a.c|x",
        ];
        for pattern in patterns {
            let pattern = Pattern::new(pattern).unwrap();
            let linear = pattern.linear.as_ref().unwrap();
            let mut runner = TestRunner::deterministic();
            let mut source = Source::new(runner.rng());
            for other in patterns {
                let other = Pattern::new(other).unwrap();
                for _ in 0..50 {
                    let Some(text) = other.draw(&mut source, 0, Some(20)) else {
                        continue;
                    };
                    if !pattern.is_disputed(&text) {
                        let found = pattern.regex.find(&text).is_some();
                        assert_eq!(linear.is_match(&text), found, "{text:?} of {linear}");
                    }
                }
            }
        }
    }
}
