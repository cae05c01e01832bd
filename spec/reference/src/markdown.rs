//! CommonMark to HTML that nothing in the text can break out of.
//!
//! HTML in the text is shown as text. A link is kept where its scheme is one that a reader expects to follow; a picture
//! becomes a link to it, since the page fetches nothing.

use std::fmt;

use pulldown_cmark::{CowStr, Event, HeadingLevel, Options, Parser, Tag, TagEnd, html};

/// HTML that needs no escaping: its text was escaped when it was made.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Html(String);

impl Html {
    /// What is ours, and no text of a document.
    pub(crate) fn trusted(html: &str) -> Html {
        Html(html.to_owned())
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl fmt::Display for Html {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl askama::filters::HtmlSafe for Html {}

/// Renders a text. Its headings stand below a heading of level `below`, and leave no level out.
pub(crate) fn render(text: Option<&str>, below: u8) -> Html {
    let Some(text) = text else {
        return Html::default();
    };
    let mut heading = below;
    let mut links = Links(Vec::new());
    let events = parser(text).map(|event| match event {
        Event::Start(Tag::Heading { level, .. }) => {
            heading = (below + level as u8).min(heading + 1).min(6);
            Event::Start(Tag::Heading {
                level: level_of(heading),
                id: None,
                classes: Vec::new(),
                attrs: Vec::new(),
            })
        }
        Event::End(TagEnd::Heading(_)) => Event::End(TagEnd::Heading(level_of(heading))),
        Event::Start(Tag::HtmlBlock) => Event::Start(Tag::Paragraph),
        Event::End(TagEnd::HtmlBlock) => Event::End(TagEnd::Paragraph),
        Event::Html(html) | Event::InlineHtml(html) => Event::Text(html),
        Event::Start(Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. }) => {
            links.open(dest_url)
        }
        Event::End(TagEnd::Link | TagEnd::Image) => links.close(),
        other => other,
    });
    let mut out = String::with_capacity(text.len() * 3 / 2);
    html::push_html(&mut out, events);
    // A table wider than a phone moves by itself, not the page.
    if out.contains("<table>") {
        out = out
            .replace("<table>", "<div class=\"scroll\"><table>")
            .replace("</table>", "</table></div>");
    }
    Html(out)
}

/// The first paragraph of a text as words in a line, and whether that was all of it.
pub(crate) fn line(text: &str) -> (Html, bool) {
    let mut out = String::new();
    let mut is_whole = true;
    let mut is_over = false;
    let mut events = parser(text);
    if !matches!(events.next(), Some(Event::Start(Tag::Paragraph)) | None) {
        is_whole = false;
    }
    for event in events {
        if is_over {
            return (Html(out), false);
        }
        match event {
            Event::Text(text) | Event::Html(text) | Event::InlineHtml(text) => {
                html::push_html(&mut out, std::iter::once(Event::Text(text)));
            }
            Event::Code(code) => html::push_html(&mut out, std::iter::once(Event::Code(code))),
            Event::SoftBreak | Event::HardBreak => out.push(' '),
            Event::Start(Tag::Link { .. } | Tag::Image { .. }) => is_whole = false,
            Event::End(TagEnd::Paragraph | TagEnd::Heading(_) | TagEnd::Item) => is_over = true,
            _ => {}
        }
    }
    (Html(out), is_whole)
}

fn parser(text: &str) -> Parser<'_> {
    Parser::new_ext(text, Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH)
}

/// The links that are open, and whether each was written: a link that stands in another would end that one.
struct Links(Vec<bool>);

impl Links {
    fn open<'t>(&mut self, dest_url: CowStr<'t>) -> Event<'t> {
        let is_written = !self.0.contains(&true) && is_harmless(&dest_url);
        self.0.push(is_written);
        if !is_written {
            return nothing();
        }
        Event::Start(Tag::Link {
            link_type: pulldown_cmark::LinkType::Inline,
            dest_url,
            title: CowStr::Borrowed(""),
            id: CowStr::Borrowed(""),
        })
    }

    fn close<'t>(&mut self) -> Event<'t> {
        if self.0.pop() == Some(true) {
            Event::End(TagEnd::Link)
        } else {
            nothing()
        }
    }
}

fn nothing<'t>() -> Event<'t> {
    Event::Text(CowStr::Borrowed(""))
}

/// Whether a browser may be led there: by a scheme that opens a page or a letter, or within the page's own site.
pub(crate) fn is_harmless(url: &str) -> bool {
    // Browsers pass over line breaks and tabs in a URL, also amid the name of a scheme.
    let url: String = url
        .chars()
        .filter(|c| !c.is_whitespace() && !c.is_control())
        .collect();
    let end = url.find([':', '/', '?', '#']);
    match end.and_then(|end| url.split_at_checked(end)) {
        Some((scheme, rest)) if rest.starts_with(':') => {
            ["http", "https", "mailto"].contains(&scheme.to_ascii_lowercase().as_str())
        }
        _ => true,
    }
}

fn level_of(level: u8) -> HeadingLevel {
    HeadingLevel::try_from(usize::from(level)).unwrap_or(HeadingLevel::H6)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &str) {
        assert_eq!(render(Some(text), 1).to_string().trim(), expected, "{text}");
    }

    #[test]
    fn markdown_is_rendered() {
        check(
            "A **bold** `code`.",
            "<p>A <strong>bold</strong> <code>code</code>.</p>",
        );
        check(
            "[the site](https://example.com/?a&b)",
            "<p><a href=\"https://example.com/?a&amp;b\">the site</a></p>",
        );
        check("[below](#x)", "<p><a href=\"#x\">below</a></p>");
    }

    #[test]
    fn html_is_text() {
        check(
            "a <b onclick=x>b</b>",
            "<p>a &lt;b onclick=x&gt;b&lt;/b&gt;</p>",
        );
        check(
            "<script>alert(1)</script>",
            "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>",
        );
    }

    #[test]
    fn links_that_run_something_are_dropped() {
        check("[a](javascript:alert(1))", "<p>a</p>");
        check("[a](JaVaScript:alert(1))", "<p>a</p>");
        check("[a](<java\u{1}script:alert(1)>)", "<p>a</p>");
        check("[a](java&#x0A;script:alert(1))", "<p>a</p>");
        check("[a](data:text/html,x)", "<p>a</p>");
        check("<javascript:alert(1)>", "<p>javascript:alert(1)</p>");
    }

    #[test]
    fn pictures_are_links() {
        check(
            "![a plan](http://a.test/x.png)",
            "<p><a href=\"http://a.test/x.png\">a plan</a></p>",
        );
        check(
            "[![x](http://b.test)](http://a.test)",
            "<p><a href=\"http://a.test\">x</a></p>",
        );
    }

    #[test]
    fn headings_leave_no_level_out() {
        check("### a", "<h2>a</h2>");
        check("# a\n### b\n# c", "<h2>a</h2>\n<h3>b</h3>\n<h2>c</h2>");
    }

    #[test]
    fn a_line_is_the_first_paragraph() {
        let check = |text: &str, expected: &str, is_whole: bool| {
            let (html, whole) = line(text);
            assert_eq!((html.to_string().as_str(), whole), (expected, is_whole));
        };
        check("A `b`\n<i>c", "A <code>b</code> &lt;i&gt;c", true);
        check("One.\n\nTwo.", "One.", false);
        check("", "", true);
        check("See [it](http://a.test).", "See it.", false);
    }
}
