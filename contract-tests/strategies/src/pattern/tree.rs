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
