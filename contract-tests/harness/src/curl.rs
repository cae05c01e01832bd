//! A request as a line for a shell.

use crate::request::Request;
use crate::secrets::MARK;
use crate::trust::Trust;
use crate::wire::Wire;

/// The curl command that sends a request. What stands between two marks in it is left to the shell.
pub(crate) fn curl(wire: Wire<'_>, request: &Request) -> String {
    let scheme = if wire.site.is_tls { "https" } else { "http" };
    let origin = format!("{scheme}://{}", wire.site.host);
    let mut parts = vec!["curl -i".to_owned()];
    match wire.trust {
        Trust::Machine => {}
        Trust::File(path) => {
            let path = path.display().to_string();
            parts.push(format!("--cacert {}", quote(path.as_bytes())));
        }
        Trust::Any => parts.push("--insecure".to_owned()),
    }
    match request.method.as_str() {
        "GET" if request.body.is_none() => {}
        "POST" if request.body.is_some() => {}
        "HEAD" => parts.push("--head".to_owned()),
        method => parts.push(format!("-X {method}")),
    }
    parts.push(quote(format!("{origin}{}", request.target).as_bytes()));
    for (name, value) in &request.headers {
        let is_ours = name == "User-Agent" && value.starts_with("contract-harness/");
        if is_ours || (name == "Accept" && value == "*/*") {
            continue;
        }
        let header = if value.is_empty() {
            format!("{name};")
        } else {
            format!("{name}: {value}")
        };
        parts.push(format!("-H {}", quote(header.as_bytes())));
    }
    if let Some(body) = &request.body {
        parts.push(format!("--data-raw {}", quote(body)));
    }
    parts.join(" ")
}

/// Quotes bytes for a shell, shell expansions between their marks left open.
fn quote(bytes: &[u8]) -> String {
    let Ok(text) = std::str::from_utf8(bytes) else {
        return ansi_c(bytes);
    };
    let mut quoted = String::new();
    for (index, piece) in text.split(MARK).enumerate() {
        if index % 2 == 1 {
            quoted.push_str(&format!("\"{piece}\""));
        } else if piece.chars().any(char::is_control) {
            quoted.push_str(&ansi_c(piece.as_bytes()));
        } else if !piece.is_empty() || text.is_empty() {
            quoted.push_str(&format!("'{}'", piece.replace('\'', r"'\''")));
        }
    }
    quoted
}

/// `$'…'`, which can hold every byte but NUL.
fn ansi_c(bytes: &[u8]) -> String {
    let mut quoted = "$'".to_owned();
    for byte in bytes {
        match byte {
            b'\'' | b'\\' => {
                quoted.push('\\');
                quoted.push(char::from(*byte));
            }
            b' '..=b'~' => quoted.push(char::from(*byte)),
            other => quoted.push_str(&format!("\\x{other:02x}")),
        }
    }
    quoted.push('\'');
    quoted
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_quoted_for_a_shell() {
        for (bytes, expected) in [
            (&b"plain"[..], "'plain'"),
            (b"it's", r"'it'\''s'"),
            (b"", "''"),
            (
                b"Authorization: Bearer \0$TOKEN\0x",
                r#"'Authorization: Bearer '"$TOKEN"'x'"#,
            ),
            (b"{}\xff", r"$'{}\xff'"),
            (b"a\nb", r"$'a\x0ab'"),
        ] {
            assert_eq!(quote(bytes), expected);
        }
    }
}
