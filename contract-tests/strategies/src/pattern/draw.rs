//! Draws a text from a pattern's tree, of a length that is aimed at.

use super::Pattern;
use super::tree::{Kind, Piece, Set};
use crate::source::Source;

/// How much longer than it must be a text gets.
const REACH: u64 = 64;

impl Pattern {
    /// A text that very likely matches, of a length that is very likely within the bounds.
    ///
    /// `None` where the pattern cannot be read, or has no match of such a length.
    pub(crate) fn draw(
        &self,
        source: &mut Source<'_>,
        least: u64,
        most: Option<u64>,
    ) -> Option<String> {
        let tree = self.tree.as_ref()?;
        let alternatives = match &tree.piece.kind {
            Kind::Either(alternatives) if alternatives.len() == tree.bound.len() => {
                alternatives.as_slice()
            }
            _ => std::slice::from_ref(&tree.piece),
        };
        let most = most.unwrap_or(u64::MAX).min(self.longest_judged());
        let chosen = source.index(alternatives.len());
        let piece = alternatives.get(chosen)?;
        let (start, end) = tree.bound.get(chosen).copied()?;
        let open = !start || !end;
        let low = least.max(piece.shortest);
        let high = piece
            .longest
            .unwrap_or(u64::MAX)
            .max(if open { low } else { 0 })
            .min(most);
        if piece.shortest > most || low > high {
            return None;
        }
        let target = source.length(low, high.min(low.saturating_add(REACH).max(least)));
        let inner = target.min(piece.longest.unwrap_or(u64::MAX));
        let mut text = String::with_capacity(target as usize);
        let mut surroundings = target - inner;
        if surroundings == 0 && open && target < most && source.one_in(4) {
            surroundings = 1;
        }
        let before = if start {
            0
        } else if end {
            surroundings
        } else {
            source.below(surroundings + 1)
        };
        fill(source, before, &mut text);
        let mut captures = vec![String::new(); tree.groups];
        write(piece, inner, source, &mut text, &mut captures);
        fill(source, surroundings - before, &mut text);
        Some(text)
    }
}

fn fill(source: &mut Source<'_>, count: u64, text: &mut String) {
    for _ in 0..count {
        text.push(source.plain_char());
    }
}

fn write(
    piece: &Piece,
    target: u64,
    source: &mut Source<'_>,
    text: &mut String,
    captures: &mut [String],
) {
    match &piece.kind {
        Kind::Empty => {}
        Kind::One(set) => text.extend(pick(set, source)),
        Kind::Sequence(pieces) => {
            let mut slack = target.saturating_sub(piece.shortest);
            // What the pieces behind can take up, so that the slack is spread and yet all of it is used.
            let mut behind: u64 = pieces
                .iter()
                .fold(0, |sum, p| sum.saturating_add(capacity(p)));
            for piece in pieces {
                let own = capacity(piece);
                behind = behind.saturating_sub(own);
                let least = slack.saturating_sub(behind);
                let most = slack.min(own);
                let share = if least >= most {
                    most
                } else {
                    least + source.below(most - least + 1)
                };
                slack -= share;
                write(
                    piece,
                    piece.shortest.saturating_add(share),
                    source,
                    text,
                    captures,
                );
            }
        }
        Kind::Either(pieces) => {
            let fits = |p: &&Piece| p.shortest <= target && p.longest.is_none_or(|l| target <= l);
            let fitting = pieces.iter().filter(fits).count();
            let chosen = if fitting == 0 {
                // The one that comes nearest to the length.
                pieces.iter().min_by_key(|p| p.shortest.abs_diff(target))
            } else {
                pieces.iter().filter(fits).nth(source.index(fitting))
            };
            if let Some(chosen) = chosen {
                write(chosen, target, source, text, captures);
            }
        }
        Kind::Repeat { piece, least, most } => {
            repeat(piece, *least, *most, target, source, text, captures);
        }
        Kind::Group(number, piece) => {
            let from = text.len();
            write(piece, target, source, text, captures);
            if let Some(capture) = captures.get_mut(number - 1) {
                text[from..].clone_into(capture);
            }
        }
        Kind::Again(number) => {
            if let Some(capture) = captures.get(number - 1) {
                text.push_str(capture);
            }
        }
    }
}

/// How many characters a piece can take up beyond its shortest match.
fn capacity(piece: &Piece) -> u64 {
    piece
        .longest
        .map_or(1 << 32, |longest| longest - piece.shortest)
}

fn repeat(
    piece: &Piece,
    least: u64,
    most: Option<u64>,
    target: u64,
    source: &mut Source<'_>,
    text: &mut String,
    captures: &mut [String],
) {
    // The counts with which the length can be met.
    let fewest = match piece.longest {
        Some(0) | None => least,
        Some(longest) => target.div_ceil(longest).max(least),
    };
    let greatest = target.checked_div(piece.shortest).unwrap_or(target);
    let greatest = most.unwrap_or(u64::MAX).min(greatest.max(least)).max(least);
    let mut count = if fewest >= greatest {
        greatest
    } else {
        fewest + source.below(greatest - fewest + 1)
    };
    if piece.shortest == 0 {
        // More of them than there are characters would be empty.
        count = count.min(target + 1);
    }
    let mut slack = target.saturating_sub(piece.shortest.saturating_mul(count));
    let own = capacity(piece);
    for index in 0..count {
        let behind = own.saturating_mul(count - index - 1);
        let least = slack.saturating_sub(behind);
        let most = slack.min(own);
        let share = if least >= most {
            most
        } else {
            least + source.below(most - least + 1)
        };
        slack -= share;
        write(
            piece,
            piece.shortest.saturating_add(share),
            source,
            text,
            captures,
        );
    }
}

/// A character of the set: mostly visible ASCII, at times the ends of its ranges, at times anything.
fn pick(set: &Set, source: &mut Source<'_>) -> Option<char> {
    let plain = set.plain();
    if !plain.is_empty() && !source.one_in(8) {
        return Some(plain[source.index(plain.len())]);
    }
    let ranges = set.ranges();
    if ranges.is_empty() {
        return None;
    }
    let odd = source.odd_char();
    if set.contains(odd) && !source.one_in(4) {
        return Some(odd);
    }
    let (low, high) = ranges[source.index(ranges.len())];
    let point = match source.below(4) {
        0 => low,
        1 => high,
        _ => low + source.below(u64::from(high - low) + 1) as u32,
    };
    char::from_u32(point)
}
