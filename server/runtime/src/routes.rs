//! Which operations a path has.
//!
//! dropshot's router panics where a literal stands beside a variable (`/things/{id}` and `/things/new`), and knows no
//! variable that is part of a segment (`/{page}.{format}`). Documents have both, so this is a router of our own: a tree
//! of segments. Where several templates fit a path, the more literal one is taken, segment by segment, as OpenAPI asks
//! ("Path Templating Matching": concrete before templated).

use std::collections::HashMap;

use crate::template::{Piece, capture, meant, pieces};
use crate::text::decode;

/// What each method of each path leads to.
pub(crate) struct Routes<T>(Node<T>);

struct Node<T> {
    literals: HashMap<String, Node<T>>,
    /// Segments with variables, the more literal ones first.
    variables: Vec<(Vec<Piece<'static>>, Node<T>)>,
    methods: Vec<(&'static str, T)>,
}

impl<T> Default for Node<T> {
    fn default() -> Node<T> {
        Node {
            literals: HashMap::new(),
            variables: Vec::new(),
            methods: Vec::new(),
        }
    }
}

impl<T> Routes<T> {
    pub(crate) fn new() -> Routes<T> {
        Routes(Node::default())
    }

    /// Adds a method of a path. What was added first counts.
    pub(crate) fn insert(&mut self, method: &'static str, template: &'static str, target: T) {
        let mut node = &mut self.0;
        for segment in template.split('/').skip(1) {
            let pieces = pieces(segment);
            if let [Piece::Literal(literal)] = pieces.as_slice() {
                node = node.literals.entry(meant(literal)).or_default();
                continue;
            }
            let at = node
                .variables
                .iter()
                .position(|(other, _)| shape(other) == shape(&pieces));
            let at = at.unwrap_or_else(|| {
                let at = node
                    .variables
                    .partition_point(|(other, _)| literal(other) >= literal(&pieces));
                node.variables.insert(at, (pieces, Node::default()));
                at
            });
            node = &mut node.variables[at].1;
        }
        node.methods.push((method, target));
    }

    /// The methods of a path and what they lead to; empty where no template fits it.
    pub(crate) fn find(&self, path: &str) -> &[(&'static str, T)] {
        let segments: Vec<&str> = path.split('/').skip(1).collect();
        // Segments that mean another path to whoever resolves them are nobody's.
        if segments.iter().any(|s| matches!(*s, "." | "..")) {
            return &[];
        }
        self.0.find(&segments).unwrap_or(&[])
    }
}

impl<T> Node<T> {
    fn find(&self, segments: &[&str]) -> Option<&[(&'static str, T)]> {
        let Some((segment, rest)) = segments.split_first() else {
            return (!self.methods.is_empty()).then_some(&self.methods);
        };
        let literal = decode(segment).and_then(|text| self.literals.get(&text));
        literal.and_then(|node| node.find(rest)).or_else(|| {
            self.variables
                .iter()
                .filter(|(pieces, _)| capture(pieces, segment).is_some())
                .find_map(|(_, node)| node.find(rest))
        })
    }
}

/// A segment without the names of its variables.
fn shape<'t>(pieces: &'t [Piece]) -> Vec<Option<&'t str>> {
    let literal = |piece: &Piece<'t>| match piece {
        Piece::Literal(text) => Some(*text),
        Piece::Variable(_) => None,
    };
    pieces.iter().map(literal).collect()
}

/// How much of a segment is literal.
fn literal(pieces: &[Piece]) -> usize {
    shape(pieces).into_iter().flatten().map(str::len).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_most_literal_template_is_taken() {
        let templates = [
            "/",
            "/e/{id}",
            "/e/special",
            "/e/{id}/parts",
            "/e/special/more",
            "/g/{page}.{format}",
            "/g/{page}t.{format}",
            "/g/cover.{format}",
            "/s/",
            "/a%20b",
        ];
        let mut routes = Routes::new();
        for template in templates {
            routes.insert("GET", template, template);
        }
        let check = |path: &str, expected: Option<&str>| {
            let found = routes.find(path).first().map(|(_, template)| *template);
            assert_eq!(found, expected, "{path}");
        };
        check("/", Some("/"));
        check("/e/5", Some("/e/{id}"));
        check("/e/special", Some("/e/special"));
        check("/e/%73pecial", Some("/e/special"));
        check("/e/special/parts", Some("/e/{id}/parts"));
        check("/e/special/more", Some("/e/special/more"));
        check("/e/5/more", None);
        check("/e/", None);
        check("/e", None);
        check("/e//parts", None);
        check("//e/5", None);
        check("/e/..", None);
        check("/e/%ff", Some("/e/{id}"));
        check("/g/1.png", Some("/g/{page}.{format}"));
        check("/g/1t.png", Some("/g/{page}t.{format}"));
        check("/g/cover.png", Some("/g/cover.{format}"));
        check("/g/png", None);
        check("/s/", Some("/s/"));
        check("/s", None);
        check("/a%20b", Some("/a%20b"));
    }

    #[test]
    fn variables_of_two_names_are_one_path() {
        let mut routes = Routes::new();
        routes.insert("GET", "/e/{id}", 1);
        routes.insert("PUT", "/e/{name}", 2);
        assert_eq!(routes.find("/e/5"), [("GET", 1), ("PUT", 2)]);
    }
}
