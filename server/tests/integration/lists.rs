//! What every store keeps of lists: a page is what a plain search through all events would give.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::sync::atomic::Ordering;

use events_server::event::{Event, EventData, Linkage, Relationship, Relationships};
use events_server::store::{EventStore, Filter, Instants, Key, Order, Page, Position, Query};
use events_server::timestamp::Timestamp;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::{Index, select};
use proptest::strategy::ValueTree as _;
use proptest::test_runner::{Config, TestRunner};
use tokio::runtime::Runtime;

use crate::laws::{Database, Law, create, set_clock};

/// All of them.
pub const ALL: &[Law] = &[
    (
        "a page is what a search through all events gives",
        a_page_is_what_a_search_gives,
    ),
    (
        "from page to page, both ways, every event comes once",
        every_event_comes_once,
    ),
    (
        "what is added meanwhile neither repeats nor hides an event",
        what_is_added_meanwhile_changes_nothing,
    ),
    (
        "a page of large events is cut short, and leads to the rest",
        a_page_of_large_events_is_cut_short,
    ),
];

/// Few enough instants, ids and names that many events share them.
fn event() -> impl Strategy<Value = (u64, EventData)> {
    let relationship = || {
        let data = prop_oneof![
            Just(Linkage::Empty),
            (1..3_i64).prop_map(Linkage::Id),
            Just(Linkage::Id(999_999_999_999_999_999)),
        ];
        option::of(option::of(data).prop_map(|data| Relationship { data, links: None }))
    };
    let relationships = (
        relationship(),
        relationship(),
        relationship(),
        relationship(),
        relationship(),
        relationship(),
        relationship(),
    );
    (
        0..4_u64,
        option::of(0..4_i64),
        option::of(name()),
        relationships,
    )
        .prop_map(|(second, event_at, name, relationships)| {
            let (account, call, mailing, opportunity, prospect, task, user) = relationships;
            let data = EventData {
                name,
                event_at: event_at.map(|second| {
                    Timestamp::parse(&format!("1970-01-01T01:00:0{second}.5+01:00")).unwrap()
                }),
                relationships: Relationships {
                    account,
                    call,
                    mailing,
                    opportunity,
                    prospect,
                    task,
                    user,
                },
                ..EventData::default()
            };
            (second, data)
        })
}

fn name() -> impl Strategy<Value = String> {
    select(vec!["", "a", "A", "a\0", "%", "1"]).prop_map(str::to_owned)
}

/// Filters that leave something, most of the time.
fn filter() -> impl Strategy<Value = Filter> {
    let id = || option::weighted(0.1, prop_oneof![1..3_i64, Just(999_999_999_999_999_999)]);
    let ids = (id(), id(), id(), id(), id(), id(), id());
    let instants = |instant: BoxedStrategy<i64>| {
        let end = || option::weighted(0.2, instant.clone());
        (end(), end()).prop_map(|(from, until)| Instants { from, until })
    };
    (
        ids,
        option::weighted(0.2, name()),
        instants(event_at().boxed()),
        instants(created_at().boxed()),
    )
        .prop_map(|(ids, name, event_at, created_at)| {
            let (account, call, mailing, opportunity, prospect, task, user) = ids;
            Filter {
                account,
                call,
                mailing,
                opportunity,
                prospect,
                task,
                user,
                name,
                event_at,
                created_at,
            }
        })
}

/// Instants at, before and behind those of the events.
fn event_at() -> impl Strategy<Value = i64> {
    (0..5_i64, -1..=1_i64).prop_map(|(second, micros)| second * 1_000_000 + 500_000 + micros)
}

fn created_at() -> impl Strategy<Value = i64> {
    let start = Timestamp::at(crate::events::start_of_time()).micros();
    (0..5_i64, -1..=1_i64).prop_map(move |(second, micros)| start + second * 1_000_000 + micros)
}

fn order() -> impl Strategy<Value = Order> {
    (select(vec![Key::CreatedAt, Key::EventAt]), any::<bool>())
        .prop_map(|(by, descending)| Order { by, descending })
}

