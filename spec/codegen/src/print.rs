//! Tokens as text that people read.

use proc_macro2::TokenStream;

/// Formats the items of one file, below a header that becomes its first comment.
///
/// # Errors
/// Where the tokens are no items of Rust: a bug in whatever made them.
pub fn print(header: &str, items: TokenStream) -> Result<String, syn::Error> {
    let file = syn::parse2::<syn::File>(items)?;
    let mut text = String::new();
    for line in header.lines() {
        text.push_str(format!("// {line}").trim_end());
        text.push('\n');
    }
    text.push('\n');
    text.push_str(&part_items(&prettyplease::unparse(&file)));
    Ok(text)
}

/// Puts a blank line between items, which prettyplease sets without any.
fn part_items(text: &str) -> String {
    let mut parted = String::new();
    let mut previous = "";
    for line in text.lines() {
        if ends_an_item(previous) && starts_an_item(line) && indent(previous) == indent(line) {
            parted.push('\n');
        }
        parted.push_str(line);
        parted.push('\n');
        previous = line;
    }
    parted
}

fn indent(line: &str) -> usize {
    line.len() - line.trim_start().len()
}

fn ends_an_item(line: &str) -> bool {
    let line = line.trim();
    !line.starts_with("//") && (line == "}" || line.ends_with(';'))
}

fn starts_an_item(line: &str) -> bool {
    const STARTS: [&str; 9] = [
        "///", "#[", "pub ", "impl ", "impl<", "static ", "mod ", "fn ", "trait ",
    ];
    STARTS
        .iter()
        .any(|start| line.trim_start().starts_with(start))
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may panic")]
mod tests {
    use quote::quote;

    use super::*;

    #[test]
    fn items_are_parted_by_blank_lines() {
        let items = quote! {
            use a::b;
            use a::c;
            /// One.
            pub struct One { pub a: u8, #[allow(unused)] pub b: u8 }
            impl One { fn a() { let x = 1; f(x); } fn b() {} }
            pub static TWO: Two = Two { a: 1 };
            pub static THREE: Two = Two { a: 1 };
        };
        let expected = "\
// Made from a document.
//
// By hand.

use a::b;
use a::c;

/// One.
pub struct One {
    pub a: u8,
    #[allow(unused)]
    pub b: u8,
}

impl One {
    fn a() {
        let x = 1;
        f(x);
    }

    fn b() {}
}

pub static TWO: Two = Two { a: 1 };

pub static THREE: Two = Two { a: 1 };
";
        assert_eq!(
            print("Made from a document.\n\nBy hand.", items).unwrap(),
            expected
        );
    }

    #[test]
    fn what_is_no_rust_is_an_error() {
        assert!(print("", quote!(pub struct)).is_err());
    }
}
