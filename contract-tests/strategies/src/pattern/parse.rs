//! Reads an ECMA 262 pattern into its tree.
//!
//! A reader of our own, because those of regular-expression crates either are private or read another language (in
//! Rust's, `\d` is every digit of Unicode and there is no look-around). It need not be exact where exactness is
//! costly: every text drawn from the tree is matched against the pattern before it is handed out.

use regex_syntax::hir::{Class, HirKind};

use super::tree::{LAST, Piece, Set};

/// What reading a pattern found.
pub(crate) struct Parsed {
    pub(crate) piece: Piece,
    /// How many capturing groups it has.
    pub(crate) groups: usize,
    /// Each alternative of the whole, with whether it is bound to the start and to the end of the text.
    pub(crate) bound: Vec<(bool, bool)>,
    /// It has anchors within, look-around or back-references, which the tree does not show.
    pub(crate) hidden: bool,
    /// What it looks around for is ambiguous, see [`Piece::is_ambiguous`].
    pub(crate) ambiguous: bool,
    /// It has a class escape or a word boundary, which some engines read by Unicode and some by ASCII.
    pub(crate) unicode_dependent: bool,
    /// It has a dot, whose idea of a line's end differs between engines.
    pub(crate) has_dot: bool,
    /// It has a `$`, which in some engines also stands before a final line feed.
    pub(crate) has_end: bool,
}

/// `None` where the pattern uses what this reader does not know.
pub(crate) fn parse(pattern: &str) -> Option<Parsed> {
    let mut reader = Reader {
        text: pattern.chars().collect(),
        at: 0,
        groups: 0,
        depth: 0,
        hidden: false,
        ambiguous: false,
        unicode_dependent: false,
        has_dot: false,
        has_end: false,
    };
    let mut alternatives = Vec::new();
    let mut bound = Vec::new();
    loop {
        let (piece, start, end) = reader.alternative(true)?;
        alternatives.push(piece);
        bound.push((start, end));
        if !reader.eat('|') {
            break;
        }
    }
    (reader.at == reader.text.len()).then(|| Parsed {
        piece: Piece::either(alternatives),
        groups: reader.groups,
        bound,
        hidden: reader.hidden,
        ambiguous: reader.ambiguous,
        unicode_dependent: reader.unicode_dependent,
        has_dot: reader.has_dot,
        has_end: reader.has_end,
    })
}

/// Groups within groups that a pattern may have, so that no pattern exhausts the stack.
const DEEPEST: usize = 100;

struct Reader {
    text: Vec<char>,
    at: usize,
    groups: usize,
    depth: usize,
    hidden: bool,
    ambiguous: bool,
    unicode_dependent: bool,
    has_dot: bool,
    has_end: bool,
}

/// What an escape stands for.
enum Escape {
    Char(char),
    Set(Set),
    Boundary,
    Again(usize),
}

impl Reader {
    fn peek(&self) -> Option<char> {
        self.text.get(self.at).copied()
    }

    fn next(&mut self) -> Option<char> {
        let c = self.peek();
        self.at += usize::from(c.is_some());
        c
    }

    fn eat(&mut self, c: char) -> bool {
        let found = self.peek() == Some(c);
        self.at += usize::from(found);
        found
    }

    fn eat_all(&mut self, text: &str) -> bool {
        let found = text
            .chars()
            .enumerate()
            .all(|(i, c)| self.text.get(self.at + i) == Some(&c));
        if found {
            self.at += text.chars().count();
        }
        found
    }

    fn disjunction(&mut self) -> Option<Piece> {
        self.depth += 1;
        if self.depth > DEEPEST {
            return None;
        }
        let mut alternatives = Vec::new();
        loop {
            alternatives.push(self.alternative(false)?.0);
            if !self.eat('|') {
                break;
            }
        }
        self.depth -= 1;
        Some(Piece::either(alternatives))
    }

    /// One alternative, and whether an anchor binds its start and its end.
    fn alternative(&mut self, outermost: bool) -> Option<(Piece, bool, bool)> {
        let mut pieces = Vec::new();
        let (mut start, mut end) = (false, false);
        while let Some(c) = self.peek() {
            if c == '|' || c == ')' && !outermost {
                break;
            }
            match c {
                '^' => {
                    self.at += 1;
                    let first = pieces.is_empty() && outermost;
                    start |= first;
                    self.hidden |= !first;
                }
                '$' => {
                    self.at += 1;
                    self.has_end = true;
                    let last = outermost && matches!(self.peek(), None | Some('|'));
                    end |= last;
                    self.hidden |= !last;
                }
                _ => {
                    let piece = self.atom()?;
                    pieces.push(self.quantified(piece)?);
                }
            }
        }
        Some((Piece::sequence(pieces), start, end))
    }

