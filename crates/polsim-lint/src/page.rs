//! The page of a rule: what `docs/rules` has and `polsim rule` prints.

use crate::applies::Types;
use crate::rule::{Phase, Rule};
use polsim_policy::PolicyType;
use std::fmt::Write as _;

impl Rule {
    /// The page of the rule, in Markdown.
    #[must_use]
    pub fn page(&self) -> String {
        let doc = &self.doc;
        let mut page = format!("# {} `{}`\n\n", self.code, self.name);
        let _ = writeln!(page, "{}\n", self.facts().join(" · "));
        let _ = writeln!(page, "{}\n\n## Why\n\n{}\n\n## Bad", doc.what, doc.why);
        doc.bad.iter().for_each(|example| example.write(&mut page));
        page.push_str("\n## Good\n");
        doc.good.iter().for_each(|example| example.write(&mut page));
        let _ = writeln!(page, "\n## Fix\n\n{}\n\n## Source\n\n{}", doc.fix, doc.source);
        page
    }

    /// The first sentence of what it looks for.
    #[must_use]
    pub fn summary(&self) -> &'static str {
        let what = self.doc.what;
        what.find(". ").and_then(|at| what.get(..=at)).unwrap_or(what)
    }

    fn facts(&self) -> Vec<String> {
        let mut facts =
            vec![format!("severity {}", self.severity), format!("confidence {}", self.confidence)];
        if self.opt_in {
            facts.push("only when selected".to_owned());
        }
        if self.applies != Types::ALL {
            let types: Vec<&str> = self.applies.iter().map(PolicyType::as_str).collect();
            facts.push(format!("types {}", types.join(", ")));
        }
        if matches!(self.phase, Phase::Prover) {
            facts.push("asks the prover".to_owned());
        }
        let aliases = self.aliases.iter().map(|alias| format!("`{}:{}`", alias.origin.prefix(), alias.name));
        let aliases: Vec<String> = aliases.collect();
        if !aliases.is_empty() {
            facts.push(format!("also {}", aliases.join(", ")));
        }
        facts
    }
}
