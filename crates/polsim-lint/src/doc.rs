//! What a rule says about itself: one text for `docs/rules`, for `polsim rule` and for the tests.

use crate::settings::{SettingError, Settings};
use crate::site_example::SiteExample;
use crate::text::Text;
use polsim_policy::PolicyType;
use polsim_text::{Limits, Source};
use std::fmt::Write as _;

/// The documentation of a rule. Sentences are Markdown and end with a full stop.
#[derive(Clone, Copy, Debug)]
pub struct Doc {
    /// What the rule looks for; its first sentence is the summary in tables.
    pub what: &'static str,
    /// Why that is bad.
    pub why: &'static str,
    /// Policies that it finds something in.
    pub bad: &'static [Example],
    /// Policies that look alike and are fine.
    pub good: &'static [Example],
    /// How to mend it, and whether `--fix` does.
    pub fix: &'static str,
    /// Where the rule comes from: clauses of the law, pages of AWS.
    pub source: &'static str,
}

/// A policy that shows what a rule finds or does not find.
#[derive(Clone, Copy, Debug)]
pub struct Example {
    /// Its type.
    pub policy_type: PolicyType,
    /// A document, or its statements.
    text: &'static str,
    /// Whether the text is what stands in the list of statements.
    is_statements: bool,
    /// How many letters `…` stands for.
    long: usize,
    /// Settings by name.
    given: &'static [(&'static str, &'static str)],
    /// Further policies of the project.
    beside: &'static [Example],
    /// A network instead of a policy.
    site: Option<SiteExample>,
}

impl Example {
    /// A policy of the current version with these statements: objects, separated by commas.
    #[must_use]
    pub const fn statements(policy_type: PolicyType, text: &'static str) -> Self {
        Self { policy_type, text, is_statements: true, long: 0, given: &[], beside: &[], site: None }
    }

    /// A whole text, as it is.
    #[must_use]
    pub const fn document(policy_type: PolicyType, text: &'static str) -> Self {
        Self { is_statements: false, ..Self::statements(policy_type, text) }
    }

    /// A network.
    #[must_use]
    pub const fn site(site: SiteExample) -> Self {
        Self { site: Some(site), ..Self::document(PolicyType::Identity, "") }
    }

    /// The network, when it is one.
    #[must_use]
    pub fn network(&self) -> Option<&SiteExample> {
        self.site.as_ref()
    }

    /// The same with so many letters in place of `…`.
    #[must_use]
    pub const fn long(mut self, letters: usize) -> Self {
        self.long = letters;
        self
    }

    /// The same with settings, by name and value.
    #[must_use]
    pub const fn given(mut self, settings: &'static [(&'static str, &'static str)]) -> Self {
        self.given = settings;
        self
    }

    /// The same in a project with further policies.
    #[must_use]
    pub const fn beside(mut self, policies: &'static [Example]) -> Self {
        self.beside = policies;
        self
    }

    /// The text of the policy.
    #[must_use]
    pub fn text(&self) -> String {
        if let Some(site) = &self.site {
            return site.text().to_owned();
        }
        let text = dedented(self.text);
        if !self.is_statements {
            return text;
        }
        let mut document = String::from("{\n  \"Version\": \"2012-10-17\",\n  \"Statement\": [\n");
        for line in text.lines() {
            let _ = writeln!(document, "    {line}");
        }
        document + "  ]\n}"
    }

    /// All policies of the example as texts to lint, this one first; a network has none.
    ///
    /// # Errors
    /// A setting does not exist or has no such value.
    pub fn texts(&self) -> Result<Vec<Text>, SettingError> {
        if self.site.is_some() {
            return Ok(Vec::new());
        }
        let mut settings = Settings::default();
        for (name, value) in self.given {
            settings.set(name, value)?;
        }
        let policies = std::iter::once(self).chain(self.beside);
        let texts = policies.enumerate().map(|(at, example)| {
            let mut text = example.text();
            if example.long > 0 {
                text = text.replace('…', &"x".repeat(example.long));
            }
            let source = Source::new(format!("{}.json", at + 1), text);
            Text::parse(source, example.policy_type, &Limits::default()).with(settings.clone())
        });
        Ok(texts.collect())
    }

    /// Adds it to a page.
    pub(crate) fn write(&self, markdown: &mut String) {
        if let Some(site) = &self.site {
            return site.write(markdown);
        }
        let _ = write!(markdown, "\nType `{}`", self.policy_type);
        for (name, value) in self.given {
            let _ = write!(markdown, ", `{name} = \"{value}\"`");
        }
        if self.long > 0 {
            let _ = write!(markdown, ", with {} letters in place of `…`", self.long);
        }
        let _ = write!(markdown, ":\n\n```json\n{}\n```\n", self.text());
        for example in self.beside {
            let _ = write!(markdown, "\nwith, of type `{}`", example.policy_type);
            let _ = write!(markdown, ":\n\n```json\n{}\n```\n", example.text());
        }
    }
}

/// Without the blanks that all lines but the first have in front.
fn dedented(text: &str) -> String {
    let indent = |line: &str| line.len() - line.trim_start_matches(' ').len();
    let rest = text.lines().skip(1).filter(|line| !line.trim().is_empty());
    let common = rest.map(indent).min().unwrap_or(0);
    let lines = text
        .lines()
        .enumerate()
        .map(|(at, line)| if at == 0 { line } else { line.get(common.min(indent(line))..).unwrap_or(line) });
    lines.collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn statements_become_a_document() {
        let example = Example::statements(
            PolicyType::Identity,
            r#"{
                "Effect": "Allow"
            }"#,
        );
        let expected = "{\n  \"Version\": \"2012-10-17\",\n  \"Statement\": [\n    {\n        \"Effect\": \"Allow\"\n    }\n  ]\n}";
        assert_eq!(example.text(), expected);
        let document = Example::document(PolicyType::Identity, "{}");
        assert_eq!(document.text(), "{}");
    }
}
