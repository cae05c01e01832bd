//! Everything that the document has is on the page.

use openapi_model::{Api, Location};
use scraper::Html;

use crate::page::{self, parsed, selector, text, texts};

/// Compares what stands on a page with a walk of the model.
fn check(document: &str) -> Html {
    let api: Api = openapi_model::parse(document).unwrap();
    let html = parsed(&openapi_reference::page(&api));
    let articles: Vec<_> = html.select(&selector("article.operation")).collect();
    assert_eq!(articles.len(), api.operations.len());
    for operation in &api.operations {
        let title = format!("{} {}", operation.method, operation.path);
        let article = (articles.iter())
            .find(|a| a.select(&selector("h3")).any(|h| text(h).trim() == title))
            .unwrap_or_else(|| panic!("{title} is not on the page"));
        let names: Vec<String> = (article.select(&selector("th > code"))).map(text).collect();
        for parameter in &operation.parameters {
            assert!(
                names.contains(&parameter.name),
                "{title}: {}",
                parameter.name
            );
        }
        let statuses: Vec<String> = article
            .select(&selector(".answer > code, .answer > summary > code"))
            .map(text)
            .collect();
        let declared: Vec<String> = operation
            .responses
            .iter()
            .map(|r| r.status.to_string())
            .collect();
        assert_eq!(statuses, declared, "{title}");
        let bodies = operation.request_body.iter().flat_map(|b| b.content.keys());
        let answers = operation.responses.iter().flat_map(|r| r.content.keys());
        let media_types: Vec<String> = article
            .select(&selector(".content > p > code"))
            .map(text)
            .collect();
        for media_type in bodies.chain(answers) {
            assert!(media_types.contains(media_type), "{title}: {media_type}");
        }
        for name in operation.responses.iter().flat_map(|r| r.headers.keys()) {
            assert!(names.contains(name), "{title}: {name}");
        }
    }
    let schemas = texts(&html, "article.schema > h3 > a");
    for name in api.named_schemas.keys() {
        assert!(schemas.contains(name), "{name}");
    }
    let schemes = texts(&html, "h3[id^=security-]");
    for name in api.security_schemes.keys() {
        assert!(schemes.contains(name), "{name}");
    }
    html
}

#[test]
fn every_part_of_the_document_is_on_the_page() {
    check(crate::LIBRARY);
}

#[test]
fn operations_and_schemas_have_addresses_that_stay() {
    let html = parsed(&page::of(crate::LIBRARY));
    for address in [
        "operation-listBooks",
        "operation-borrowBook",
        "operation-get-health",
        "schema-Book",
        "security-card",
        "tag-books",
    ] {
        let found = html.select(&selector(&format!("#{address}"))).count();
        assert_eq!(found, 1, "{address}");
    }
    for link in html.select(&selector("a[href^='#']")) {
        let address = link.attr("href").unwrap().trim_start_matches('#');
        let found = html.select(&selector(&format!("[id='{address}']"))).count();
        assert_eq!(found, 1, "{address}");
    }
}

#[test]
fn headings_leave_no_level_out() {
    let html = parsed(&page::of(crate::LIBRARY));
    let mut before = 0;
    for heading in html.select(&selector("h1, h2, h3, h4, h5, h6")) {
        let level: u8 = heading.value().name()[1..].parse().unwrap();
        assert!(level <= before + 1, "{}", text(heading));
        before = level;
    }
}

#[test]
fn a_recursive_schema_ends_in_a_link() {
    let html = check(
        "
openapi: 3.0.3
info: { title: Trees, version: '1' }
paths:
  /trees:
    post:
      requestBody: { content: { application/json: { schema: { $ref: '#/components/schemas/Tree' } } } }
      responses: { '200': { description: OK, content: { application/json: { schema: { type: array, items: { $ref: '#/components/schemas/Tree' } } } } } }
components:
  schemas:
    Tree: { type: object, properties: { left: { $ref: '#/components/schemas/Tree' }, right: { $ref: '#/components/schemas/Branch' } } }
    Branch: { allOf: [{ $ref: '#/components/schemas/Tree' }] }
    Alias: { $ref: '#/components/schemas/Tree' }
",
    );
    let links = selector("article.operation .tree a[href='#schema-Tree']");
    assert!(html.select(&links).count() > 0);
}

#[test]
fn what_is_nested_deep_does_not_exhaust_the_stack() {
    let depth = 120;
    let schema = format!(
        "{}{{ type: string }}{}",
        "{ type: object, properties: { a: ".repeat(depth),
        " } }".repeat(depth)
    );
    let page = page::of(&format!(
        "
openapi: 3.0.3
info: {{ title: Deep, version: '1' }}
paths: {{}}
components: {{ schemas: {{ Deep: {schema} }} }}
"
    ));
    assert_eq!(page.matches("<li>").count() - 3, depth);
}

#[test]
fn an_operation_is_shown_once_and_listed_under_each_of_its_tags() {
    let html = parsed(&page::of(crate::LIBRARY));
    let links = selector("nav a[href='#operation-borrowBook']");
    assert_eq!(html.select(&links).count(), 2);
}

#[test]
fn parameters_in_every_place_are_told() {
    let api = openapi_model::parse(crate::LIBRARY).unwrap();
    let places = api.operations.iter().flat_map(|o| &o.parameters);
    let places: Vec<Location> = places.map(|p| p.location).collect();
    for place in [Location::Query, Location::Path, Location::Header] {
        assert!(places.contains(&place));
    }
    let html = parsed(&page::of(crate::LIBRARY));
    let rows = texts(&html, "#operation-listBooks tbody tr");
    assert!(rows[0].contains("1 to 100; default 20"), "{rows:?}");
    assert!(
        rows[1].contains("one of crime, poetry, science"),
        "{rows:?}"
    );
    assert!(rows[1].contains("separated by commas"), "{rows:?}");
    assert!(rows[2].contains("name[member]=value"), "{rows:?}");
}

#[test]
fn a_large_document_gives_a_page_of_a_few_megabytes() {
    let mut document = "
openapi: 3.0.3
info: { title: Large, version: '1' }
paths:
"
    .to_owned();
    for index in 0..700 {
        document.push_str(&format!(
            "
  /things{index}:
    get:
      operationId: getThing{index}
      responses:
        '200': {{ description: OK, content: {{ application/json: {{ schema: {{ $ref: '#/components/schemas/Thing{}' }} }} }} }}
        default: {{ description: Refused, content: {{ application/json: {{ schema: {{ $ref: '#/components/schemas/Thing0' }} }} }} }}
",
            index % 300
        ));
    }
    document.push_str("components:\n  schemas:\n");
    for index in 0..300 {
        document.push_str(&format!("    Thing{index}:\n      properties:\n"));
        for member in 0..20 {
            let next = (index * 7 + member) % 300;
            document.push_str(&format!(
                "        member{member}: {{ $ref: '#/components/schemas/Thing{next}' }}\n"
            ));
        }
    }
    let page = page::of(&document);
    assert!(page.len() < 4_000_000, "{}", page.len());
}
