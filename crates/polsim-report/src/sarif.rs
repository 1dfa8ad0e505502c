//! Reports for code scanning: SARIF 2.1.0.
//!
//! A newcomer would doubt the severity twice over: `level` has three words only, so the five of the linter also stand in
//! `properties`, and `security-severity` is the number that GitHub sorts by.

use crate::entry::{Entry, FindingFacts, Level, Place};
use crate::report::Report;
use polsim_lint::{Fix, Rule, Severity};
use polsim_text::{Source, Span};
use serde_json::{Value, json};

/// The schema that the output keeps.
const SCHEMA: &str =
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

/// A report as SARIF; ends with a line feed.
#[must_use]
pub fn to_sarif(report: &Report) -> String {
    let mut rules: Vec<&'static Rule> = Vec::new();
    for finding in report.entries.iter().filter_map(|entry| entry.finding.as_deref()) {
        if rules.iter().all(|rule| rule.code != finding.rule.code) {
            rules.push(finding.rule);
        }
    }
    let results: Vec<Value> = report.entries.iter().map(|entry| result(entry, &rules)).collect();
    let descriptors: Vec<Value> = rules.iter().map(|rule| descriptor(rule)).collect();
    let driver = json!({"name": "polsim", "version": env!("CARGO_PKG_VERSION"), "rules": descriptors});
    let sarif = json!({
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [{"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": results}],
    });
    format!("{sarif:#}\n")
}

fn descriptor(rule: &Rule) -> Value {
    json!({
        "id": rule.code,
        "name": rule.name,
        "shortDescription": {"text": rule.summary()},
        "fullDescription": {"text": format!("{} {}", rule.doc.what, rule.doc.why)},
        "help": {"text": rule.page(), "markdown": rule.page()},
        "defaultConfiguration": {"level": level(rule.severity)},
        "properties": {
            "tags": ["security", "aws", "iam"],
            "precision": rule.confidence.as_str(),
            "security-severity": security_severity(rule.severity),
        },
    })
}

fn result(entry: &Entry, rules: &[&Rule]) -> Value {
    let mut result = json!({"message": {"text": message(entry)}, "level": level_of(entry)});
    let mut set = |name: &str, value: Value| {
        if let Some(members) = result.as_object_mut() {
            members.insert(name.to_owned(), value);
        }
    };
    if let Some(code) = entry.code {
        set("ruleId", json!(code));
    }
    let (mut here, mut related) = (Vec::new(), Vec::new());
    for place in &entry.places {
        if place.primary { here.push(location(place, entry.finding.as_deref())) } else { related.push(place) }
    }
    set("locations", Value::Array(here));
    let related = related.into_iter().enumerate().map(|(at, place)| {
        json!({
            "id": at + 1,
            "message": {"text": place.label.as_deref().unwrap_or("belongs to it")},
            "physicalLocation": physical(&place.source, place.span),
        })
    });
    set("relatedLocations", related.collect());
    if let Some(finding) = &entry.finding {
        set("ruleIndex", json!(rules.iter().position(|rule| rule.code == finding.rule.code)));
        set("partialFingerprints", json!({"polsim/1": finding.fingerprint}));
        let words = json!({"severity": finding.severity.as_str(), "confidence": finding.confidence.as_str()});
        set("properties", words);
        if let (Some(fix), Some(place)) = (&finding.fix, entry.primary()) {
            set("fixes", json!([fixed(fix, &place.source)]));
        }
    }
    result
}

fn message(entry: &Entry) -> String {
    match &entry.help {
        Some(help) => format!("{}. Help: {help}", entry.sentence),
        None => entry.sentence.clone(),
    }
}

fn location(place: &Place, finding: Option<&FindingFacts>) -> Value {
    let mut location = json!({"physicalLocation": physical(&place.source, place.span)});
    if let (Some(finding), Some(members)) = (finding, location.as_object_mut()) {
        let name = finding.pointer();
        members.insert("logicalLocations".to_owned(), json!([{"fullyQualifiedName": name}]));
    }
    location
}

fn physical(source: &Source, span: Span) -> Value {
    json!({"artifactLocation": {"uri": uri(source.name())}, "region": region(source, span)})
}

fn region(source: &Source, span: Span) -> Value {
    let (start, end) = (source.position(span.start()), source.position(span.end()));
    json!({
        "startLine": start.line, "startColumn": start.column, "endLine": end.line, "endColumn": end.column,
    })
}

fn fixed(fix: &Fix, source: &Source) -> Value {
    let replacements: Vec<Value> = fix
        .edits
        .iter()
        .map(|edit| json!({"deletedRegion": region(source, edit.span), "insertedContent": {"text": edit.text}}))
        .collect();
    json!({
        "description": {"text": fix.title},
        "artifactChanges": [{"artifactLocation": {"uri": uri(source.name())}, "replacements": replacements}],
    })
}

/// A file name as a reference to a file (RFC 3986): what is not plain is written in percents.
fn uri(name: &str) -> String {
    let name = name.replace('\\', "/");
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte);
    let written = name
        .bytes()
        .map(|byte| if is_plain(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") });
    let scheme = if name.starts_with('/') { "file://" } else { "" };
    format!("{scheme}{}", written.collect::<String>())
}

fn level_of(entry: &Entry) -> &'static str {
    match (&entry.finding, entry.level) {
        (Some(finding), _) => level(finding.severity),
        (None, Level::Error | Level::Denies) => "error",
        (None, Level::Warning) => "warning",
        (None, _) => "note",
    }
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error | Severity::High => "error",
        Severity::Medium => "warning",
        Severity::Low | Severity::Info => "note",
    }
}

/// The middle of the band that GitHub gives the word.
fn security_severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "9.0",
        Severity::High => "8.0",
        Severity::Medium => "5.5",
        Severity::Low => "2.5",
        Severity::Info => "0.5",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_files_become_references() {
        assert_eq!(uri("policies/a b.json"), "policies/a%20b.json");
        assert_eq!(uri("/tmp/ł.json"), "file:///tmp/%C5%82.json");
        assert_eq!(uri("<stdin>"), "%3Cstdin%3E");
    }
}