/// Positions where events can stand, and others.
fn position() -> impl Strategy<Value = Position> {
    let any_number = || select(vec![i64::MIN, i64::MIN + 1, -1, 0, i64::MAX - 1, i64::MAX]);
    let instant = prop_oneof![4 => event_at(), 4 => created_at(), 1 => any_number()];
    let id = prop_oneof![4 => 0..100_i64, 1 => any_number()];
    (instant, id).prop_map(|(instant, id)| Position { instant, id })
}

fn query() -> impl Strategy<Value = Query> {
    let cursor = || option::weighted(0.6, position());
    (
        filter(),
        order(),
        cursor(),
        cursor(),
        1..8_usize,
        any::<bool>(),
    )
        .prop_map(|(filter, order, after, before, size, count)| Query {
            filter,
            order,
            after,
            before,
            size,
            count,
        })
}

/// Whether an event is one of those that a filter leaves.
fn matches(filter: &Filter, event: &Event) -> bool {
    let id = |wanted: Option<i64>, relationship: &Option<Relationship>| {
        let linkage = relationship
            .as_ref()
            .and_then(|relationship| relationship.data);
        wanted.is_none_or(|id| linkage == Some(Linkage::Id(id)))
    };
    let within = |instants: Instants, at: Option<&Timestamp>| {
        let at = at.map(Timestamp::micros);
        instants
            .from
            .is_none_or(|from| at.is_some_and(|at| at >= from))
            && instants
                .until
                .is_none_or(|until| at.is_some_and(|at| at < until))
    };
    let related = &event.data.relationships;
    id(filter.account, &related.account)
        && id(filter.call, &related.call)
        && id(filter.mailing, &related.mailing)
        && id(filter.opportunity, &related.opportunity)
        && id(filter.prospect, &related.prospect)
        && id(filter.task, &related.task)
        && id(filter.user, &related.user)
        && filter
            .name
            .as_ref()
            .is_none_or(|name| event.data.name.as_ref() == Some(name))
        && within(filter.event_at, event.data.event_at.as_ref())
        && within(filter.created_at, Some(&event.created_at))
}

/// Where an event stands in the ascending order: those of which the instant is not known come first.
fn place(event: &Event, by: Key) -> (i64, i64) {
    let at = match by {
        Key::CreatedAt => Some(&event.created_at),
        Key::EventAt => event.data.event_at.as_ref(),
    };
    (at.map_or(i64::MIN, Timestamp::micros), event.id)
}

/// The list, found by looking at every event.
fn search(all: &[Event], filter: &Filter, order: Order) -> Vec<Event> {
    let mut list: Vec<Event> = all
        .iter()
        .filter(|event| matches(filter, event))
        .cloned()
        .collect();
    list.sort_by_key(|event| place(event, order.by));
    if order.descending {
        list.reverse();
    }
    list
}

/// How many events of a list stand before a position, those that stand there counted if `inclusive`.
fn count_before(list: &[Event], order: Order, position: Position, inclusive: bool) -> usize {
    let position = (position.instant, position.id);
    let is_before = |event: &Event| {
        let place = place(event, order.by);
        (inclusive && place == position)
            || if order.descending {
                place > position
            } else {
                place < position
            }
    };
    list.iter().take_while(|event| is_before(event)).count()
}

fn ids(events: &[Event]) -> Vec<i64> {
    events.iter().map(|event| event.id).collect()
}

/// A store with some events in it, which are created as the clock goes back and forth.
struct Filled {
    runtime: Runtime,
    store: Arc<dyn EventStore>,
    all: Vec<Event>,
}

impl Filled {
    fn new(database: &dyn Database, count: usize) -> Filled {
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(2)
            .enable_all()
            .build()
            .unwrap();
        let (clock, seconds) = set_clock();
        let store = runtime.block_on(database.open(clock));
        let (mut runner, strategy) = (TestRunner::default(), event());
        let all = (0..count)
            .map(|_| {
                let (second, data) = strategy.new_tree(&mut runner).unwrap().current();
                seconds.store(second, Ordering::SeqCst);
                runtime.block_on(create(&*store, data))
            })
            .collect();
        Filled {
            runtime,
            store,
            all,
        }
    }

