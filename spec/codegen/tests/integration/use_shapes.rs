//! Values of the schemas that are hard to put into types.

use serde_json::json;

use crate::round_trip::{comes_back, is_refused};
use crate::shapes::{tables, types};

#[test]
fn recursive_values_come_back() {
    let folder: types::Folder = comes_back(
        &tables::FOLDER,
        json!({"name": "a", "parent": {"name": "b", "children": [{"name": "c"}]}, "owner": {"home": {"name": "d"}}}),
    );
    assert_eq!(folder.parent.unwrap().children.unwrap()[0].name, "c");
    comes_back::<types::Nested>(&tables::NESTED, json!([[], [[]]]));
    comes_back::<types::Itself>(&tables::ITSELF, json!({"a": [1, null]}));
}

#[test]
fn a_union_has_the_form_whose_schema_the_value_keeps() {
    let pet: types::Pet = comes_back(
        &tables::PET,
        json!({"kind": "dog", "name": "Rex", "age": 3.0}),
    );
    let types::Pet::Dog(dog) = pet else {
        panic!("{pet:?}")
    };
    assert_eq!((dog.kind, dog.age), (types::DogKind::Dog, Some(3)));
    comes_back::<types::Pet>(&tables::PET, json!({"kind": "cat", "lives": 9}));
    is_refused(&tables::PET, json!({"kind": "cat", "lives": 10}), " oneOf");
    is_refused(&tables::PET, json!({"kind": "cow"}), " oneOf");

    assert_eq!(
        comes_back::<types::Id>(&tables::ID, json!(7.0)),
        types::Id::Integer(7)
    );
    assert!(matches!(
        comes_back(&tables::ID, json!("123e4567-e89b-12d3-a456-426614174000")),
        types::Id::Uuid(_)
    ));
    assert_eq!(
        comes_back::<types::Id>(&tables::ID, json!("new")),
        types::Id::New(types::IdNew::New)
    );
    is_refused(&tables::ID, json!("old"), " oneOf");

    comes_back::<types::Lists>(&tables::LISTS, json!([1.0, 2]));
    comes_back::<types::Lists>(&tables::LISTS, json!({"a": [0.5, 1]}));
}

#[test]
fn a_union_has_the_properties_beside_it_too() {
    let event: types::Event = comes_back(&tables::EVENT, json!({"at": 1, "reason": "x"}));
    let types::Event::Removed(removed) = event else {
        panic!("{event:?}")
    };
    assert_eq!((removed.at, removed.reason.as_str()), (1, "x"));
    is_refused(&tables::EVENT, json!({"at": 1}), " oneOf");
}

#[test]
fn a_union_may_be_null() {
    assert_eq!(
        comes_back::<types::MaybePet>(&tables::MAYBE_PET, json!(null)),
        None
    );
    assert!(comes_back::<types::MaybePet>(&tables::MAYBE_PET, json!({"kind": "dog"})).is_some());
}

#[test]
fn branches_of_single_texts_are_one_enum() {
    assert_eq!(
        comes_back::<types::Choice>(&tables::CHOICE, json!("last")),
        types::Choice::Last
    );
}

#[test]
fn a_base_that_lists_what_is_made_from_it_is_a_union_of_that() {
    let car = json!({"wheels": 4, "seats": 5});
    let vehicle: types::Vehicle = comes_back(&tables::VEHICLE, car.clone());
    let same: types::Car = comes_back(&tables::CAR, car);
    assert_eq!(vehicle, types::Vehicle::Car(same));
    is_refused(&tables::CAR, json!({"seats": 5}), " required");
}

#[test]
fn alternatives_in_a_circle_come_to_an_end() {
    comes_back::<types::Left>(&tables::LEFT, json!("a"));
    comes_back::<types::Right>(&tables::RIGHT, json!(true));
}

#[test]
fn schemas_that_are_put_together_have_all_members() {
    let kitten: types::Kitten = comes_back(
        &tables::KITTEN,
        json!({"kind": "cat", "lives": 1, "age": 2}),
    );
    assert_eq!((kitten.lives, kitten.age), (1, Some(2)));
    let strict: types::Strict = comes_back(&tables::STRICT, json!({"kind": "x", "age": 2}));
    assert_eq!(strict.age, 2);
}

#[test]
fn names_that_rust_does_not_have_come_back() {
    let value = json!({
        "type": "self", "self": "a", "Self": "b", "page[size]": 1, "page_size": 2, "2fa": true, "": "c", "größe": 0.5,
        "extra": "d", "x": true, "y": false,
    });
    comes_back::<types::String3>(&tables::STRING_2, json!("a"));
    comes_back::<types::Option2>(&tables::OPTION, json!({"a": null}));
    let names: types::String2 = comes_back(&tables::STRING, value);
    assert_eq!(names.type_.as_str(), "self");
    assert_eq!((names.page_size, names.page_size2), (Some(1), Some(2)));
    assert_eq!(names.extra2.len(), 2);
    for word in types::String2Type::ALL {
        comes_back::<types::String2>(&tables::STRING, json!({"type": word.as_str()}));
    }
}

#[test]
fn what_has_no_type_of_its_own_comes_back() {
    comes_back::<types::Untyped>(
        &tables::UNTYPED,
        json!({"several": null, "required_but_undeclared": null, "undeclared": [1], "or": null}),
    );
    is_refused(&tables::UNTYPED, json!("text"), " type");
    comes_back::<types::Broken>(&tables::BROKEN, json!({"pattern": "(", "circle": {"a": 1}}));
}
