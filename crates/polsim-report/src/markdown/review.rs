//! A review as Markdown: the same document as the page, without pictures and without the policies' texts.

use super::escape::{code, plain, text};
use super::run::{sign, table};
use super::sheet::Sheet;
use crate::review::{Answered, Evidence, FindingGroup, Outcome, Overview, Review, Snippet, Spot};
use crate::{CaseOutcome, Passage};
use std::fmt::Write as _;

/// How many places of one finding are named.
const MOST_SPOTS: usize = 5;

/// A review as Markdown, short enough for a comment on GitHub; ends with a line feed.
#[must_use]
pub fn to_review_markdown(review: &Review) -> String {
    let mut sheet = Sheet::default();
    sheet.add(&head(review));
    for problem in &review.problems {
        sheet.add(&evidence(problem));
    }
    if !review.claims.is_empty() {
        sheet.add("## Claims\n\n| | claim | suite |\n|---|---|---|\n");
        for claim in &review.claims {
            let (name, suite) = (text(&claim.name), code(&claim.suite));
            sheet.add(&format!("| {} | {name} | {suite} |\n", sign(claim.outcome)));
        }
        sheet.add("\n");
        let pressing =
            |claim: &&Answered| !matches!(claim.outcome, CaseOutcome::Holds | CaseOutcome::Skipped);
        for claim in review.claims.iter().filter(pressing) {
            sheet.add(&answered(claim));
        }
    }
    sheet.add("## Findings\n\n");
    if review.findings.is_empty() {
        sheet.add("The linter has nothing to say.\n\n");
    }
    for group in &review.findings {
        sheet.add(&finding(group));
    }
    for overview in &review.overviews {
        sheet.add(&environment(overview));
    }
    sheet.add(&policies(review));
    sheet.add(&basis(review));
    sheet.finish()
}

fn head(review: &Review) -> String {
    let line = &review.verdict;
    let (sign, word) = match line.outcome {
        Outcome::Holds => ("✅", "Holds"),
        Outcome::Fails => ("❌", "Fails"),
        Outcome::Undecided => ("❔", "Undecided"),
        Outcome::BadInput => ("⚠️", "Not complete"),
    };
    let findings = line.findings.each().map(|(severity, count)| format!("{count} {severity}")).join(", ");
    format!(
        "# Security review: {}\n\n**{sign} {word}**: {}.\n\n\
         | claims hold | fail | undecided | skipped | findings | policies | statements |\n|--:|--:|--:|--:|---|--:|--:|\n\
         | {} | {} | {} | {} | {findings} | {} | {} |\n\n",
        plain(&review.title),
        text(&line.sentence),
        line.claims.hold,
        line.claims.fail + line.claims.bad_input,
        line.claims.undecided,
        line.claims.skipped,
        line.policies,
        line.statements
    )
}

fn answered(claim: &Answered) -> String {
    let mut out = format!("### {} – {}\n\n", sign(claim.outcome), text(&claim.name));
    if claim.sentence != claim.name {
        let _ = writeln!(out, "{}.\n", text(&claim.sentence));
    }
    if let Some(passage) = &claim.passage {
        out.push_str(&way(passage));
    }
    for piece in &claim.evidence {
        out.push_str(&evidence(piece));
    }
    for note in &claim.notes {
        let _ = writeln!(out, "- {}", text(note));
    }
    out.push('\n');
    out
}

/// The picture in words.
fn way(passage: &Passage) -> String {
    let mut out = format!(
        "{} asks for {} on {} and is {}:\n\n",
        code(&passage.principal),
        code(&passage.action),
        code(&passage.resource),
        plain(&passage.verdict)
    );
    for station in &passage.stations {
        let by = station.statements.iter().map(|statement| text(statement)).collect::<Vec<_>>().join(", ");
        let by = if by.is_empty() { by } else { format!(": {by}") };
        let decides = if station.decides { " **and decides**" } else { "" };
        let _ = writeln!(out, "1. the {} {}{decides}{by}", plain(&station.layer), station.does.words());
    }
    out.push('\n');
    out
}

fn evidence(evidence: &Evidence) -> String {
    let mut out = String::from("- ");
    if matches!(evidence.level.as_str(), "error" | "warning" | "advice") {
        let _ = write!(out, "{}: ", evidence.level);
    }
    out.push_str(&text(&evidence.sentence));
    for snippet in &evidence.snippets {
        let _ = write!(out, " ({})", code(&at(&snippet.spot)));
    }
    out.push('\n');
    if let Some(help) = &evidence.help {
        let _ = writeln!(out, "  - {}", text(help));
    }
    out.push_str(&table(
        evidence.rows.iter().map(|row| (row.key.as_str(), row.value.as_str(), row.note.as_deref())),
    ));
    out
}