    fn atom(&mut self) -> Option<Piece> {
        match self.next()? {
            '(' => self.group(),
            '[' => self.class().map(Piece::one),
            '.' => {
                self.has_dot = true;
                let line_ends = Set::of(vec![(10, 10), (13, 13), (0x85, 0x85), (0x2028, 0x2029)]);
                Some(Piece::one(line_ends.complement()))
            }
            '\\' => match self.escape()? {
                Escape::Char(c) => Some(Piece::one(Set::of(vec![(c as u32, c as u32)]))),
                Escape::Set(set) => Some(Piece::one(set)),
                Escape::Boundary => {
                    self.hidden = true;
                    Some(Piece::empty())
                }
                Escape::Again(group) => {
                    self.hidden = true;
                    Some(Piece {
                        kind: super::tree::Kind::Again(group),
                        shortest: 0,
                        longest: None,
                    })
                }
            },
            '*' | '+' | '?' | ')' => None,
            c => Some(Piece::one(Set::of(vec![(c as u32, c as u32)]))),
        }
    }

    /// Behind the opening bracket.
    fn group(&mut self) -> Option<Piece> {
        for look_around in ["?=", "?!", "?<=", "?<!"] {
            if self.eat_all(look_around) {
                self.hidden = true;
                self.ambiguous |= self.disjunction()?.is_ambiguous();
                return self.eat(')').then(Piece::empty);
            }
        }
        if self.eat_all("?:") {
            let piece = self.disjunction()?;
            return self.eat(')').then_some(piece);
        }
        if self.eat_all("?<") {
            while self.next()? != '>' {}
        } else if self.peek() == Some('?') {
            return None;
        }
        self.groups += 1;
        let number = self.groups;
        let piece = self.disjunction()?;
        self.eat(')').then(|| Piece::group(number, piece))
    }

    fn quantified(&mut self, piece: Piece) -> Option<Piece> {
        let (least, most) = match self.peek() {
            Some('*') => (0, None),
            Some('+') => (1, None),
            Some('?') => (0, Some(1)),
            Some('{') => match self.counts() {
                Some(counts) => counts,
                None => return Some(piece),
            },
            _ => return Some(piece),
        };
        // The sign, or the bracket that closes the counts.
        self.at += 1;
        self.eat('?');
        most.is_none_or(|most| least <= most)
            .then(|| Piece::repeat(piece, least, most))
    }

    /// `{2}`, `{2,}` or `{2,3}`, up to the closing bracket; a bracket of any other kind is a character.
    fn counts(&mut self) -> Option<(u64, Option<u64>)> {
        let back = self.at;
        self.at += 1;
        let least = self.digits();
        let counts = match (least, self.peek()) {
            (Some(least), Some('}')) => Some((least, Some(least))),
            (Some(least), Some(',')) => {
                self.at += 1;
                let most = self.digits();
                (self.peek() == Some('}')).then_some((least, most))
            }
            _ => None,
        };
        if counts.is_none() {
            self.at = back;
        }
        counts
    }

    fn digits(&mut self) -> Option<u64> {
        let mut number = None;
        while let Some(digit) = self.peek().and_then(|c| c.to_digit(10)) {
            self.at += 1;
            number = Some(
                number
                    .unwrap_or(0_u64)
                    .saturating_mul(10)
                    .saturating_add(digit.into()),
            );
        }
        number
    }

    /// Behind the backslash.
    fn escape(&mut self) -> Option<Escape> {
        let digits = || Set::of(vec![(48, 57)]);
        let word = || Set::of(vec![(48, 57), (65, 90), (95, 95), (97, 122)]);
        let space = || Set::of(vec![(9, 13), (32, 32)]);
        // The complements are cut down to ASCII: what lies beyond, engines class differently.
        let set = match self.next()? {
            'd' => digits(),
            'D' => digits().complement().ascii(),
            'w' => word(),
            'W' => word().complement().ascii(),
            's' => space(),
            'S' => Set::of(vec![(33, 126)]),
            'b' | 'B' => {
                self.unicode_dependent = true;
                return Some(Escape::Boundary);
            }
            't' => return Some(Escape::Char('\t')),
            'n' => return Some(Escape::Char('\n')),
            'v' => return Some(Escape::Char('\u{b}')),
            'f' => return Some(Escape::Char('\u{c}')),
            'r' => return Some(Escape::Char('\r')),
            '0' => return Some(Escape::Char('\0')),
            'c' => {
                let letter = self.next().filter(char::is_ascii_alphabetic)?;
                return char::from_u32(letter as u32 % 32).map(Escape::Char);
            }
            'x' => {
                return self
                    .hexadecimal(2)
                    .and_then(char::from_u32)
                    .map(Escape::Char);
            }
            'u' => return self.code_point().map(Escape::Char),
            letter @ ('p' | 'P') => return self.property(letter == 'P').map(Escape::Set),
            'k' => return None,
            c @ '1'..='9' => {
                let mut number = c.to_digit(10)? as usize;
                while let Some(digit) = self.peek().and_then(|c| c.to_digit(10)) {
                    self.at += 1;
                    number = number.saturating_mul(10).saturating_add(digit as usize);
                }
                return Some(Escape::Again(number));
            }
            c if c.is_ascii_alphanumeric() => return None,
            c => return Some(Escape::Char(c)),
        };
        self.unicode_dependent = true;
        Some(Escape::Set(set))
    }

