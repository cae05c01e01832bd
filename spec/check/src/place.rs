//! Where in a value the check is.

use std::fmt::Write;

/// A place in a value, as a chain on the stack: a pointer is written only when there is something to say about it.
#[derive(Clone, Copy)]
pub(crate) enum Place<'a> {
    Root,
    Member(&'a Place<'a>, &'a str),
    Item(&'a Place<'a>, usize),
}

impl Place<'_> {
    /// The JSON pointer (RFC 6901); empty for the whole value.
    pub(crate) fn pointer(&self) -> String {
        let mut text = String::new();
        self.write(&mut text);
        text
    }

    fn write(&self, text: &mut String) {
        match self {
            Place::Root => {}
            Place::Member(parent, name) => {
                parent.write(text);
                text.push('/');
                for character in name.chars() {
                    match character {
                        '~' => text.push_str("~0"),
                        '/' => text.push_str("~1"),
                        other => text.push(other),
                    }
                }
            }
            Place::Item(parent, index) => {
                parent.write(text);
                let _ = write!(text, "/{index}");
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pointers_are_written_as_rfc_6901_says() {
        let root = Place::Root;
        let member = Place::Member(&root, "a/b~c");
        assert_eq!(root.pointer(), "");
        assert_eq!(Place::Item(&member, 3).pointer(), "/a~1b~0c/3");
    }
}