fn at(spot: &Spot) -> String {
    format!("{}:{}:{}", spot.path, spot.line, spot.column)
}

fn finding(group: &FindingGroup) -> String {
    let mut out = format!("### {} {}: {}\n\n", group.severity, group.code, text(&group.sentence));
    for spot in group.spots.iter().take(MOST_SPOTS) {
        let _ = writeln!(out, "- {}", code(&at(spot)));
    }
    if group.spots.len() > MOST_SPOTS {
        let _ = writeln!(out, "- and {} more places", group.spots.len() - MOST_SPOTS);
    }
    out.push('\n');
    if let Some(snippet) = group.snippets.first() {
        out.push_str(&quoted(snippet));
    }
    if !group.witness.is_empty() {
        out.push_str("This request shows it:\n");
        out.push_str(&table(
            group.witness.iter().map(|row| (row.key.as_str(), row.value.as_str(), row.note.as_deref())),
        ));
    }
    if let Some(help) = &group.help {
        let _ = writeln!(out, "{}\n", text(help));
    }
    out
}

/// Lines of a file in a block of code whose fence is longer than any in it.
fn quoted(snippet: &Snippet) -> String {
    let lines = snippet
        .lines
        .iter()
        .map(|line| format!("{:>4} {}\n", line.number, crate::harmless::harmless(&line.text)));
    let body: String = lines.collect();
    let longest = body.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest.max(2) + 1);
    format!("{fence}\n{body}{fence}\n\n")
}

fn environment(overview: &Overview) -> String {
    let mut out = format!(
        "## Environment\n\nWhat {} describes.\n\n| | name | policies |\n|---|---|---|\n",
        code(&overview.path)
    );
    for column in &overview.columns {
        for item in &column.items {
            let policies = item.policies.iter().map(|policy| plain(policy)).collect::<Vec<_>>().join(", ");
            let _ = writeln!(
                out,
                "| {} | {} {} | {policies} |",
                plain(&column.title),
                plain(&item.name),
                code(&item.detail)
            );
        }
    }
    out.push('\n');
    out
}

fn policies(review: &Review) -> String {
    let mut out = String::new();
    if let Some(coverage) = &review.coverage {
        let _ = writeln!(
            out,
            "## Coverage\n\nThe cases of suites exercise {} of {} statements.\n",
            coverage.covered, coverage.statements
        );
        for uncovered in &coverage.uncovered {
            let _ = write!(out, "- {} {}", code(&at(&uncovered.spot)), text(&uncovered.statement));
            let elements = plain(&uncovered.elements.join(", "));
            let _ = writeln!(out, "{}", if elements.is_empty() { elements } else { format!(": {elements}") });
        }
        out.push('\n');
    }
    if review.policies.is_empty() {
        return out;
    }
    out.push_str("## Policies\n\n| policy | type | on | statements |\n|---|---|---|--:|\n");
    for policy in &review.policies {
        let on = plain(&policy.hangs_on.join(", ").replace('`', ""));
        let number = policy.statements.len();
        let _ = writeln!(out, "| {} | {} | {on} | {number} |", code(&policy.name), policy.policy_type);
    }
    out.push('\n');
    for policy in &review.policies {
        for statement in &policy.statements {
            for note in &statement.notes {
                let at = format!("{}, statement {}", policy.name, statement.number);
                let _ = writeln!(out, "- {}: {}", code(&at), text(&note.text));
            }
        }
    }
    out.push('\n');
    out
}

fn basis(review: &Review) -> String {
    let by = &review.made_by;
    let mut out = String::from("## What this rests on\n\n");
    for assumed in &review.assumptions {
        let _ = writeln!(out, "- {}: {} ({})", assumed.id, text(&assumed.meaning), assumed.clause);
    }
    for note in &review.notes {
        let _ = writeln!(out, "- {}", text(note));
    }
    let _ = writeln!(
        out,
        "- {} {}, facts about services of {}; {}\n",
        by.name,
        by.version,
        plain(&by.reference_date),
        plain(&review.date)
    );
    if !review.inputs.is_empty() {
        out.push_str("| file | bytes | SHA-256 |\n|---|--:|---|\n");
        for input in &review.inputs {
            let _ = writeln!(out, "| {} | {} | `{}` |", code(&input.path), input.bytes, input.sha256);
        }
    }
    out
}
