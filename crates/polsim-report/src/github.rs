//! Reports for GitHub Actions: workflow commands, which become annotations of the changed lines.

use crate::entry::{Entry, Level};
use crate::report::Report;
use std::fmt::Write as _;

/// A report as workflow commands, one a line, and its headline.
#[must_use]
pub fn to_github(report: &Report) -> String {
    let mut lines: String = report.entries.iter().map(|entry| command(entry) + "\n").collect();
    let _ = writeln!(lines, "{}: {}", report.conclusion.words(), report.headline);
    lines
}

fn command(entry: &Entry) -> String {
    let name = match entry.level {
        Level::Error | Level::Denies => "error",
        Level::Warning => "warning",
        Level::Advice | Level::Allows | Level::Fact => "notice",
    };
    let mut properties = Vec::new();
    if let Some(place) = entry.primary() {
        let (start, end) =
            (place.source.position(place.span.start()), place.source.position(place.span.end()));
        properties.push(format!("file={}", property(place.source.name())));
        properties.push(format!("line={},endLine={}", start.line, end.line));
        // Columns count only within one line.
        if start.line == end.line {
            properties.push(format!("col={},endColumn={}", start.column, end.column));
        }
    }
    let title = match (&entry.finding, entry.code) {
        (Some(finding), _) => Some(format!("{} {}", finding.rule.code, finding.rule.name)),
        (None, code) => code.map(str::to_owned),
    };
    properties.extend(title.map(|title| format!("title={}", property(&title))));
    let help = entry.help.as_ref().map(|help| format!("\n{help}")).unwrap_or_default();
    format!("::{name} {}::{}", properties.join(","), data(&format!("{}{help}", entry.sentence)))
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
    use crate::Place;
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