    fn page(&self, query: Query) -> Page {
        self.runtime.block_on(self.store.list(query)).unwrap()
    }
}

impl Drop for Filled {
    fn drop(&mut self) {
        self.runtime.block_on(self.store.close());
    }
}

fn check<S: Strategy>(cases: u32, strategy: S, test: impl Fn(S::Value) -> Result<(), TestCaseError>)
where
    S::Value: Clone,
{
    let config = Config {
        cases,
        failure_persistence: None,
        ..Config::default()
    };
    TestRunner::new(config).run(&strategy, test).unwrap();
}

fn a_page_is_what_a_search_gives(database: &dyn Database) {
    let mut all = Vec::new();
    for (count, cases) in [(0, 50), (1, 100), (90, 2000)] {
        let filled = Filled::new(database, count);
        all.extend(filled.all.iter().cloned());
        // Cursors of events that are in the list, as links have them, and any others.
        let of_event = || option::weighted(0.4, any::<Index>());
        check(
            cases,
            (query(), of_event(), of_event()),
            |(mut query, after, before)| {
                let list = search(&all, &query.filter, query.order);
                let stands_at = |index: Index| match list.as_slice() {
                    [] => None,
                    list => Some(Position::of(index.get(list), query.order.by)),
                };
                let (after, before) = (after.and_then(stands_at), before.and_then(stands_at));
                query.after = after.or(query.after);
                query.before = before.or(query.before);
                let start = query
                    .after
                    .map_or(0, |after| count_before(&list, query.order, after, true));
                let end = query
                    .before
                    .map_or(list.len(), |before| {
                        count_before(&list, query.order, before, false)
                    })
                    .max(start);
                let backwards = query.after.is_none() && query.before.is_some();
                let (from, to) = if backwards {
                    (end.saturating_sub(query.size), end)
                } else {
                    (start, end.min(start + query.size))
                };
                let Page {
                    events,
                    previous,
                    next,
                    total,
                } = filled.page(query.clone());
                prop_assert_eq!(ids(&events), ids(&list[from..to]));
                prop_assert!(events == list[from..to]);
                prop_assert_eq!(total, query.count.then_some(list.len() as i64));

                // Behind a page is what follows it, up to the second end of a range; before it, all that precedes it.
                let behind = if backwards { list.len() } else { end };
                prop_assert_eq!(next.is_some(), to < behind);
                prop_assert_eq!(previous.is_some(), from > 0);
                if let Some(next) = next {
                    let following = filled.page(Query {
                        after: Some(next),
                        before: query.before.filter(|_| !backwards),
                        ..query.clone()
                    });
                    prop_assert_eq!(
                        ids(&following.events),
                        ids(&list[to..behind.min(to + query.size)])
                    );
                }
                if let Some(previous) = previous {
                    let preceding = filled.page(Query {
                        after: None,
                        before: Some(previous),
                        ..query.clone()
                    });
                    prop_assert_eq!(
                        ids(&preceding.events),
                        ids(&list[from.saturating_sub(query.size)..from])
                    );
                }
                Ok(())
            },
        );
    }
}

fn every_event_comes_once(database: &dyn Database) {
    let filled = Filled::new(database, 60);
    check(
        150,
        (filter(), order(), 1..20_usize),
        |(filter, order, size)| {
            let query = Query {
                filter,
                order,
                after: None,
                before: None,
                size,
                count: true,
            };
            let list = ids(&search(&filled.all, &query.filter, order));
            let mut page = filled.page(query.clone());
            prop_assert_eq!(page.total, Some(list.len() as i64));
            prop_assert_eq!(page.previous, None);
            let mut pages = vec![ids(&page.events)];
            while let Some(next) = page.next {
                page = filled.page(Query {
                    after: Some(next),
                    ..query.clone()
                });
                pages.push(ids(&page.events));
            }
            prop_assert_eq!(pages.concat(), list.clone());

            // And back, which ends where it began.
            let mut back = vec![ids(&page.events)];
            while let Some(previous) = page.previous {
                page = filled.page(Query {
                    before: Some(previous),
                    ..query.clone()
                });
                back.push(ids(&page.events));
            }
            back.reverse();
            prop_assert_eq!(back, pages);

            // The other way around, it is the same list from its end.
            let mut reversed = filled
                .page(Query {
                    order: order.reversed(),
                    size: usize::MAX,
                    ..query
                })
                .events;
            reversed.reverse();
            prop_assert_eq!(ids(&reversed), list);
            Ok(())
        },
    );
}

