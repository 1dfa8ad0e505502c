//! Findings that say the same, together: one rule, one sentence, one remedy, and the places of all of them.

use super::evidence::{EvidenceRow, Snippet, Spot, rows, snippets};
use crate::Entry;
use polsim_lint::{Safety, Severity};
use schemars::JsonSchema;
use serde::Serialize;

/// Findings of one rule that say the same.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct FindingGroup {
    /// What refers to it in this document, such as `finding-1`.
    pub id: String,
    /// The code of the rule.
    pub code: String,
    /// The name of the rule.
    pub rule: String,
    /// `error`, `high`, `medium`, `low` or `info`.
    pub severity: String,
    /// How sure the rule is.
    pub confidence: String,
    /// What was found.
    pub sentence: String,
    /// What to do about it.
    pub help: Option<String>,
    /// A change that mends it, of the first of them.
    pub fix: Option<Mend>,
    /// The request that shows it, of the first of them.
    pub witness: Vec<EvidenceRow>,
    /// The lines of the first of them.
    pub snippets: Vec<Snippet>,
    /// Where all of them are.
    pub spots: Vec<Spot>,
    /// What stays the same of each when its text moves.
    pub fingerprints: Vec<String>,
}

/// A change that mends a finding.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Mend {
    /// What it does.
    pub title: String,
    /// Whether the same requests are decided alike before and after.
    pub is_safe: bool,
}

/// The findings in groups, the worst first, then as they came.
pub(super) fn grouped(findings: &[&Entry]) -> Vec<FindingGroup> {
    let mut groups: Vec<(Severity, FindingGroup)> = Vec::new();
    let mut known = std::collections::BTreeMap::new();
    for entry in findings {
        let Some(finding) = &entry.finding else { continue };
        let key = (finding.rule.code, finding.severity, &entry.sentence, &entry.help);
        let at = *known.entry(key).or_insert_with(|| {
            groups.push((finding.severity, of(entry)));
            groups.len() - 1
        });
        if let Some((_, group)) = groups.get_mut(at) {
            group.spots.extend(entry.primary().map(Spot::of));
            group.fingerprints.push(finding.fingerprint.clone());
        }
    }
    groups.sort_by(|(a, _), (b, _)| b.cmp(a));
    let numbered = groups.into_iter().enumerate();
    numbered.map(|(at, (_, group))| FindingGroup { id: format!("finding-{}", at + 1), ..group }).collect()
}

/// The group of an entry, without its places.
fn of(entry: &Entry) -> FindingGroup {
    let finding = entry.finding.as_deref();
    let fix = finding.and_then(|finding| finding.fix.as_ref());
    FindingGroup {
        id: String::new(),
        code: finding.map_or("", |finding| finding.rule.code).to_owned(),
        rule: finding.map_or("", |finding| finding.rule.name).to_owned(),
        severity: finding.map_or("", |finding| finding.severity.as_str()).to_owned(),
        confidence: finding.map_or("", |finding| finding.confidence.as_str()).to_owned(),
        sentence: entry.sentence.clone(),
        help: entry.help.clone(),
        fix: fix.map(|fix| Mend { title: fix.title.clone(), is_safe: fix.safety == Safety::Safe }),
        witness: rows(entry),
        snippets: snippets(&entry.places),
        spots: Vec::new(),
        fingerprints: Vec::new(),
    }
}
