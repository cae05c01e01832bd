//! The page in a headless Chromium.
//!
//! Where there is none the tests say so and pass, but for `REQUIRE_CHROMIUM`, by which they fail.

mod chromium;
mod site;

use chromium::{Chromium, Tab};
use serde_json::json;
use site::Site;

/// What a tab shows once it has loaded the page.
struct Loaded {
    site: Site,
    tab: Tab,
    // Ends the browser when it is dropped, which is after the tab.
    _chromium: Chromium,
}

/// The page, loaded as that screen shows it; nothing where there is no browser.
fn load(width: u32, has_script: bool) -> Option<Loaded> {
    let chromium = Chromium::start()?;
    let site = Site::start(crate::page::of(crate::LIBRARY));
    let mut tab = chromium.tab();
    tab.call(
        "Emulation.setDeviceMetricsOverride",
        json!({ "width": width, "height": 900, "deviceScaleFactor": 1, "mobile": width < 600 }),
    );
    tab.call(
        "Emulation.setScriptExecutionDisabled",
        json!({ "value": !has_script }),
    );
    tab.open(&site.url);
    Some(Loaded {
        site,
        tab,
        _chromium: chromium,
    })
}

#[test]
fn nothing_is_fetched_and_nothing_complained_of() {
    let Some(mut loaded) = load(1100, true) else {
        return;
    };
    let (requests, complaints) = loaded.tab.seen();
    assert_eq!(requests, [loaded.site.url.clone()]);
    assert_eq!(complaints, Vec::<String>::new());
    assert_eq!(loaded.site.paths(), ["/"]);
}

#[test]
fn a_script_of_the_document_could_not_run() {
    let Some(mut loaded) = load(1100, true) else {
        return;
    };
    loaded.tab.value(
        "const script = document.createElement('script');
         script.textContent = 'document.title = \"taken\"';
         document.body.append(script); 1",
    );
    assert_eq!(loaded.tab.value("document.title"), "Library 2.1.0");
    let (_, complaints) = loaded.tab.seen();
    assert!(
        complaints[0].contains("Content Security Policy"),
        "{complaints:?}"
    );
}

#[test]
fn the_box_finds_operations() {
    let Some(mut loaded) = load(1100, true) else {
        return;
    };
    let shown = "Array.from(document.querySelectorAll('article.operation'))
        .filter((a) => a.checkVisibility()).map((a) => a.id).join(' ')";
    let listed = "Array.from(document.querySelectorAll('nav li li a[href^=\"#operation\"]'))
        .filter((a) => a.checkVisibility()).length";
    let tab = &mut loaded.tab;
    assert_eq!(tab.value(listed), 5);
    tab.value("document.getElementById('filter').focus(); 1");
    tab.call("Input.insertText", json!({ "text": "Post LOANS" }));
    assert_eq!(tab.value(shown), "operation-borrowBook");
    assert_eq!(tab.value(listed), 2);
    assert_eq!(
        tab.value("document.getElementById('found').value"),
        "1 of 4"
    );
    tab.value("document.getElementById('filter').select(); 1");
    tab.call("Input.insertText", json!({ "text": "nothing at all" }));
    assert_eq!(tab.value(shown), "");
    tab.value(
        "const box = document.getElementById('filter'); box.value = ''; box.dispatchEvent(new Event('input')); 1",
    );
    assert_eq!(tab.value(listed), 5);
}

/// Whether there is more to see of the first member that unfolds than its name.
const IS_UNFOLDED: &str = "(() => {
    const member = document.querySelector('#schema-Book details');
    const height = (element) => element.getBoundingClientRect().height;
    return height(member) > height(member.querySelector('summary')) + 20;
})()";

#[test]
fn a_tree_unfolds() {
    let Some(mut loaded) = load(1100, true) else {
        return;
    };
    let tab = &mut loaded.tab;
    let name = "document.querySelector('#schema-Book details .name')";
    assert_eq!(tab.value(&format!("{name}.textContent")), "copies");
    assert_eq!(tab.value(IS_UNFOLDED), false);
    tab.value(&format!("{name}.click(); 1"));
    assert_eq!(tab.value(IS_UNFOLDED), true);
}