    fn hexadecimal(&mut self, count: usize) -> Option<u32> {
        (0..count).try_fold(0, |sum, _| Some(sum * 16 + self.next()?.to_digit(16)?))
    }

    /// `\u0041`, `\u{1F600}`, or a pair of surrogates.
    fn code_point(&mut self) -> Option<char> {
        if self.eat('{') {
            let mut number = 0_u32;
            while !self.eat('}') {
                number = number
                    .checked_mul(16)?
                    .checked_add(self.next()?.to_digit(16)?)?;
            }
            return char::from_u32(number);
        }
        let first = self.hexadecimal(4)?;
        if (0xD800..0xDC00).contains(&first) && self.eat_all("\\u") {
            let second = self.hexadecimal(4)?.checked_sub(0xDC00)?;
            return char::from_u32(0x1_0000 + ((first - 0xD800) << 10) + second);
        }
        char::from_u32(first)
    }

    /// `\p{Letter}`: the names are those of Unicode, which `regex-syntax` knows too.
    fn property(&mut self, negated: bool) -> Option<Set> {
        if !self.eat('{') {
            return None;
        }
        let mut name = String::new();
        loop {
            match self.next()? {
                '}' => break,
                c => name.push(c),
            }
        }
        let parsed = regex_syntax::parse(&format!("\\p{{{name}}}")).ok()?;
        let HirKind::Class(Class::Unicode(class)) = parsed.kind() else {
            return None;
        };
        let set = Set::of(
            class
                .iter()
                .map(|r| (r.start() as u32, r.end() as u32))
                .collect(),
        );
        Some(if negated { set.complement() } else { set })
    }

    /// Behind the opening bracket.
    fn class(&mut self) -> Option<Set> {
        let negated = self.eat('^');
        let mut ranges = Vec::new();
        let mut has_escape = false;
        while !self.eat(']') {
            let Some(low) = self.class_atom(&mut ranges)? else {
                has_escape = true;
                continue;
            };
            let dash =
                self.peek() == Some('-') && self.text.get(self.at + 1).is_some_and(|c| *c != ']');
            if !dash {
                ranges.push((low as u32, low as u32));
                continue;
            }
            self.at += 1;
            match self.class_atom(&mut ranges)? {
                Some(high) if low <= high => ranges.push((low as u32, high as u32)),
                Some(_) => return None,
                // A set is no end of a range: the dash stands for itself.
                None => ranges.extend([(low as u32, low as u32), (45, 45)]),
            }
        }
        let set = Set::of(ranges);
        Some(match (negated, has_escape) {
            (false, _) => set,
            (true, true) => set.complement().ascii(),
            (true, false) => set.complement(),
        })
    }

    /// A character, or `None` within where a set was added to the ranges.
    #[expect(
        clippy::option_option,
        reason = "the outer is that the pattern cannot be read"
    )]
    fn class_atom(&mut self, ranges: &mut Vec<(u32, u32)>) -> Option<Option<char>> {
        let c = self.next()?;
        if c != '\\' {
            return Some(Some(c));
        }
        match self.peek() {
            Some('b') => {
                self.at += 1;
                return Some(Some('\u{8}'));
            }
            Some('-') => {
                self.at += 1;
                return Some(Some('-'));
            }
            _ => {}
        }
        match self.escape()? {
            Escape::Char(c) => Some(Some(c)),
            Escape::Set(set) => {
                ranges.extend(set.ranges().iter().filter(|r| r.1 <= LAST));
                Some(None)
            }
            Escape::Boundary | Escape::Again(_) => None,
        }
    }
}
