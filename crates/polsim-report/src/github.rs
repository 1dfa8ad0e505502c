//! Reports for GitHub Actions: workflow commands, which become annotations of the changed lines.

use crate::entry::{Entry, Level, Place};
use crate::report::Report;
use crate::{CaseOutcome, Run};
use std::fmt::Write as _;

/// A report as workflow commands, one a line, and its headline.
#[must_use]
pub fn to_github(report: &Report) -> String {
    let mut lines: String = report.entries.iter().map(|entry| command(entry) + "\n").collect();
    let _ = writeln!(lines, "{}: {}", report.conclusion.words(), report.headline);
    lines
}

/// Cases as workflow commands: an annotation for each that does not hold, where it is written, and one where the
/// statement stands that decides it; at the end the counts.
#[must_use]
pub fn run_to_github(run: &Run) -> String {
    let mut lines = String::new();
    for case in &run.cases {
        let name = match case.outcome {
            CaseOutcome::Holds | CaseOutcome::Skipped => continue,
            CaseOutcome::Undecided => "warning",
            CaseOutcome::Fails | CaseOutcome::BadInput => "error",
        };
        let told: Vec<&str> = case.answer.entries.iter().map(|entry| entry.sentence.as_str()).collect();
        let text = format!("{}\n{}", case.answer.headline, told.join("\n"));
        let mut properties = case.place.as_ref().map_or(Vec::new(), place_of);
        properties.push(format!("title={}", property(&case.name)));
        let _ = writeln!(lines, "::{name} {}::{}", properties.join(","), data(text.trim_end()));
        let deciding = case.answer.entries.iter().filter(|entry| !entry.places.is_empty());
        for entry in deciding {
            let _ = writeln!(lines, "{}", command(entry));
        }
    }
    let _ = writeln!(lines, "{}", run.counts());
    lines
}

fn command(entry: &Entry) -> String {
    let name = match entry.level {
        Level::Error | Level::Denies => "error",
        Level::Warning => "warning",
        Level::Advice | Level::Allows | Level::Fact => "notice",
    };
    let mut properties = entry.primary().map_or(Vec::new(), place_of);
    let title = match (&entry.finding, entry.code) {
        (Some(finding), _) => Some(format!("{} {}", finding.rule.code, finding.rule.name)),
        (None, code) => code.map(str::to_owned),
    };
    properties.extend(title.map(|title| format!("title={}", property(&title))));
    let help = entry.help.as_ref().map(|help| format!("\n{help}")).unwrap_or_default();
    format!("::{name} {}::{}", properties.join(","), data(&format!("{}{help}", entry.sentence)))
}

/// Where an annotation goes.
fn place_of(place: &Place) -> Vec<String> {
    let (start, end) = (place.source.position(place.span.start()), place.source.position(place.span.end()));
    let mut properties = vec![
        format!("file={}", property(place.source.name())),
        format!("line={},endLine={}", start.line, end.line),
    ];
    // Columns count only within one line.
    if start.line == end.line {
        properties.push(format!("col={},endColumn={}", start.column, end.column));
    }
    properties
}

fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::*;
    use polsim_text::{Source, Span};

    #[test]
    fn what_ends_a_command_or_a_property_is_escaped() {
        let source = Source::new("a,b:c.json", "{\n}");
        let entry = Entry::new(Level::Warning, "100%\nsure")
            .with_code("X")
            .at(Place::primary(&source, Span::new(0, 1)));
        let expected =
            "::warning file=a%2Cb%3Ac.json,line=1,endLine=1,col=1,endColumn=2,title=X::100%25%0Asure";
        assert_eq!(command(&entry), expected);
    }
}
