//! How many values a second one core draws: a schema is compiled once and drawn from many times.
//!
//! Each time is that of one value as [`serde_json::Value`], from `new_tree` to `current`. The boundaries are measured
//! as a whole list.
//!
//! `cargo bench -p proptest-schema`
#![expect(clippy::unwrap_used, reason = "a benchmark may panic")]

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use openapi_model::{Direction, parse};
use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::TestRunner;
use proptest_schema::{valid, violating};

/// The schemas of `shipments.yaml`, by what they are like.
const SCHEMAS: [(&str, &str, Direction); 4] = [
    ("small object", "Label", Direction::Request),
    ("create body", "ShipmentCreateDocument", Direction::Request),
    ("page of 50", "ShipmentListDocument", Direction::Response),
    ("recursive tree", "Category", Direction::Request),
];

fn values(criterion: &mut Criterion) {
    let api = parse(include_str!("shipments.yaml")).unwrap();
    let mut group = criterion.benchmark_group("value");
    group.throughput(Throughput::Elements(1));
    for (name, schema, direction) in SCHEMAS {
        let strategy = valid(&api.schemas, api.named_schemas[schema], direction).unwrap();
        let mut runner = TestRunner::deterministic();
        group.bench_function(name, |bencher| {
            bencher.iter(|| strategy.new_tree(&mut runner).unwrap().current());
        });
    }
    group.finish();
}

fn violations(criterion: &mut Criterion) {
    let api = parse(include_str!("shipments.yaml")).unwrap();
    let mut group = criterion.benchmark_group("violation");
    group.throughput(Throughput::Elements(1));
    for (name, schema, direction) in SCHEMAS {
        let strategy = violating(&api.schemas, api.named_schemas[schema], direction).unwrap();
        let mut runner = TestRunner::deterministic();
        group.bench_function(name, |bencher| {
            bencher.iter(|| strategy.new_tree(&mut runner).unwrap().current());
        });
    }
    group.finish();
}

fn boundaries(criterion: &mut Criterion) {
    let api = parse(include_str!("shipments.yaml")).unwrap();
    let mut group = criterion.benchmark_group("boundaries");
    for (name, schema, direction) in SCHEMAS {
        let strategy = valid(&api.schemas, api.named_schemas[schema], direction).unwrap();
        group.throughput(Throughput::Elements(strategy.boundaries().len() as u64));
        group.bench_function(name, |bencher| bencher.iter(|| strategy.boundaries()));
    }
    group.finish();
}

criterion_group! {
    name = benches;
    config = Criterion::default()
        .sample_size(20)
        .warm_up_time(std::time::Duration::from_millis(500))
        .measurement_time(std::time::Duration::from_secs(2));
    targets = values, violations, boundaries
}
criterion_main!(benches);
