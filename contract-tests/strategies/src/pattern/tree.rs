//! The shape of a pattern, as what draws texts from it wants to see it.

/// A part of a pattern, with the lengths that its matches can have.
#[derive(Clone, Debug)]
pub(crate) struct Piece {
    pub(crate) kind: Kind,
    /// The length of its shortest match, in characters.
    pub(crate) shortest: u64,
    /// The length of its longest match, where there is a longest.
    pub(crate) longest: Option<u64>,
}

#[derive(Clone, Debug)]
pub(crate) enum Kind {
    /// Nothing; also every assertion, which only a match of the whole can check.
    Empty,
    One(Set),
    Sequence(Vec<Piece>),
    Either(Vec<Piece>),
    Repeat {
        piece: Box<Piece>,
        least: u64,
        most: Option<u64>,
    },
    /// A capturing group and its number, from 1.
    Group(usize, Box<Piece>),
    /// What the group of that number matched.
    Again(usize),
}

impl Piece {
    pub(crate) fn empty() -> Piece {
        Piece {
            kind: Kind::Empty,
            shortest: 0,
            longest: Some(0),
        }
    }

    pub(crate) fn one(set: Set) -> Piece {
        Piece {
            kind: Kind::One(set),
            shortest: 1,
            longest: Some(1),
        }
    }

    pub(crate) fn sequence(mut pieces: Vec<Piece>) -> Piece {
        if pieces.len() == 1 {
            return pieces.remove(0);
        }
        let shortest = pieces
            .iter()
            .fold(0, |sum: u64, p| sum.saturating_add(p.shortest));
        let longest = pieces
            .iter()
            .try_fold(0_u64, |sum, p| sum.checked_add(p.longest?));
        Piece {
            kind: Kind::Sequence(pieces),
            shortest,
            longest,
        }
    }

    pub(crate) fn either(mut pieces: Vec<Piece>) -> Piece {
        if pieces.len() == 1 {
            return pieces.remove(0);
        }
        let shortest = pieces.iter().map(|p| p.shortest).min().unwrap_or(0);
        let longest = pieces
            .iter()
            .try_fold(0, |most: u64, p| Some(most.max(p.longest?)));
        Piece {
            kind: Kind::Either(pieces),
            shortest,
            longest,
        }
    }

    pub(crate) fn repeat(piece: Piece, least: u64, most: Option<u64>) -> Piece {
        let shortest = piece.shortest.saturating_mul(least);
        let longest = match (piece.longest, most) {
            (Some(0), _) | (_, Some(0)) => Some(0),
            (Some(longest), Some(most)) => longest.checked_mul(most),
            _ => None,
        };
        Piece {
            kind: Kind::Repeat {
                piece: Box::new(piece),
                least,
                most,
            },
            shortest,
            longest,
        }
    }

    pub(crate) fn group(number: usize, piece: Piece) -> Piece {
        let (shortest, longest) = (piece.shortest, piece.longest);
        Piece {
            kind: Kind::Group(number, Box::new(piece)),
            shortest,
            longest,
        }
    }
}

/// Repeated more often than this, what matches in two ways takes an engine exponential time.
const FEW: u64 = 4;

/// More repeats than this are not waited for.
const MOST_REPEATS: u64 = 1 << 16;

impl Piece {
    /// Whether a repetition can match the same text in many ways, as `(a+)+` does.
    ///
    /// An engine that goes back and tries again, as ECMA 262 describes it, may then need exponential time for a text
    /// that does not match. The answer errs on the side of yes.
    pub(crate) fn is_ambiguous(&self) -> bool {
        match &self.kind {
            Kind::Empty | Kind::One(_) | Kind::Again(_) => false,
            Kind::Sequence(pieces) | Kind::Either(pieces) => pieces.iter().any(Piece::is_ambiguous),
            Kind::Group(_, piece) => piece.is_ambiguous(),
            Kind::Repeat { piece, most, .. } => {
                let often = most.is_none_or(|most| most > FEW);
                let (mut first, mut again) = (Vec::new(), Vec::new());
                piece.first(&mut first);
                let overlapping = piece.inner_repeats(&mut again);
                often && (overlapping || overlap(&first, &again)) || piece.is_ambiguous()
            }
        }
    }

    /// Whether something must be repeated so often that an engine has better not be asked.
    pub(crate) fn is_endless(&self) -> bool {
        match &self.kind {
            Kind::Empty | Kind::One(_) | Kind::Again(_) => false,
            Kind::Sequence(pieces) | Kind::Either(pieces) => pieces.iter().any(Piece::is_endless),
            Kind::Group(_, piece) => piece.is_endless(),
            Kind::Repeat { piece, least, .. } => *least > MOST_REPEATS || piece.is_endless(),
        }
    }

