//! Laws over several exchanges: each fault of two small services is caught by one law, and without a fault they pass.

use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

use contract_harness::{Contract, LAWS, Report, Settings, Target, laws, run};

use crate::articles::{self, Articles};
use crate::books::{self, Books};
use crate::host::{Busy, Service, start};
use crate::tracks::{self, Kind, Place, Tracks};

fn contract(document: &str) -> Arc<Contract> {
    Arc::new(Contract::new(openapi_model::parse(document).unwrap()).unwrap())
}

async fn report(
    contract: &Arc<Contract>,
    service: impl Service,
    seed: u64,
    cases: usize,
) -> Report {
    let server = start(contract.clone(), service).await;
    let target = Target {
        base_url: server.base_url.clone(),
        ..Target::default()
    };
    let settings = Settings {
        seed,
        cases,
        run_id: "test".to_owned(),
        // What laws look at, and laws.
        phases: vec!["random".to_owned(), "laws".to_owned()],
        timeout: Duration::from_secs(5),
        ..Settings::default()
    };
    run(contract, &target, &settings, &|_| {}).await.unwrap()
}

/// What catches a fault, and what else may see it with the same right.
type Row<F> = (F, &'static str, &'static [&'static str]);

const BOOKS: [Row<books::Fault>; 22] = [
    (
        books::Fault::ForgetsWhatIsLong,
        "ensure_resource_availability",
        &[],
    ),
    (books::Fault::LosesBlurb, "created_reads_back", &[]),
    (books::Fault::PatchLoses, "updated_reads_back", &[]),
    (books::Fault::PatchIgnored, "updated_reads_back", &[]),
    (books::Fault::PutMerges, "updated_reads_back", &[]),
    (books::Fault::Undead, "use_after_free", &[]),
    (books::Fault::ReadingChanges, "reading_changes_nothing", &[]),
    (books::Fault::SkipsOne, "pages_give_every_item_once", &[]),
    (books::Fault::RepeatsOne, "pages_give_every_item_once", &[]),
    (books::Fault::LargePages, "pages_give_every_item_once", &[]),
    (books::Fault::NeverEnds, "pages_give_every_item_once", &[]),
    (books::Fault::GenreIgnored, "filter_gives_its_items", &[]),
    (
        books::Fault::PrintedAreHidden,
        "filter_gives_its_items",
        &[],
    ),
    (books::Fault::TopIsLeftOut, "filter_gives_its_items", &[]),
    (books::Fault::Either, "filters_combine", &[]),
    (books::Fault::OneEndOnly, "ranges_partition", &[]),
    (books::Fault::AlwaysUp, "order_is_kept", &[]),
    (books::Fault::OrderByAge, "order_is_kept", &[]),
    (books::Fault::SecondCopy, "created_once", &[]),
    (books::Fault::SameKeyOtherBook, "created_once", &[]),
    (
        books::Fault::LocationHasATypo,
        "location_leads_to_created",
        &[],
    ),
    (books::Fault::LongAreUnlisted, "created_is_listed", &[]),
];

const ARTICLES: [Row<articles::Fault>; 12] = [
    (
        articles::Fault::AnyToken,
        "unissued_tokens_are_refused",
        &[],
    ),
    (
        articles::Fault::NextSkips,
        "pages_give_every_item_once",
        &[],
    ),
    (
        articles::Fault::NextTurnsRound,
        "pages_give_every_item_once",
        &[],
    ),
    (
        articles::Fault::PrevIsNext,
        "links_lead_where_they_say",
        &[],
    ),
    (
        articles::Fault::SelfIsFirst,
        "links_lead_where_they_say",
        &[],
    ),
    (
        articles::Fault::SelfIsAnother,
        "links_lead_where_they_say",
        &[],
    ),
    (
        articles::Fault::AuthorIgnored,
        "filter_gives_its_items",
        &[],
    ),
    (
        articles::Fault::LocationIsWrong,
        "location_leads_to_created",
        &[],
    ),
    (articles::Fault::PatchIsForgotten, "updated_reads_back", &[]),
    (
        articles::Fault::LastIsFirst,
        "links_lead_where_they_say",
        &[],
    ),
    (
        articles::Fault::RelatedIsAnother,
        "links_lead_where_they_say",
        &[],
    ),
    (
        articles::Fault::RelatedIsGone,
        "links_lead_where_they_say",
        &[],
    ),
];

fn check(
    wrong: &mut Vec<String>,
    fault: impl std::fmt::Debug,
    law: &str,
    also: &[&str],
    report: &Report,
) {
    let is_caught = report.failures.iter().any(|failure| failure.check == law);
    let is_expected = |name: &str| name == law || also.contains(&name);
    if !is_caught
        || report
            .failures
            .iter()
            .any(|failure| !is_expected(&failure.check))
    {
        wrong.push(format!(
            "{fault:?} should be caught by {law}:\n{}",
            report.text()
        ));
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_fault_breaks_its_law() {
    let mut wrong = Vec::new();
    let document = contract(books::DOCUMENT);
    for (fault, law, also) in BOOKS {
        let report = report(&document, Books::new(Some(fault)), 11, 32).await;
        check(&mut wrong, fault, law, also, &report);
    }
    let document = contract(articles::DOCUMENT);
    for (fault, law, also) in ARTICLES {
        let report = report(&document, Articles::new(Some(fault)), 11, 32).await;
        check(&mut wrong, fault, law, also, &report);
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}

/// The faults of a list, however it is paged.
const TRACKS: [Row<tracks::Fault>; 4] = [
    (
        tracks::Fault::SkipsOne,
        "pages_give_every_item_once",
        &["created_is_listed"],
    ),
    (tracks::Fault::RepeatsOne, "pages_give_every_item_once", &[]),
    (tracks::Fault::NeverEnds, "pages_give_every_item_once", &[]),
    (tracks::Fault::LongAreUnlisted, "created_is_listed", &[]),
];

/// The faults of HAL's links.
const HAL: [Row<tracks::Fault>; 2] = [
    (
        tracks::Fault::SelfIsAnother,
        "links_lead_where_they_say",
        &[],
    ),
    (
        tracks::Fault::FirstIsSecond,
        "links_lead_where_they_say",
        &[],
    ),
];

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_fault_breaks_its_law_however_a_list_is_paged() {
    let mut wrong = Vec::new();
    for kind in tracks::KINDS {
        let document = contract(&tracks::document(kind));
        let links = HAL.into_iter().filter(|_| kind == Kind::Hal);
        for (fault, law, also) in TRACKS.into_iter().chain(links) {
            let report = report(&document, Tracks::new(kind, Some(fault)), 11, 32).await;
            check(&mut wrong, (kind, fault), law, also, &report);
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn lists_of_every_kind_and_locations_of_every_kind_are_right() {
    const PLACES: [Place; 4] = [
        Place::Described,
        Place::OtherServer,
        Place::Undescribed,
        Place::Relative,
    ];
    for (index, kind) in tracks::KINDS.into_iter().enumerate() {
        let document = contract(&tracks::document(kind));
        for seed in 0..12 {
            let mut service = Tracks::new(kind, None);
            service.place = PLACES[(seed + index) % PLACES.len()];
            let report = report(&document, service, seed as u64, 12).await;
            assert!(
                report.is_clean(),
                "{kind:?}, seed {seed}:\n{}",
                report.text()
            );
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn correct_services_pass_under_every_seed() {
    let (books, articles) = (contract(books::DOCUMENT), contract(articles::DOCUMENT));
    for seed in 0..100 {
        let report = if seed % 2 == 0 {
            report(&books, Books::new(None), seed, 4).await
        } else {
            report(&articles, Articles::new(None), seed, 4).await
        };
        assert!(report.is_clean(), "seed {seed}:\n{}", report.text());
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn correct_services_pass_while_others_write_to_them() {
    async fn check(document: &Arc<Contract>, service: impl Service, seed: u64) {
        let report = report(document, Busy::new(service, 1 + seed), seed, 4).await;
        assert!(report.is_clean(), "seed {seed}:\n{}", report.text());
    }
    // Not books: where pages are counted and the newest is first, what others write does move items to the next page.
    let articles = contract(articles::DOCUMENT);
    let tracks = tracks::KINDS.map(|kind| (kind, contract(&tracks::document(kind))));
    for seed in 0..100 {
        check(&articles, Articles::new(None), seed).await;
        let (kind, document) = &tracks[seed as usize % tracks.len()];
        check(document, Tracks::new(*kind, None), seed).await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_law_of_a_service_applies() {
    let document = contract(books::DOCUMENT);
    let found = report(&document, Books::new(None), 1, 30).await;
    for check in found.checks.iter().filter(|check| check.held == 0) {
        let names = laws(&document)
            .laws
            .iter()
            .map(|law| law.name())
            .collect::<Vec<_>>();
        assert!(
            !names.contains(&check.name.as_str()),
            "{}:\n{}",
            check.name,
            found.text()
        );
    }
    for kind in tracks::KINDS {
        let report = report(
            &contract(&tracks::document(kind)),
            Tracks::new(kind, None),
            1,
            30,
        )
        .await;
        let laws = ["pages_give_every_item_once", "created_is_listed"];
        let links = Some("links_lead_where_they_say").filter(|_| kind == Kind::Hal);
        let tokens = Some("unissued_tokens_are_refused").filter(|_| kind == Kind::Cursor);
        for name in laws.into_iter().chain(links).chain(tokens) {
            let law = report.laws.iter().find(|law| law.law == name).unwrap();
            assert_ne!(
                law.applied(),
                [""; 0],
                "{kind:?}, {name}:\n{}",
                report.text()
            );
        }
    }
    let document = contract(articles::DOCUMENT);
    let found = report(&document, Articles::new(None), 1, 30).await;
    for check in found.checks.iter().filter(|check| check.held == 0) {
        let names = laws(&document)
            .laws
            .iter()
            .map(|law| law.name())
            .collect::<Vec<_>>();
        assert!(
            !names.contains(&check.name.as_str()),
            "{}:\n{}",
            check.name,
            found.text()
        );
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_a_run_has_made_is_deleted() {
    let document = contract(books::DOCUMENT);
    for fault in [None, Some(books::Fault::LosesBlurb)] {
        let books = Books::new(fault);
        let count = books.count.clone();
        let report = report(&document, books, 1, 10).await;
        let made = report
            .operations
            .iter()
            .find(|o| o.operation == "createBook");
        assert!(made.unwrap().statuses[&201] > 0, "{}", report.text());
        assert_eq!(count.load(Ordering::Relaxed), 0, "{}", report.text());
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_broken_law_shrinks_to_few_calls() {
    for (fault, law, calls) in [
        (books::Fault::SkipsOne, "pages_give_every_item_once", 10),
        (books::Fault::LargePages, "pages_give_every_item_once", 1),
        (books::Fault::TopIsLeftOut, "filter_gives_its_items", 4),
        (books::Fault::Undead, "use_after_free", 4),
    ] {
        // What a single walk meets follows from what others have made by then: that every fault is found is another test's.
        let mut found = None;
        for seed in 5..10 {
            let report = report(
                &contract(books::DOCUMENT),
                Books::new(Some(fault)),
                seed,
                20,
            )
            .await;
            let failure = report.failures.iter().find(|failure| failure.check == law);
            found = failure.map(|failure| (failure.before.len(), report.text()));
            if found.is_some() {
                break;
            }
        }
        let (before, text) = found.unwrap_or_else(|| panic!("{fault:?} is not found"));
        assert!(before < calls, "{text}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_report_tells_where_each_law_applied_and_why_not_elsewhere() {
    let document = contract(books::DOCUMENT);
    let report = report(&document, Books::new(None), 1, 30).await;
    let law = |name: &str| report.laws.iter().find(|law| law.law == name).unwrap();
    let names: Vec<&str> = report.laws.iter().map(|law| law.law.as_str()).collect();
    assert_eq!(names, LAWS);
    assert_eq!(law("created_reads_back").applied(), ["createBook"]);
    assert_eq!(law("created_reads_back").silent(3), []);
    assert_eq!(law("filter_gives_its_items").applied(), ["listBooks"]);
    assert_eq!(
        law("links_lead_where_they_say").silent(3),
        [(
            "its media type says nothing about links",
            vec!["listBooks".to_owned(), "getBook".to_owned()]
        )]
    );
    let text = report.text();
    for line in [
        "  created_reads_back: in createBook",
        "  links_lead_where_they_say: not in listBooks, getBook: its media type says nothing about links",
    ] {
        assert!(text.lines().any(|each| each == line), "{text}");
    }
    let tried = &law("created_reads_back").operations[0];
    assert_eq!((tried.sequences, tried.held), (15, 15), "{text}");
}

#[test]
fn what_does_not_apply_is_told_with_the_reason() {
    let derived = laws(&contract(books::DOCUMENT));
    let reason = |law: &str, operation: &str| {
        let found = derived
            .inapplicable
            .iter()
            .find(|i| i.law == law && i.operation == operation);
        found.map(|found| found.reason.as_str())
    };
    assert_eq!(reason("order_is_kept", "listBooks"), None);
    assert_eq!(
        reason("links_lead_where_they_say", "listBooks"),
        Some("its media type says nothing about links")
    );
    assert_eq!(
        reason("unissued_tokens_are_refused", "listBooks"),
        Some("no parameter is known to take only what the server gave out")
    );
}
