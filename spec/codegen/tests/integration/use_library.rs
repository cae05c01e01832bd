//! Values of the library's schemas.

use schema_check::{Direction, check, is_valid, parse_json};
use serde_json::json;

use crate::library::{tables, types};
use crate::round_trip::{comes_back, comes_back_as, is_refused};

fn book(member: &str, value: serde_json::Value) -> serde_json::Value {
    let mut book = json!({"title": "T", "isbn": "3-16-148410-0", "shelf": "A1", "state": "lent"});
    book[member] = value;
    book
}

#[test]
fn members_come_back_as_they_were() {
    for (member, value) in [
        ("id", json!("123e4567-e89b-12d3-a456-426614174000")),
        ("shelf", json!(null)),
        ("subtitle", json!("")),
        ("translator", json!(null)),
        ("translator", json!("X")),
        ("state", json!("")),
        ("kind", json!("book")),
        ("pages", json!(9_007_199_254_740_993_i64)),
        ("copies", json!(null)),
        ("copies", json!(-3)),
        ("price", json!(19.99)),
        ("price", json!(19)),
        ("lentAt", json!("2024-02-29T12:00:00.500+05:30")),
        (
            "authors",
            json!([{"name": "A"}, {"name": "B", "born": "1907-11-14"}]),
        ),
        ("ratings", json!([])),
        ("wordCounts", json!({"the": 300, "": 0})),
        ("notes", json!({"a": [1, {"b": null}, -0.5, "é"]})),
        ("anything", json!(null)),
        ("anything", json!([{}])),
        ("pin", json!("1234")),
    ] {
        comes_back::<types::Book>(&tables::BOOK, book(member, value));
    }
}

#[test]
fn absent_is_not_null() {
    let absent: types::Book = comes_back(&tables::BOOK, book("title", json!("T")));
    let null: types::Book = comes_back(&tables::BOOK, book("translator", json!(null)));
    assert_eq!(absent.translator, None);
    assert_eq!(null.translator, Some(None));
    assert_eq!(absent.shelf, Some("A1".to_owned()));
    is_refused(
        &tables::BOOK,
        book("subtitle", json!(null)),
        "/subtitle type",
    );
}

#[test]
fn integers_are_read_however_they_are_written() {
    let text = br#"{"title": "T", "isbn": "3-16-148410-0", "shelf": null, "state": "lost",
        "pages": 1e2, "copies": 2.0, "ratings": [1.0, 5], "wordCounts": {"a": 3e0}}"#;
    let book: types::Book = comes_back(&tables::BOOK, parse_json(text).unwrap());
    assert_eq!((book.pages, book.copies), (Some(100), Some(Some(2))));
    assert_eq!(book.ratings, Some(vec![1, 5]));
    assert_eq!(book.word_counts.unwrap()["a"], 3);

    let settings: types::Settings =
        comes_back(&tables::SETTINGS, json!({"days": 7.0, "x": 1.0, "y": 2}));
    assert_eq!(
        (settings.days, settings.extra["x"], settings.extra["y"]),
        (Some(7), 1, 2)
    );
}

#[test]
fn an_integer_that_its_type_cannot_hold_is_refused_at_its_place() {
    is_refused(&tables::BOOK, book("pages", json!(1e300)), "/pages format");
    is_refused(
        &tables::BOOK,
        book("copies", json!(2_147_483_648_i64)),
        "/copies format",
    );
}

#[test]
fn members_that_no_property_declares_are_ignored_where_the_schema_is_open() {
    let open = book("colour", json!("red"));
    comes_back_as::<types::Book>(&tables::BOOK, open, book("title", json!("T")));
    is_refused(
        &tables::AUTHOR,
        json!({"name": "A", "colour": 1}),
        "/colour additionalProperties",
    );
}

#[test]
fn every_limit_is_checked() {
    for (member, value, expected) in [
        ("title", json!(""), "/title minLength"),
        ("title", json!("é".repeat(256)), "/title maxLength"),
        ("isbn", json!("x"), "/isbn pattern"),
        ("state", json!("Lent"), "/state enum"),
        ("pages", json!(0), "/pages minimum"),
        ("price", json!(19.999), "/price multipleOf"),
        ("lentAt", json!("2024-02-29 12:00:00Z"), "/lentAt format"),
        (
            "id",
            json!("{123e4567-e89b-12d3-a456-426614174000}"),
            "/id format",
        ),
        (
            "authors",
            json!([{"born": "1907"}]),
            "/authors/0 required, /authors/0/born format",
        ),
    ] {
        is_refused(&tables::BOOK, book(member, value), expected);
    }
}

#[test]
fn a_choice_of_required_members_is_checked_and_leaves_the_type_alone() {
    let loan: types::Loan = comes_back(
        &tables::LOAN,
        json!({"books": ["3-16-148410-0"], "card": 7}),
    );
    assert_eq!((loan.card, loan.email), (Some(7), None));
    is_refused(&tables::LOAN, json!({"books": ["3-16-148410-0"]}), " anyOf");
    is_refused(
        &tables::LOAN,
        json!({"books": [], "card": 1}),
        "/books minItems",
    );
}

#[test]
fn a_member_of_the_other_direction_may_be_missing() {
    let new = book("title", json!("T"));
    assert!(is_valid(&tables::BOOK, &new, Direction::Request));
    let violations = check(&tables::BOOK, &new, Direction::Response);
    assert_eq!(violations[0].message, "the member `id` is missing");
}

#[test]
fn texts_of_an_enum_are_values() {
    assert_eq!(
        types::State::ALL.map(|state| state.as_str()),
        ["on-shelf", "lent", "lost", ""]
    );
    assert_eq!("lost".parse(), Ok(types::State::Lost));
    assert_eq!(
        "found".parse::<types::State>().unwrap_err().to_string(),
        "expected is one of on-shelf, lent, lost, "
    );
    assert_eq!(types::BookKind::default().to_string(), "book");
}

#[test]
fn maps_are_maps() {
    let labels: types::Labels = comes_back(&tables::LABELS, json!({"a": "b"}));
    assert_eq!(labels["a"], "b");
    is_refused(&tables::LABELS, json!({"a/b": 1}), "/a~1b type");
}