fn what_is_added_meanwhile_changes_nothing(database: &dyn Database) {
    for turn in 0..8 {
        let filled = Filled::new(database, 12);
        let (clock, seconds) = set_clock();
        let other = filled.runtime.block_on(database.open(clock));
        let (mut runner, events) = (TestRunner::default(), event());
        let order = order().new_tree(&mut runner).unwrap().current();
        let query = Query {
            filter: Filter::default(),
            order,
            after: None,
            before: None,
            size: 3,
            count: false,
        };
        let everything = Query {
            size: usize::MAX,
            ..query.clone()
        };
        let before = ids(&filled.page(everything).events);
        assert!(before.len() >= filled.all.len());
        let backwards = turn % 2 == 1;
        let mut seen = Vec::new();
        let mut cursor = backwards.then_some(order.end());
        loop {
            let page = filled.page(if backwards {
                Query {
                    before: cursor,
                    ..query.clone()
                }
            } else {
                Query {
                    after: cursor,
                    ..query.clone()
                }
            });
            let mut page_ids = ids(&page.events);
            if backwards {
                page_ids.reverse();
            }
            seen.extend(page_ids);
            cursor = if backwards { page.previous } else { page.next };
            if cursor.is_none() {
                break;
            }
            let (second, data) = events.new_tree(&mut runner).unwrap().current();
            seconds.store(second, Ordering::SeqCst);
            filled.runtime.block_on(create(&*other, data));
        }
        if backwards {
            seen.reverse();
        }
        let old: Vec<i64> = seen
            .iter()
            .copied()
            .filter(|id| before.contains(id))
            .collect();
        assert_eq!(old, before);
        let distinct: BTreeSet<i64> = seen.iter().copied().collect();
        assert_eq!(distinct.len(), seen.len());
        filled.runtime.block_on(other.close());
    }
}

/// More of a page than this, in bytes of its events' texts, is on another one.
const MOST_BYTES: usize = 4 << 20;

fn a_page_of_large_events_is_cut_short(database: &dyn Database) {
    let filled = Filled::new(database, 0);
    let sizes = [10; 70]
        .into_iter()
        .chain([1 << 20; 9])
        .chain([5 << 20, 10, 3 << 20, 3 << 20, 5 << 20])
        .chain([10; 70]);
    let all: Vec<Event> = sizes
        .map(|bytes| {
            let data = EventData {
                body: Some("x".repeat(bytes)),
                ..EventData::default()
            };
            filled.runtime.block_on(create(&*filled.store, data))
        })
        .collect();
    let query = |after, before| Query {
        filter: Filter::default(),
        order: Order {
            by: Key::CreatedAt,
            descending: false,
        },
        after,
        before,
        size: 1000,
        count: false,
    };
    let check = |page: &Page| {
        let bytes: usize = page.events.iter().map(|event| event.data.bytes()).sum();
        assert!(
            bytes <= MOST_BYTES || page.events.len() == 1,
            "{bytes} bytes in {} events",
            page.events.len()
        );
    };
    let (mut forwards, mut pages, mut after) = (Vec::new(), 0, None);
    loop {
        let page = filled.page(query(after, None));
        check(&page);
        forwards.extend(ids(&page.events));
        pages += 1;
        after = page.next;
        if after.is_none() {
            break;
        }
    }
    assert_eq!(forwards, ids(&all));
    // 70 small ones with three large ones, four, two, a larger one alone, one with a small one before it, one, a larger
    // one alone, and 70 small ones.
    assert_eq!(pages, 8);
    let (mut backwards, mut before) = (Vec::new(), Some(Position::LAST));
    while before.is_some() {
        let page = filled.page(query(None, before));
        check(&page);
        backwards.splice(0..0, ids(&page.events));
        before = page.previous;
    }
    assert_eq!(backwards, ids(&all));
}
