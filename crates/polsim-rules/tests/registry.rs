//! What holds of every rule: its names, its documentation, its examples, its fixes.
//!
//! `POLSIM_BLESS=1 cargo test -p polsim-rules --test registry` writes `docs/rules`.

#![expect(
    clippy::disallowed_methods,
    clippy::panic,
    reason = "a test stops at the first surprise, and looks at files"
)]

use polsim_lint::{Check, Example, Found, Linter, Rule, Selection, Selector, Text};
use polsim_policy::Severity;
use polsim_text::{Edit, Limits, Source};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

fn manifest() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn linter(rule: &'static Rule) -> Linter {
    let selection = Selection { select: vec![Selector::Code(rule.code.to_owned())], ignore: Vec::new() };
    Linter::new(&polsim_rules::all(), &selection)
}

/// What a rule finds in an example.
fn found(rule: &'static Rule, example: &Example) -> Vec<Found> {
    let texts = example.texts().unwrap_or_else(|error| panic!("{}: {error}", rule.code));
    let linter = linter(rule);
    if let Some(network) = example.network() {
        let site = network.site().unwrap_or_else(|| panic!("{}: the example is broken", rule.code));
        return linter.lint_site(&site);
    }
    let mut found = linter.lint_project(&texts);
    found.extend(texts.iter().flat_map(|text| linter.lint(text)));
    found
}

#[test]
fn codes_and_names_are_unique_and_well_formed() {
    let (mut codes, mut names) = (BTreeSet::new(), BTreeSet::new());
    for rule in polsim_rules::all() {
        let (family, number) = rule.code.split_at(3);
        assert!(family.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit()), "{}", rule.code);
        assert!(number.len() == 3 && number.bytes().all(|b| b.is_ascii_digit()), "{}", rule.code);
        let is_kebab = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-';
        assert!(rule.name.bytes().all(is_kebab) && rule.name.contains('-'), "{}: {}", rule.code, rule.name);
        assert!(codes.insert(rule.code), "{} is there twice", rule.code);
        assert!(names.insert(rule.name), "{} is there twice", rule.name);
        let aliases: BTreeSet<_> = rule.aliases.iter().collect();
        assert_eq!(aliases.len(), rule.aliases.len(), "{} has an alias twice", rule.code);
    }
}

#[test]
fn a_rule_has_a_file_of_its_name_unless_a_table_declares_several() {
    let mut declared: BTreeMap<String, String> = BTreeMap::new();
    for family in fs::read_dir(manifest().join("src")).expect("there are sources") {
        let family = family.expect("a folder").path();
        for file in fs::read_dir(&family).into_iter().flatten() {
            let path = file.expect("a file").path();
            let text = fs::read_to_string(&path).expect("a source");
            let codes: Vec<&str> = text.split("code: \"").skip(1).filter_map(|rest| rest.get(..6)).collect();
            let stem = path.file_stem().expect("a name").to_string_lossy().into_owned();
            let folder = family.file_name().expect("a name").to_string_lossy().into_owned();
            for code in &codes {
                let expected = if codes.len() == 1 { stem.clone() } else { String::new() };
                let twice = declared.insert((*code).to_owned(), expected);
                assert!(twice.is_none(), "{code} is declared twice");
                assert_eq!(
                    folder,
                    code.split_at(3).0.to_ascii_lowercase(),
                    "{code} lies in the folder of another family"
                );
            }
        }
    }
    for rule in polsim_rules::all() {
        let stem = declared.remove(rule.code).unwrap_or_else(|| panic!("{} is declared nowhere", rule.code));
        assert!(stem.is_empty() || stem == rule.name.replace('-', "_"), "{} lies in {stem}.rs", rule.code);
    }
    assert!(declared.is_empty(), "declared and in no list of a family: {declared:?}");
}

#[test]
fn every_rule_is_documented() {
    for rule in polsim_rules::all() {
        let doc = &rule.doc;
        for (section, text) in [("what", doc.what), ("why", doc.why), ("fix", doc.fix)] {
            assert!(text.ends_with('.') && text.trim() == text, "{}: {section} is no sentence", rule.code);
        }
        assert!(!doc.source.is_empty(), "{} has no source", rule.code);
        assert!(!doc.bad.is_empty() && !doc.good.is_empty(), "{} has no examples", rule.code);
    }
}