    /// Adds the characters that a match can begin with; whether it can also be empty.
    fn first(&self, ranges: &mut Vec<(u32, u32)>) -> bool {
        match &self.kind {
            Kind::Empty => true,
            Kind::One(set) => {
                ranges.extend(&set.ranges);
                false
            }
            Kind::Sequence(pieces) => pieces.iter().all(|piece| piece.first(ranges)),
            Kind::Either(pieces) => pieces
                .iter()
                .fold(false, |empty, piece| piece.first(ranges) | empty),
            Kind::Repeat { piece, least, .. } => piece.first(ranges) || *least == 0,
            Kind::Group(_, piece) => piece.first(ranges),
            Kind::Again(_) => {
                ranges.push((0, LAST));
                true
            }
        }
    }

    /// Adds the characters with which a repetition within can go on; whether alternatives within overlap.
    fn inner_repeats(&self, ranges: &mut Vec<(u32, u32)>) -> bool {
        match &self.kind {
            Kind::Empty | Kind::One(_) | Kind::Again(_) => false,
            Kind::Sequence(pieces) => pieces.iter().fold(false, |overlapping, piece| {
                piece.inner_repeats(ranges) | overlapping
            }),
            Kind::Either(pieces) => {
                let mut seen: Vec<(u32, u32)> = Vec::new();
                let mut overlapping = false;
                for piece in pieces {
                    let mut own = Vec::new();
                    overlapping |= piece.first(&mut own) || overlap(&seen, &own);
                    seen.extend(own);
                    overlapping |= piece.inner_repeats(ranges);
                }
                overlapping
            }
            Kind::Repeat { piece, least, most } => {
                if Some(*least) != *most {
                    piece.first(ranges);
                }
                piece.inner_repeats(ranges)
            }
            Kind::Group(_, piece) => piece.inner_repeats(ranges),
        }
    }
}

fn overlap(a: &[(u32, u32)], b: &[(u32, u32)]) -> bool {
    a.iter().any(|a| b.iter().any(|b| a.0 <= b.1 && b.0 <= a.1))
}

/// A set of characters.
#[derive(Clone, Debug)]
pub(crate) struct Set {
    /// In ascending order, without overlaps and without surrogates.
    ranges: Vec<(u32, u32)>,
    /// Its visible ASCII characters and the blank, which most texts are drawn from.
    plain: Vec<char>,
}

/// The last code point.
pub(crate) const LAST: u32 = 0x10_FFFF;

impl Set {
    pub(crate) fn of(mut ranges: Vec<(u32, u32)>) -> Set {
        // Surrogates are no characters.
        ranges = ranges
            .into_iter()
            .flat_map(|(low, high)| [(low, high.min(0xD7FF)), (low.max(0xE000), high)])
            .filter(|(low, high)| low <= high)
            .collect();
        ranges.sort_unstable();
        let mut merged: Vec<(u32, u32)> = Vec::with_capacity(ranges.len());
        for (low, high) in ranges {
            match merged.last_mut() {
                Some(last) if low <= last.1.saturating_add(1) => last.1 = last.1.max(high),
                _ => merged.push((low, high)),
            }
        }
        let plain = (' '..='~')
            .filter(|c| contains(&merged, *c as u32))
            .collect();
        Set {
            ranges: merged,
            plain,
        }
    }

    pub(crate) fn complement(&self) -> Set {
        let mut ranges = Vec::new();
        let mut next = 0;
        for (low, high) in &self.ranges {
            if next < *low {
                ranges.push((next, low - 1));
            }
            next = high + 1;
        }
        if next <= LAST {
            ranges.push((next, LAST));
        }
        Set::of(ranges)
    }

    /// The part of the set that is ASCII.
    pub(crate) fn ascii(&self) -> Set {
        Set::of(
            self.ranges
                .iter()
                .filter(|r| r.0 < 0x80)
                .map(|r| (r.0, r.1.min(0x7F)))
                .collect(),
        )
    }

    pub(crate) fn ranges(&self) -> &[(u32, u32)] {
        &self.ranges
    }

    pub(crate) fn plain(&self) -> &[char] {
        &self.plain
    }

    pub(crate) fn contains(&self, c: char) -> bool {
        contains(&self.ranges, c as u32)
    }
}

fn contains(ranges: &[(u32, u32)], c: u32) -> bool {
    ranges.iter().any(|(low, high)| (*low..=*high).contains(&c))
}