#[test]
fn a_phone_scrolls_one_way_only_and_folds_the_contents() {
    let Some(mut loaded) = load(390, true) else {
        return;
    };
    let tab = &mut loaded.tab;
    tab.value("document.querySelectorAll('main details').forEach((d) => { d.open = true }); 1");
    let wide = "document.documentElement.scrollWidth <= innerWidth";
    assert_eq!(tab.value("innerWidth"), 390);
    assert_eq!(tab.value(wide), true);
    let entry = "document.querySelector('nav li li a').checkVisibility()";
    assert_eq!(tab.value(entry), false);
    tab.value("document.querySelector('nav summary').click(); 1");
    assert_eq!(tab.value(entry), true);
    assert_eq!(tab.value(wide), true);
    tab.value("document.querySelector('nav li li a').click(); 1");
    assert_eq!(tab.value(entry), false);
}

#[test]
fn a_wide_screen_shows_the_contents_beside_the_text() {
    let Some(mut loaded) = load(1100, false) else {
        return;
    };
    let tab = &mut loaded.tab;
    assert_eq!(
        tab.value("document.querySelector('nav li li a').checkVisibility()"),
        true
    );
    let beside = "document.querySelector('nav').getBoundingClientRect().right
        <= document.querySelector('main').getBoundingClientRect().left";
    assert_eq!(tab.value(beside), true);
}

#[test]
fn the_page_is_whole_without_javascript() {
    let Some(mut loaded) = load(1100, false) else {
        return;
    };
    let tab = &mut loaded.tab;
    let shown = "Array.from(document.querySelectorAll('article')).filter((a) => a.checkVisibility()).length";
    assert_eq!(tab.value(shown), 8);
    assert_eq!(
        tab.value("document.getElementById('filter').checkVisibility()"),
        false
    );
    let (requests, complaints) = tab.seen();
    assert_eq!((requests.len(), complaints), (1, Vec::<String>::new()));
}

#[test]
fn text_has_enough_contrast_by_day_and_by_night() {
    let Some(mut loaded) = load(1100, true) else {
        return;
    };
    let tab = &mut loaded.tab;
    // The least contrast of any text with the page behind it, by the formula of WCAG 2.2.
    let least = "(() => {
        const parts = (text) => text.match(/[\\d.]+/g).map(Number);
        const light = ([r, g, b]) => [r, g, b].map((c) => c / 255)
            .map((c) => c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4)
            .reduce((sum, c, i) => sum + c * [0.2126, 0.7152, 0.0722][i], 0);
        const behind = (element) => {
            for (let e = element; e; e = e.parentElement) {
                const colour = parts(getComputedStyle(e).backgroundColor);
                if (colour.length === 3 || colour[3] === 1) return colour;
            }
        };
        let least = 21;
        for (const element of document.body.querySelectorAll('*')) {
            if (!Array.from(element.childNodes).some((n) => n.nodeType === 3 && n.data.trim())) continue;
            if (element.closest('script')) continue;
            const both = [light(parts(getComputedStyle(element).color)), light(behind(element))];
            least = Math.min(least, (Math.max(...both) + 0.05) / (Math.min(...both) + 0.05));
        }
        return least;
    })()";
    for scheme in ["light", "dark"] {
        tab.call(
            "Emulation.setEmulatedMedia",
            json!({ "features": [{ "name": "prefers-color-scheme", "value": scheme }] }),
        );
        let dark = tab.value("matchMedia('(prefers-color-scheme: dark)').matches");
        assert_eq!(dark, scheme == "dark");
        let least = tab.value(least).as_f64().unwrap();
        assert!(least >= 4.5, "{scheme}: {least}");
    }
}

#[test]
fn what_is_folded_is_printed() {
    let Some(mut loaded) = load(1100, true) else {
        return;
    };
    let tab = &mut loaded.tab;
    let has_contents = "document.querySelector('nav').checkVisibility()";
    assert_eq!(tab.value(IS_UNFOLDED), false);
    assert_eq!(tab.value(has_contents), true);
    tab.call("Emulation.setEmulatedMedia", json!({ "media": "print" }));
    assert_eq!(tab.value(IS_UNFOLDED), true);
    assert_eq!(tab.value(has_contents), false);
}