/// What is wrong with the examples of a rule.
fn faults(rule: &'static Rule) -> Vec<String> {
    let mut faults = Vec::new();
    for example in rule.doc.bad {
        let found = found(rule, example);
        if found.is_empty() {
            faults.push(format!("{} finds nothing in\n{}", rule.code, example.text()));
        }
        for Found { rule: by, finding } in found {
            let is_sentence = !finding.sentence.is_empty() && !finding.sentence.ends_with('.');
            if !is_sentence || by.code != rule.code {
                faults.push(format!("{}: {finding:?}", by.code));
            }
        }
    }
    for example in rule.doc.good {
        let found: Vec<String> =
            found(rule, example).into_iter().map(|found| found.finding.sentence).collect();
        if !found.is_empty() {
            faults.push(format!("{} finds {found:?} in\n{}", rule.code, example.text()));
        }
        for text in example.texts().unwrap_or_default() {
            let mut problems = text.problems.iter();
            if let Some(refused) = problems.find(|problem| problem.severity() == Severity::Invalid) {
                faults.push(format!("{}: AWS refuses, because {refused},\n{}", rule.code, example.text()));
            }
        }
    }
    faults
}

#[test]
fn a_rule_finds_something_in_its_bad_policies_and_nothing_in_its_good_ones() {
    let faults: Vec<String> = polsim_rules::all().into_iter().flat_map(faults).collect();
    assert!(faults.is_empty(), "{}", faults.join("\n\n"));
}

/// Fixes are made together as long as they do not overlap, and the text is linted again.
#[test]
fn what_a_fix_mends_is_not_found_again() {
    for rule in polsim_rules::all() {
        if matches!(rule.check, Check::Project(_)) {
            continue;
        }
        for text in rule.doc.bad.iter().flat_map(|example| example.texts().expect("settings are there")) {
            let mut text = text;
            for round in 0.. {
                assert!(round < 10, "{}: fixes have no end:\n{}", rule.code, text.source.text());
                let found = linter(rule).lint(&text);
                let Some(fix) = found.iter().find_map(|found| found.finding.fix.as_ref()) else { break };
                let mended = Edit::apply(&fix.edits, text.source.text());
                let mended = mended.unwrap_or_else(|| panic!("{}: {fix:?} cannot be made", rule.code));
                assert_ne!(mended, text.source.text(), "{}: {fix:?} does nothing", rule.code);
                let settings = text.settings.clone();
                text = Text::parse(Source::new("fixed.json", mended), text.policy_type, &Limits::default())
                    .with(settings);
                assert!(!text.documents.is_empty(), "{}: {fix:?} breaks the text", rule.code);
            }
        }
    }
}

fn docs() -> PathBuf {
    manifest().join("../../docs/rules")
}

const BEGIN: &str = "<!-- rules: written by the tests of polsim-rules -->\n";
const END: &str = "<!-- end of rules -->\n";

/// The table of all rules.
fn index() -> String {
    let mut table = String::from("| code | name | severity | what it looks for |\n|---|---|---|---|\n");
    for rule in polsim_rules::all() {
        let (code, name, severity) = (rule.code, rule.name, rule.severity);
        table.push_str(&format!("| [{code}]({code}.md) | `{name}` | {severity} | {} |\n", rule.summary()));
    }
    table
}

#[test]
fn the_pages_are_current() {
    let readme = fs::read_to_string(docs().join("README.md")).expect("docs/rules/README.md is there");
    let (before, rest) = readme.split_once(BEGIN).expect("the table of rules has a beginning");
    let (_, after) = rest.split_once(END).expect("the table of rules has an end");
    let mut pages =
        BTreeMap::from([("README.md".to_owned(), format!("{before}{BEGIN}{}{END}{after}", index()))]);
    for rule in polsim_rules::all() {
        pages.insert(format!("{}.md", rule.code), rule.page());
    }
    let files = fs::read_dir(docs()).expect("docs/rules is there");
    let names = files.map(|file| file.expect("a file").file_name().to_string_lossy().into_owned());
    let stale: Vec<String> = names.filter(|name| !pages.contains_key(name)).collect();
    let is_current =
        |name: &String, page: &String| fs::read_to_string(docs().join(name)).is_ok_and(|text| text == *page);
    let changed: Vec<_> = pages.iter().filter(|(name, page)| !is_current(name, page)).collect();
    if std::env::var("POLSIM_BLESS").is_ok() {
        for (name, page) in changed {
            fs::write(docs().join(name), page).expect("docs/rules can be written");
        }
        for name in stale {
            fs::remove_file(docs().join(name)).expect("a page can be removed");
        }
        return;
    }
    let changed: Vec<_> = changed.into_iter().map(|(name, _)| name).collect();
    assert!(
        changed.is_empty() && stale.is_empty(),
        "stale pages in docs/rules: {changed:?}, of no rule: {stale:?}; \
         POLSIM_BLESS=1 cargo test -p polsim-rules --test registry"
    );
}
