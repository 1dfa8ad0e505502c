//! Reviews for tests, with one name wherever a name from outside can stand.

use polsim_lint::Severity;
use polsim_policy::{PolicyType, parse};
use polsim_report::review::{
    Attached, Coverage, Material, Overview, OverviewColumn, OverviewItem, Review, Spot, Uncovered,
};
use polsim_report::{
    Case, CaseOutcome, Conclusion, Does, Entry, Exit, FindingFacts, Level, Passage, Place, PolicyText,
    Report, Row, Station, Verb,
};
use polsim_text::{Limits, Source, Span};

/// A policy with a Sid and a resource of that name.
pub(crate) fn source(name: &str) -> Source {
    let quoted = serde_json::Value::from(name).to_string();
    let text = format!(
        "{{\n  \"Version\": \"2012-10-17\",\n  \"Statement\": {{\n    \"Sid\": \"Read\",\n    \"Effect\": \"Allow\",\n    \
         \"Action\": \"s3:GetObject\",\n    \"Resource\": {quoted}\n  }}\n}}\n"
    );
    Source::new(format!("policies/{name}.json"), text)
}

/// Where the value of `Resource` is.
pub(crate) fn resource(source: &Source) -> Span {
    let at = source.text().find("\"Resource\"").unwrap() + "\"Resource\": ".len();
    let end = source.text()[at..].find('\n').unwrap() + at;
    Span::new(at, end)
}

/// A finding in a policy.
pub(crate) fn finding(name: &str, source: &Source, at: usize) -> Entry {
    let rule = polsim_rules::all()[0];
    let mut entry = Entry::new(Level::Warning, format!("{name} is odd"))
        .with_code(rule.code)
        .at(Place::primary(source, resource(source)).saying(name))
        .with_help(format!("do without {name}"))
        .with_rows(vec![Row::new("principal", name).with_note(name)]);
    entry.finding = Some(Box::new(FindingFacts {
        rule,
        severity: Severity::Medium,
        confidence: rule.confidence,
        fingerprint: format!("{at:016x}"),
        path: Vec::new(),
        fix: None,
    }));
    entry
}

/// Cases that ended in every way.
pub(crate) fn cases(name: &str) -> Vec<Case> {
    let source = source(name);
    let case = |at: usize, outcome: CaseOutcome| {
        let mut answer =
            Report::new(Verb::Check, Conclusion::Refuted, format!("not every {name}"), Exit::Fails);
        answer.entries.push(
            Entry::new(Level::Allows, format!("Allow in {name} allows it"))
                .at(Place::primary(&source, resource(&source)).saying(name))
                .with_help(name)
                .with_rows(vec![Row::new(name, name).with_note(name)]),
        );
        answer.notes.push(format!("only if {name}"));
        answer.passage = Some(Box::new(Passage {
            principal: name.to_owned(),
            action: name.to_owned(),
            resource: name.to_owned(),
            verdict: "allowed".to_owned(),
            is_allowed: true,
            stations: vec![Station {
                layer: "identity-based policy".to_owned(),
                does: Does::Allows,
                statements: vec![name.to_owned()],
                decides: true,
            }],
        }));
        Case {
            place: Some(Place::primary(&source, resource(&source))),
            tags: vec![name.to_owned()],
            reason: Some(name.to_owned()),
            outcome,
            ..Case::of(format!("suites/{name}.polsim.yaml"), format!("claim {at} of {name}"), answer)
        }
    };
    CaseOutcome::ALL.into_iter().enumerate().map(|(at, outcome)| case(at, outcome)).collect()
}

/// A review in which everything that can have a name has this one.
pub(crate) fn review(name: &str) -> Review {
    let source = source(name);
    let parsed = parse(&source, PolicyType::Identity, &Limits::default());
    let policy = parsed.documents.into_iter().next().unwrap().policy;
    let spot = Spot { path: source.name().to_owned(), line: 4, column: 12 };
    let item =
        OverviewItem { name: name.to_owned(), detail: name.to_owned(), policies: vec![name.to_owned()] };
    Review::of(Material {
        title: name.to_owned(),
        date: "2026-11-24".to_owned(),
        reference: ["the package 1.0".to_owned(), "2026-09-26".to_owned()],
        cases: cases(name),
        entries: vec![
            finding(name, &source, 1),
            Entry::new(Level::Error, format!("{name} cannot be read")).with_code("INP001"),
        ],
        fail_on: Severity::Medium,
        coverage: Some(Coverage {
            covered: 1,
            statements: 2,
            uncovered: vec![Uncovered { spot, statement: name.to_owned(), elements: vec![name.to_owned()] }],
        }),
        overviews: vec![Overview {
            path: name.to_owned(),
            columns: vec![OverviewColumn { title: "Callers".to_owned(), items: vec![item] }],
        }],
        policies: vec![Attached {
            text: PolicyText::new(source.clone(), policy),
            name: name.to_owned(),
            policy_type: PolicyType::Identity,
            hangs_on: vec![name.to_owned()],
        }],
        notes: vec![name.to_owned()],
        inputs: vec![source],
    })
}
