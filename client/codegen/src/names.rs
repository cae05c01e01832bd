//! Names as progenitor makes them.
//!
//! It turns the names of a document into Rust's by rules of its own, and looks neither for two that come out the same
//! nor for one that its own code has taken. So it gets names here that it leaves as they are.

use std::collections::HashSet;

use heck::{ToPascalCase, ToSnakeCase};
use schema_codegen::naming::value_name;

/// What a client has beside the methods of its operations.
const CLIENT: [&str; 10] = [
    "api_version",
    "baseurl",
    "client",
    "clone",
    "exec",
    "inner",
    "new",
    "new_with_client",
    "post",
    "pre",
];

/// What stands beside the builders, or is named in them without a path.
const BUILDERS: [&str; 17] = [
    "ByteStream",
    "ClientHooks",
    "ClientInfo",
    "Debug",
    "Err",
    "Error",
    "Into",
    "None",
    "Ok",
    "OperationInfo",
    "Option",
    "RequestBuilderExt",
    "ResponseValue",
    "Result",
    "Self",
    "Some",
    "String",
];

/// What a builder has beside the methods of its parameters, and the variables of its `send`.
const BUILDER: [&str; 8] = [
    "body",
    "body_map",
    "clone",
    "header_map",
    "info",
    "new",
    "send",
    "stream",
];

/// The names of a client's operations.
#[derive(Default)]
pub(crate) struct Operations {
    taken: HashSet<String>,
}

impl Operations {
    /// A name for an operation, of its own both as a method and as the type of a builder.
    pub fn claim(&mut self, id: &str) -> String {
        let is_free = |name: &str| {
            let builder = builder_name(name);
            !CLIENT.contains(&name)
                && !BUILDERS.contains(&builder.as_str())
                && !self.taken.contains(name)
                && !self.taken.contains(&builder)
        };
        let name = first_free(id, is_free);
        self.taken.insert(builder_name(&name));
        self.taken.insert(name.clone());
        name
    }
}

/// The names of an operation's parameters.
#[derive(Default)]
pub(crate) struct Parameters {
    taken: HashSet<String>,
}

impl Parameters {
    /// A name for a parameter, of its own among the methods of the builder.
    pub fn claim(&mut self, name: &str) -> String {
        let is_free = |name: &str| !BUILDER.contains(&name) && !self.taken.contains(name);
        let name = first_free(name, is_free);
        self.taken.insert(name.clone());
        name
    }
}

/// The type of an operation's builder, by the operation's name.
pub(crate) fn builder_name(operation: &str) -> String {
    finish(operation.to_pascal_case())
}

fn first_free(text: &str, is_free: impl Fn(&str) -> bool) -> String {
    let base = value_name(text);
    let mut name = finish(base.to_snake_case());
    let mut number = 1_usize;
    while !is_free(&name) {
        number += 1;
        name = finish(format!("{base}_{number}").to_snake_case());
    }
    name
}

/// What progenitor makes of a name in either case.
fn finish(name: String) -> String {
    let starts_well = name.chars().next().is_some_and(unicode_ident::is_xid_start);
    let name = if starts_well {
        name
    } else {
        format!("_{name}")
    };
    // A keyword; in Pascal case there is only one.
    if name == "Self" || value_name(&name) == format!("{name}_") {
        return format!("{name}_");
    }
    name
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn names_read_like_the_text() {
        let mut operations = Operations::default();
        assert_eq!(operations.claim("getThing"), "get_thing");
        assert_eq!(operations.claim("get-thing"), "get_thing_2");
        assert_eq!(operations.claim("move"), "move_");
        assert_eq!(operations.claim("2fa"), "n2fa");
    }

    #[test]
    fn names_that_are_taken_get_a_number() {
        let mut operations = Operations::default();
        assert_eq!(operations.claim("new"), "new_2");
        assert_eq!(operations.claim("error"), "error_2");
        // Their builders would have one name: `A1`.
        assert_eq!(operations.claim("a1"), "a1");
        assert_eq!(operations.claim("a_1"), "a_1_2");
        let mut parameters = Parameters::default();
        assert_eq!(parameters.claim("page[size]"), "page_size");
        assert_eq!(parameters.claim("page_size"), "page_size_2");
        assert_eq!(parameters.claim("body"), "body_2");
        assert_eq!(parameters.claim("url"), "url");
    }

    proptest! {
        #[test]
        fn a_name_stays_what_it_is(texts in proptest::collection::vec(any::<String>(), 1..4)) {
            let mut operations = Operations::default();
            for text in texts {
                let name = operations.claim(&text);
                prop_assert_eq!(finish(name.to_snake_case()), name.clone());
                prop_assert!(syn::parse_str::<syn::Ident>(&name).is_ok(), "{}", name);
                prop_assert!(syn::parse_str::<syn::Ident>(&builder_name(&name)).is_ok(), "{}", name);
            }
        }
    }
}
