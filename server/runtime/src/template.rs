//! Path templates: what is literal in a segment, what is variable, and the texts of the variables in a path.

use crate::text::decode;

/// A part of one segment of a path template.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Piece<'t> {
    Literal(&'t str),
    Variable(&'t str),
}

/// The parts of a segment: `{page}t.{format}` has a variable, `t.`, and a variable.
pub(crate) fn pieces(segment: &str) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    let mut rest = segment;
    while let Some((literal, name, after)) = split_variable(rest) {
        if !literal.is_empty() {
            pieces.push(Piece::Literal(literal));
        }
        pieces.push(Piece::Variable(name));
        rest = after;
    }
    if !rest.is_empty() || pieces.is_empty() {
        pieces.push(Piece::Literal(rest));
    }
    pieces
}

fn split_variable(text: &str) -> Option<(&str, &str, &str)> {
    let (literal, rest) = text.split_once('{')?;
    let (name, after) = rest.split_once('}')?;
    Some((literal, name, after))
}

/// The texts of a segment's variables as they stand in the path, or `None` where it is not of that form.
///
/// A variable is never empty. Where a literal stands several times, each variable is as short as it can be and the last
/// one takes the rest: of `a.b.c`, `{name}.{ext}` takes `a` and `b.c`. This reads the text once, whatever it is.
pub(crate) fn capture<'t, 'p>(
    pieces: &[Piece<'t>],
    text: &'p str,
) -> Option<Vec<(&'t str, &'p str)>> {
    let (pieces, mut text) = match pieces {
        [Piece::Literal(literal)] => return (decode(text)? == meant(literal)).then(Vec::new),
        [before @ .., Piece::Literal(literal)] => (before, text.strip_suffix(literal)?),
        all => (all, text),
    };
    let mut found = Vec::new();
    let mut variable = None;
    for piece in pieces {
        match (piece, variable.take()) {
            (Piece::Variable(name), None) => variable = Some(*name),
            // Nothing tells where one ends and the next begins; generated servers have no such path.
            (Piece::Variable(_), Some(_)) => return None,
            (Piece::Literal(literal), None) => text = text.strip_prefix(literal)?,
            (Piece::Literal(literal), Some(name)) => {
                let first = text.chars().next()?.len_utf8();
                let at = first + text[first..].find(literal)?;
                found.push((name, &text[..at]));
                text = &text[at + literal.len()..];
            }
        }
    }
    // A variable stands last: a literal at the end is gone by now, and one that is alone has been compared.
    let name = variable.filter(|_| !text.is_empty())?;
    found.push((name, text));
    Some(found)
}

/// The text that a literal of a template stands for: documents write `a%20b` and `a b`.
pub(crate) fn meant(literal: &str) -> String {
    decode(literal).unwrap_or_else(|| literal.to_owned())
}

/// The texts of a path's variables, in the order of its template; `None` where the path is not one of the template's.
pub(crate) fn match_path<'p>(
    template: &'static str,
    path: &'p str,
) -> Option<Vec<(&'static str, &'p str)>> {
    let mut found = Vec::new();
    let (mut expected, mut given) = (template.split('/'), path.split('/'));
    loop {
        match (expected.next(), given.next()) {
            (None, None) => return Some(found),
            // Nearly every segment is one of these two, which need not be taken apart.
            (Some(expected), Some(given)) if expected == given && !given.contains(['{', '%']) => {}
            (Some(expected), Some(given)) => match whole_variable(expected) {
                Some(name) if !given.is_empty() => found.push((name, given)),
                Some(_) => return None,
                None => found.extend(capture(&pieces(expected), given)?),
            },
            _ => return None,
        }
    }
}

/// The name of a segment's variable, where the segment has nothing else.
fn whole_variable(segment: &str) -> Option<&str> {
    let name = segment.strip_prefix('{')?.strip_suffix('}')?;
    (!name.contains(['{', '}'])).then_some(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_of_a_template_or_it_is_not() {
        let check = |template, path, expected: Option<&[(&str, &str)]>| {
            assert_eq!(
                match_path(template, path).as_deref(),
                expected,
                "{path} for {template}"
            );
        };
        check("/things/{id}", "/things/5", Some(&[("id", "5")]));
        check("/things/{id}", "/thin%67s/%35", Some(&[("id", "%35")]));
        check(
            "/things/{id}/parts/{part}",
            "/things/5/parts/a",
            Some(&[("id", "5"), ("part", "a")]),
        );
        check("/things/{id}", "/things/5/", None);
        check("/things/{id}", "/things/", None);
        check("/things/{id}", "//things/5", None);
        check("/things/{id}", "/things//5", None);
        check("/things/{id}", "/Things/5", None);
        check("/things", "/things/", None);
        check("/things/", "/things/", Some(&[]));
        check("/a%20b", "/a%20b", Some(&[]));
        check("/a b", "/a%20b", Some(&[]));
        check("/100%", "/100%25", Some(&[]));
    }

    #[test]
    fn a_segment_may_hold_several_variables() {
        let check = |segment, text, expected: Option<&[(&str, &str)]>| {
            assert_eq!(
                capture(&pieces(segment), text).as_deref(),
                expected,
                "{text} for {segment}"
            );
        };
        check(
            "{page}t.{format}",
            "12t.png",
            Some(&[("page", "12"), ("format", "png")]),
        );
        check("{page}t.{format}", "12.png", None);
        check("{page}t.{format}", "t.png", None);
        check("{page}t.{format}", "12t.", None);
        check("v{major}", "v1", Some(&[("major", "1")]));
        check("v{major}", "1", None);
        check("{id}:run", "5:run", Some(&[("id", "5")]));
        check("{id}:run", "5:runs", None);
        check("{id}:run", ":run", None);
        check(
            "{name}.{ext}",
            "a.b.c",
            Some(&[("name", "a"), ("ext", "b.c")]),
        );
        check("{name}.{ext}", "..c", Some(&[("name", "."), ("ext", "c")]));
        check("{a}{b}", "ab", None);
        check("{é}é{b}", "ééé", Some(&[("é", "é"), ("b", "é")]));
    }
}
