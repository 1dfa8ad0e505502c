//! What each rule finds, and the table of it in `docs/findings.md`.

use crate::clock::Clock;
use polsim_lint::{Found, Linter, Rule, Selection, Selector, Text};
use std::collections::BTreeMap;
use std::path::Path;

const BEGIN: &str = "<!-- findings: written by the test `wild` of polsim-rules -->\n";
const END: &str = "<!-- end of findings -->\n";

/// Findings and the policies that have some.
#[derive(Clone, Copy, Default)]
struct Count {
    findings: usize,
    policies: usize,
}

/// A rule that found something, in AWS's managed policies and in the others.
struct Row {
    rule: &'static Rule,
    managed: Count,
    others: Count,
}

pub(crate) fn print(texts: &[Text]) {
    let show = std::env::var("SHOW").ok();
    let is_shown = |rule: &Rule| show.as_deref().is_none_or(|show| rule.code.starts_with(show));
    println!("| rule | findings | policies | ms |\n|---|---|---|---|");
    let mut rows = Vec::new();
    for rule in polsim_rules::all().into_iter().filter(|rule| is_shown(rule)) {
        let begin = Clock::start();
        let row = row(rule, texts, show.is_some());
        println!(
            "| {} {} | {} | {} | {} |",
            rule.code,
            rule.name,
            row.managed.findings + row.others.findings,
            row.managed.policies + row.others.policies,
            begin.elapsed().as_millis()
        );
        rows.push(row);
    }
    if show.is_none() && std::env::var("POLSIM_BLESS").is_ok() {
        write(texts, &rows);
    }
}

fn row(rule: &'static Rule, texts: &[Text], is_shown: bool) -> Row {
    let linter = Linter::new(
        &[rule],
        &Selection { select: vec![Selector::Code(rule.code.to_owned())], ignore: vec![] },
    );
    let mut counts: BTreeMap<bool, Count> = BTreeMap::new();
    for text in texts {
        let mut found = linter.lint(text);
        found.extend(linter.lint_project(std::slice::from_ref(text)));
        let count = counts.entry(is_managed(text)).or_default();
        count.findings += found.len();
        count.policies += usize::from(!found.is_empty());
        if is_shown {
            found.iter().for_each(|found| show(text, found));
        }
    }
    let of = |managed| counts.get(&managed).copied().unwrap_or_default();
    Row { rule, managed: of(true), others: of(false) }
}

fn is_managed(text: &Text) -> bool {
    text.source.name().starts_with("managed/")
}

fn show(text: &Text, Found { rule, finding }: &Found) {
    let line = finding.place.source.position(finding.place.span.start()).line;
    let (severity, confidence) = (finding.severity, finding.confidence);
    println!(
        "{} {}:{line} {} [{severity}, {confidence}] {:?}",
        rule.code,
        text.source.name(),
        finding.sentence,
        finding.help
    );
}

fn write(texts: &[Text], rows: &[Row]) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/findings.md");
    let page = std::fs::read_to_string(&path).expect("docs/findings.md is there");
    let (before, rest) = page.split_once(BEGIN).expect("the table has a beginning");
    let (_, after) = rest.split_once(END).expect("the table has an end");
    let managed = texts.iter().filter(|text| is_managed(text)).count();
    let mut table = format!(
        "| rule | severity | of {managed} managed policies | findings | of {} others | findings |\n\
         |---|---|--:|--:|--:|--:|\n",
        texts.len() - managed
    );
    for Row { rule, managed, others } in rows {
        if managed.findings + others.findings == 0 {
            continue;
        }
        let (code, name, severity) = (rule.code, rule.name, rule.severity);
        table.push_str(&format!(
            "| [{code}](rules/{code}.md) `{name}` | {severity} | {} | {} | {} | {} |\n",
            managed.policies, managed.findings, others.policies, others.findings
        ));
    }
    std::fs::write(&path, format!("{before}{BEGIN}{table}{END}{after}")).expect("the page can be written");
}
