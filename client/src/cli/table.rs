//! Text in columns, as wide as a terminal.
//!
//! What events hold was written by others: whatever could steer a terminal is shown by its code instead.

use unicode_width::{UnicodeWidthChar as _, UnicodeWidthStr as _};

/// Between two columns.
const GAP: &str = "  ";

/// No column is made narrower than this to fit a terminal.
const NARROWEST: usize = 8;

/// The columns of a table that is printed part by part.
pub struct Columns {
    titles: Vec<String>,
    /// The columns that can be made narrower.
    elastic: Vec<bool>,
    /// The widest text of each column so far: later parts do not move the columns back.
    widths: Vec<usize>,
    begun: bool,
}

impl Columns {
    /// Begins a table of columns with these titles, each of which can be made narrower or not.
    pub fn new(columns: &[(&str, bool)]) -> Columns {
        Columns {
            titles: columns
                .iter()
                .map(|(title, _)| (*title).to_owned())
                .collect(),
            elastic: columns.iter().map(|(_, elastic)| *elastic).collect(),
            widths: columns.iter().map(|(title, _)| title.width()).collect(),
            begun: false,
        }
    }

    /// The lines of these rows, after those of the titles if they are the first.
    pub fn print(&mut self, rows: &[Vec<String>], width: usize) -> String {
        if rows.is_empty() {
            return String::new();
        }
        let rows: Vec<Vec<String>> = rows
            .iter()
            .map(|row| row.iter().map(|cell| printable(cell, false)).collect())
            .collect();
        for row in &rows {
            for (widest, cell) in self.widths.iter_mut().zip(row) {
                *widest = cell.width().max(*widest);
            }
        }
        let widths = fit(&self.widths, &self.elastic, width);
        let mut text = String::new();
        if !std::mem::replace(&mut self.begun, true) {
            line(&mut text, &self.titles, &widths);
        }
        for row in &rows {
            line(&mut text, row, &widths);
        }
        text
    }
}

/// Facts below each other: names to the left, and what they are to the right, which may have several lines.
pub fn details(facts: &[(String, String)]) -> String {
    let widest = facts.iter().map(|(name, _)| name.width()).max();
    let widest = widest.unwrap_or_default();
    let mut text = String::new();
    for (name, value) in facts {
        let value = printable(value, true);
        let mut name = name.as_str();
        for part in value.split('\n') {
            let row = [name.to_owned(), part.to_owned()];
            line(&mut text, &row, &[widest, usize::MAX]);
            name = "";
        }
    }
    text
}

/// One line, cut and filled up to the widths.
fn line(text: &mut String, cells: &[String], widths: &[usize]) {
    let start = text.len();
    for (index, (cell, &width)) in cells.iter().zip(widths).enumerate() {
        if index > 0 {
            text.push_str(GAP);
        }
        let cell = cut(cell, width);
        text.push_str(&cell);
        if index + 1 < cells.len() {
            let blanks = width.saturating_sub(cell.width());
            text.extend(std::iter::repeat_n(' ', blanks));
        }
    }
    let end = start + text[start..].trim_end_matches(' ').len();
    text.truncate(end);
    text.push('\n');
}

/// The widths that fit: the widest elastic column gives way, until all do or none can.
fn fit(widths: &[usize], elastic: &[bool], available: usize) -> Vec<usize> {
    let gaps = GAP.len() * widths.len().saturating_sub(1);
    let mut widths = widths.to_vec();
    let mut excess = (widths.iter().sum::<usize>() + gaps).saturating_sub(available);
    while excess > 0 {
        let columns = widths.iter_mut().zip(elastic);
        let narrowable = columns.filter(|(width, elastic)| **elastic && **width > NARROWEST);
        let Some((widest, _)) = narrowable.max() else {
            break;
        };
        *widest -= 1;
        excess -= 1;
    }
    widths
}

/// As much as there is room for, with an ellipsis where something is missing.
fn cut(text: &str, width: usize) -> String {
    if text.width() <= width {
        return text.to_owned();
    }
    let mut kept = String::new();
    let mut used = 1;
    for character in text.chars() {
        used += character.width().unwrap_or_default();
        if used > width {
            break;
        }
        kept.push(character);
    }
    kept + "…"
}

/// The text without what a terminal would act upon.
fn printable(text: &str, lines: bool) -> String {
    let mut printable = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '\n' if lines => printable.push('\n'),
            // These turn the direction of what follows them.
            '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' => {
                printable.extend(character.escape_unicode());
            }
            _ if character.is_control() => printable.extend(character.escape_default()),
            _ => printable.push(character),
        }
    }
    printable
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(rows: &[&[&str]], width: usize, expected: &str) {
        let rows: Vec<Vec<String>> = rows
            .iter()
            .map(|row| row.iter().map(|&cell| cell.to_owned()).collect())
            .collect();
        assert_eq!(
            Columns::new(&[("ID", false), ("NAME", true)]).print(&rows, width),
            expected
        );
    }

    #[test]
    fn columns_are_as_wide_as_what_is_in_them() {
        check(
            &[&["1", "a"], &["1234", ""]],
            80,
            "ID    NAME\n1     a\n1234\n",
        );
        check(&[], 80, "");
    }

    #[test]
    fn the_widest_elastic_column_gives_way() {
        check(
            &[&["123456789", "abcdefghij"]],
            20,
            "ID         NAME\n123456789  abcdefgh…\n",
        );
        check(
            &[&["1234567", "a long name of an event"]],
            20,
            "ID       NAME\n1234567  a long nam…\n",
        );
        check(
            &[&["1234567", "a long name of an event"]],
            1,
            "ID       NAME\n1234567  a long …\n",
        );
    }

    #[test]
    fn wide_characters_count_twice() {
        check(
            &[&["日本", "a"], &["abcde", "b"]],
            80,
            "ID     NAME\n日本   a\nabcde  b\n",
        );
        assert_eq!(cut("日本語", 5), "日本…");
        assert_eq!(cut("日本語", 4), "日…");
    }

    #[test]
    fn later_parts_keep_the_columns() {
        let mut columns = Columns::new(&[("ID", false), ("NAME", true)]);
        let row = |id: &str| vec![vec![id.to_owned(), "a".to_owned()]];
        assert_eq!(columns.print(&row("1234"), 80), "ID    NAME\n1234  a\n");
        assert_eq!(columns.print(&row("5"), 80), "5     a\n");
    }

    #[test]
    fn nothing_steers_the_terminal() {
        check(
            &[&["1", "\u{1b}[31mred\r\n\t\u{9b}\u{202e}"]],
            80,
            "ID  NAME\n1   \\u{1b}[31mred\\r\\n\\t\\u{9b}\\u{202e}\n",
        );
        let facts = [("body".to_owned(), "one\n\u{7}two".to_owned())];
        assert_eq!(details(&facts), "body  one\n      \\u{7}two\n");
    }
}
