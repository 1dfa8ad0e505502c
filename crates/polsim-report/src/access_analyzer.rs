//! Findings in the form of Access Analyzer's `ValidatePolicy`, so that what reads its answers can read these.
//!
//! Rules that Access Analyzer has keep its issue code and finding type; the others have their own name in its spelling,
//! and the type that their severity is nearest to.

use crate::entry::{FindingFacts, PathStep, Place};
use crate::report::Report;
use polsim_lint::Severity;
use serde_json::{Value, json};

/// The findings of a report; ends with a line feed.
#[must_use]
pub fn to_access_analyzer(report: &Report) -> String {
    let findings = report.entries.iter().filter_map(|entry| {
        let facts = entry.finding.as_deref()?;
        let alias = facts.rule.aliases.iter().find(|alias| alias.origin.finding_type().is_some());
        let own = || facts.rule.name.to_ascii_uppercase().replace('-', "_");
        let finding_type = alias.and_then(|alias| alias.origin.finding_type());
        Some(json!({
            "findingDetails": entry.sentence,
            "findingType": finding_type.unwrap_or(nearest_type(facts.severity)),
            "issueCode": alias.map_or_else(own, |alias| alias.name.to_owned()),
            "learnMoreLink": format!("docs/rules/{}.md", facts.rule.code),
            "locations": entry.primary().map(|place| location(place, facts)).into_iter().collect::<Vec<_>>(),
        }))
    });
    let findings: Vec<Value> = findings.collect();
    format!("{:#}\n", json!({"findings": findings}))
}

fn location(place: &Place, facts: &FindingFacts) -> Value {
    let path = facts.path.iter().map(|step| match step {
        PathStep::Name(name) => json!({"value": name}),
        PathStep::Index(index) => json!({"index": index}),
    });
    let path: Vec<Value> = path.collect();
    json!({
        "path": path,
        "span": {"start": position(place, place.span.start()), "end": position(place, place.span.end())},
    })
}

/// Lines count from one, columns and offsets from zero.
fn position(place: &Place, offset: usize) -> Value {
    let position = place.source.position(offset);
    json!({"line": position.line, "column": position.column - 1, "offset": offset})
}

fn nearest_type(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "ERROR",
        Severity::High => "SECURITY_WARNING",
        Severity::Medium => "WARNING",
        Severity::Low | Severity::Info => "SUGGESTION",
    }
}
