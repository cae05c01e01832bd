//! Reading lines, some at a time, and what each of them says.

use std::io::{self, BufRead, Read as _};

use crate::event::Event;
use crate::line::event;

/// A longer line, in bytes, is skipped. No event that was created through the API is as long.
const LONGEST_LINE: usize = 16 << 20;

/// How many lines a batch has at most. The more there are, the more of them share a page of the database, which is
/// written once for all; and the longer does a server wait that writes to the same database, here a tenth of a second.
const MOST_LINES: usize = 5000;

/// A batch ends with the line that makes it larger than this, in bytes.
const MOST_BYTES: u64 = 4 << 20;

/// Some lines.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Batch {
    /// Each line that is not empty: its number, from 1, and its event, or everything that is wrong with it.
    pub(super) lines: Vec<(u64, Result<Event, String>)>,
    /// How many bytes were read for them.
    pub(super) bytes: u64,
}

/// Reads all lines. After an error nothing more is read; the lines before it come first.
pub(super) fn batches(mut input: impl BufRead) -> impl Iterator<Item = io::Result<Batch>> {
    let mut number = 0;
    let mut failure = None;
    let mut ended = false;
    std::iter::from_fn(move || {
        let mut batch = Batch::default();
        while !ended && batch.lines.len() < MOST_LINES && batch.bytes < MOST_BYTES {
            match next_line(&mut input) {
                Ok(None) => ended = true,
                Ok(Some(Line { content, bytes })) => {
                    number += 1;
                    batch.bytes += bytes;
                    // Not at the start, so that columns are what they are.
                    let content = content.as_deref().map(<[u8]>::trim_ascii_end);
                    match content {
                        Some([]) => {}
                        Some(content) => batch.lines.push((number, event(content))),
                        None => batch.lines.push((number, Err(too_long()))),
                    }
                }
                Err(error) => {
                    ended = true;
                    failure = Some(error);
                }
            }
        }
        if batch.bytes > 0 {
            Some(Ok(batch))
        } else {
            failure.take().map(Err)
        }
    })
}

struct Line {
    /// What it says; `None` if it is too long.
    content: Option<Vec<u8>>,
    bytes: u64,
}

fn next_line(input: &mut impl BufRead) -> io::Result<Option<Line>> {
    let mut content = Vec::new();
    let limit = LONGEST_LINE as u64 + 1;
    let mut bytes = input.take(limit).read_until(b'\n', &mut content)?;
    let is_whole = content.ends_with(b"\n") || content.len() <= LONGEST_LINE;
    if !is_whole {
        content = Vec::new();
        bytes += input.skip_until(b'\n')?;
    }
    Ok((bytes > 0).then(|| Line {
        content: is_whole.then_some(content),
        bytes: bytes as u64,
    }))
}

fn too_long() -> String {
    format!("is longer than {LONGEST_LINE} bytes")
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may panic")]
mod tests {
    use std::io::Cursor;

    use super::*;

    fn good(id: usize) -> String {
        format!(
            r#"{{"type":"event","id":"{id}","attributes":{{"createdAt":"2026-01-01T00:00:00Z"}}}}"#
        )
    }

    /// The numbers of all lines, and of those that are bad.
    fn numbers(text: String) -> (Vec<u64>, Vec<u64>) {
        let lines: Vec<_> = batches(Cursor::new(text))
            .flat_map(|batch| batch.unwrap().lines)
            .collect();
        let bad = lines.iter().filter(|(_, event)| event.is_err());
        let bad = bad.map(|(number, _)| *number).collect();
        (lines.iter().map(|(number, _)| *number).collect(), bad)
    }

    #[test]
    fn empty_lines_count_only_for_the_numbers() {
        let (one, two) = (good(1), good(2));
        let check = |text: String, expected: &[u64]| {
            assert_eq!(numbers(text), (expected.to_vec(), vec![]));
        };
        check(String::new(), &[]);
        check("\n\r\n \n".to_owned(), &[]);
        check(one.clone(), &[1]);
        check(format!("{one}\n{two}"), &[1, 2]);
        check(format!("\n{one}\r\n\t\n\n {two} \n"), &[2, 5]);
    }

    #[test]
    fn a_line_that_is_too_long_is_skipped_and_the_next_one_is_read() {
        let longest = " ".repeat(LONGEST_LINE - good(1).len()) + &good(1);
        let (one, two) = (good(1), good(2));
        assert_eq!(
            numbers(format!("{one}\n{longest}\n {longest}\n{two}\n {longest}")),
            (vec![1, 2, 3, 4, 5], vec![3, 5]),
        );
    }

    #[test]
    fn batches_are_bounded_and_lose_nothing() {
        let all = MOST_LINES * 5 / 2;
        let text: String = (1..=all).map(|id| good(id) + "\n").collect();
        let batches: Vec<Batch> = batches(Cursor::new(&text)).map(Result::unwrap).collect();
        let sizes: Vec<usize> = batches.iter().map(|batch| batch.lines.len()).collect();
        assert_eq!(sizes, [MOST_LINES, MOST_LINES, MOST_LINES / 2]);
        let bytes: u64 = batches.iter().map(|batch| batch.bytes).sum();
        assert_eq!(bytes, text.len() as u64);
        let ids: Vec<usize> = batches
            .iter()
            .flat_map(|batch| &batch.lines)
            .map(|(_, event)| event.as_ref().unwrap().id as usize)
            .collect();
        assert_eq!(ids, (1..=all).collect::<Vec<_>>());
    }

    #[test]
    fn what_was_read_before_an_error_comes_first() {
        struct Fails;
        impl io::Read for Fails {
            fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
                Err(io::Error::other("the disk is gone"))
            }
        }
        let first = Cursor::new(good(1) + "\n");
        let mut batches = batches(io::BufReader::new(io::Read::chain(first, Fails)));
        assert_eq!(batches.next().unwrap().unwrap().lines.len(), 1);
        assert!(batches.next().unwrap().is_err());
        assert!(batches.next().is_none());
    }
}
