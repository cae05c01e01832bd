//! Draws texts.

use super::format;
use crate::judge::Verdict;
use crate::plan::Texts;
use crate::source::Source;

const TRIES: usize = 32;

/// Beyond this length a text is as long as it may be only where boundaries are asked for.
const LONG: u64 = 1024;

/// How much longer than it must be a text gets, where it may be longer than [`LONG`].
const REACH: u64 = 64;

/// Texts that software is known to take for something else, or to stumble over.
const SPECIAL: [&str; 40] = [
    "",
    " ",
    "0",
    "-1",
    "1e3",
    "NaN",
    "null",
    "true",
    "false",
    "[]",
    "{}",
    "\"",
    "'",
    "\\",
    "%00",
    "../..",
    "<b>",
    "--",
    ";",
    "$ref",
    "2024-02-30",
    "undefined",
    "\0",
    "\n",
    "é",
    "e\u{301}",
    "ß",
    "😀",
    "👨\u{200d}👩\u{200d}👧",
    "ﷺ",
    "١٢٣",
    "Ω≈ç√",
    "ＡＢＣ",
    "\u{202e}abc",
    "\u{feff}a",
    " a ",
    "a\tb",
    "שלום",
    "中文",
    "\u{10ffff}",
];

pub(super) fn text(texts: &Texts, source: &mut Source<'_>) -> Option<String> {
    if texts.are_free() {
        return Some(free(texts.least, texts.most, source));
    }
    let only_pattern = match texts.patterns.as_slice() {
        [pattern]
            if texts.formats.is_empty()
                && texts.not_patterns.is_empty()
                && texts.not_formats.is_empty() =>
        {
            Some(pattern)
        }
        _ => None,
    };
    for _ in 0..TRIES {
        if let Some(pattern) = only_pattern {
            let text = pattern.draw(source, texts.least, texts.most)?;
            if has_length(texts, &text) && pattern.judge_drawn(&text) == Verdict::Yes {
                return Some(text);
            }
            continue;
        }
        if let Some(text) = candidate(texts, source)
            && is_one(texts, &text)
        {
            return Some(text);
        }
    }
    None
}

/// Whether the text is one of those.
pub(crate) fn is_one(texts: &Texts, text: &str) -> bool {
    has_length(texts, text)
        && texts
            .patterns
            .iter()
            .all(|pattern| pattern.judge(text) == Verdict::Yes)
        && texts
            .not_patterns
            .iter()
            .all(|pattern| pattern.judge(text) == Verdict::No)
        && texts
            .formats
            .iter()
            .all(|format| format.judge_text(text) == Verdict::Yes)
        && texts
            .not_formats
            .iter()
            .all(|format| format.judge_text(text) == Verdict::No)
}

fn has_length(texts: &Texts, text: &str) -> bool {
    if texts.least == 0 && texts.most.is_none() {
        return true;
    }
    let length = text.chars().count() as u64;
    length >= texts.least && texts.most.is_none_or(|most| length <= most)
}

fn candidate(texts: &Texts, source: &mut Source<'_>) -> Option<String> {
    if !texts.patterns.is_empty() && (texts.formats.is_empty() || source.one_in(2)) {
        let pattern = &texts.patterns[source.index(texts.patterns.len())];
        return pattern.draw(source, texts.least, texts.most);
    }
    if !texts.formats.is_empty() {
        let format = texts.formats[source.index(texts.formats.len())];
        let most = texts.most.unwrap_or(u64::MAX);
        return Some(format::text(format, texts.least, most, source));
    }
    if !texts.not_formats.is_empty() {
        let format = texts.not_formats[source.index(texts.not_formats.len())];
        if !source.one_in(4) {
            return Some(damage(&format::text(format, 0, u64::MAX, source), source));
        }
    }
    if !texts.not_patterns.is_empty() && !source.one_in(4) {
        let pattern = &texts.not_patterns[source.index(texts.not_patterns.len())];
        let match_ = pattern.draw(source, texts.least, texts.most)?;
        return Some(damage(&match_, source));
    }
    Some(free(texts.least, texts.most, source))
}

/// The text with one character more, less or another.
fn damage(text: &str, source: &mut Source<'_>) -> String {
    let mut chars: Vec<char> = text.chars().collect();
    let at = source.index(chars.len() + 1);
    let odd = match source.below(4) {
        0 => source.odd_char(),
        1 => source.plain_char(),
        2 => ' ',
        _ => ['!', '/', '.', ':', '-', '+', '%', '"'][source.index(8)],
    };
    match source.below(4) {
        0 if at < chars.len() => {
            chars.remove(at);
        }
        1 if at < chars.len() => chars[at] = odd,
        2 => chars.truncate(at),
        _ => chars.insert(at, odd),
    }
    chars.into_iter().collect()
}

/// A text of which only the length is asked.
fn free(least: u64, most: Option<u64>, source: &mut Source<'_>) -> String {
    let high = match most {
        Some(most) if most <= LONG => most,
        Some(most) => most.min(least.saturating_add(REACH)),
        None => least.saturating_add(REACH),
    };
    match source.below(8) {
        0 => {
            let special = SPECIAL[source.index(SPECIAL.len())];
            let length = special.chars().count() as u64;
            if (least..=high).contains(&length) {
                return special.to_owned();
            }
            plain(source.length(least, high), source)
        }
        1 => {
            let length = source.length(least, high);
            let mut text = String::with_capacity(length as usize * 2);
            for _ in 0..length {
                text.push(if source.one_in(2) {
                    source.odd_char()
                } else {
                    any_char(source)
                });
            }
            text
        }
        _ => plain(source.length(least, high), source),
    }
}

fn plain(length: u64, source: &mut Source<'_>) -> String {
    let mut text = String::with_capacity(length as usize);
    for _ in 0..length {
        text.push(source.plain_char());
    }
    text
}

/// Any character: ASCII, the basic plane or beyond.
fn any_char(source: &mut Source<'_>) -> char {
    let bits = [7, 11, 16, 21][source.index(4)];
    char::from_u32((source.word() & ((1 << bits) - 1)) as u32).unwrap_or('\u{fffd}')
}
