//! `uniqueItems`.

use std::collections::HashMap;
use std::collections::hash_map::RandomState;
use std::hash::{BuildHasher, Hash, Hasher};

use serde_json::Value;

use crate::Number;
use crate::literal::equal;

/// Up to this many items, every two are compared. Above, by hash, as the time would grow with the square.
const FEW: usize = 16;

/// The indexes of the first two items that are equal.
pub(super) fn first_repeat(items: &[Value]) -> Option<(usize, usize)> {
    if items.len() <= FEW {
        return (1..items.len()).find_map(|second| {
            (0..second)
                .find(|first| equal(&items[*first], &items[second]))
                .map(|first| (first, second))
        });
    }
    // The hasher's key is random, so that nobody can choose items that all have one hash.
    let state = RandomState::new();
    let mut seen: HashMap<u64, Vec<usize>> = HashMap::with_capacity(items.len());
    for (second, item) in items.iter().enumerate() {
        let mut hasher = state.build_hasher();
        hash(item, &mut hasher);
        let same_hash = seen.entry(hasher.finish()).or_default();
        if let Some(first) = same_hash.iter().find(|first| equal(&items[**first], item)) {
            return Some((*first, second));
        }
        same_hash.push(second);
    }
    None
}

/// Equal values have equal hashes: numbers by value, members in no order.
fn hash(value: &Value, hasher: &mut impl Hasher) {
    match value {
        Value::Null => 0_u8.hash(hasher),
        Value::Bool(value) => (1_u8, value).hash(hasher),
        // Numbers that are equal are equal as `f64` too.
        Value::Number(number) => {
            let float = Number::of(number).to_f64();
            (2_u8, if float == 0.0 { 0 } else { float.to_bits() }).hash(hasher);
        }
        Value::String(text) => (3_u8, text).hash(hasher),
        Value::Array(items) => {
            (4_u8, items.len()).hash(hasher);
            items.iter().for_each(|item| hash(item, hasher));
        }
        Value::Object(members) => {
            let mut names: Vec<&String> = members.keys().collect();
            names.sort_unstable();
            (5_u8, names.len()).hash(hasher);
            for name in names {
                name.hash(hasher);
                hash(&members[name], hasher);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn equal_items_are_found_among_few_and_many() {
        let same = [
            json!({"a": [1, null], "b": 0}),
            json!({"b": -0.0, "a": [1.0, null]}),
        ];
        for others in [0, 3, FEW, 1000] {
            let mut items: Vec<Value> = (0..others).map(|n| json!({"other": n})).collect();
            assert_eq!(first_repeat(&items), None, "{others}");
            items.insert(0, same[0].clone());
            assert_eq!(first_repeat(&items), None, "{others}");
            items.push(same[1].clone());
            assert_eq!(first_repeat(&items), Some((0, others + 1)), "{others}");
        }
    }

    #[test]
    fn large_integers_are_told_apart() {
        let items: Vec<Value> = (0..1000_u64)
            .map(|n| json!(9_007_199_254_740_993 + n))
            .collect();
        assert_eq!(first_repeat(&items), None);
    }

    #[test]
    fn values_of_different_types_differ() {
        let items = [
            json!(0),
            json!(false),
            json!(""),
            json!(null),
            json!([]),
            json!({}),
            json!("0"),
            json!([[]]),
        ];
        assert_eq!(first_repeat(&items), None);
    }
}
