//! Which rules run: by code, by the beginning of a code, by name, by what another checker calls them.

use crate::alias::Origin;
use crate::rule::Rule;

/// What selects rules.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Selector {
    /// Every rule.
    All,
    /// The rules whose code begins so.
    Code(String),
    /// The rule of that name.
    Name(String),
    /// The rules that another checker calls so.
    Alias {
        /// The checker: `aws`, `parliament` or `cloudsplaining`.
        prefix: &'static str,
        /// The name.
        name: String,
    },
}

/// The text selects no rule.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` selects no rule")]
pub struct UnknownSelector(pub String);

/// Which rules run.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Selection {
    /// Those that run; when empty, every rule that is not opt-in.
    pub select: Vec<Selector>,
    /// Those that do not run all the same.
    pub ignore: Vec<Selector>,
}

impl Selector {
    /// Reads a selector that selects at least one rule of a registry.
    ///
    /// # Errors
    /// It selects none.
    pub fn parse(text: &str, registry: &[&Rule]) -> Result<Self, UnknownSelector> {
        let selector = Self::read(text.trim());
        if registry.iter().any(|rule| selector.selects(rule)) {
            Ok(selector)
        } else {
            Err(UnknownSelector(text.to_owned()))
        }
    }

    fn read(text: &str) -> Self {
        if let Some((prefix, name)) = text.split_once(':') {
            let prefix = match prefix.to_ascii_lowercase().as_str() {
                "aa" | "aws" => Origin::AwsError.prefix(),
                "parliament" => Origin::Parliament.prefix(),
                "cloudsplaining" => Origin::Cloudsplaining.prefix(),
                _ => return Self::Name(text.to_owned()),
            };
            return Self::Alias { prefix, name: name.to_owned() };
        }
        let is_code = text.chars().all(|c| c.is_ascii_uppercase() || c.is_ascii_digit());
        match text {
            "ALL" | "all" => Self::All,
            _ if is_code && !text.is_empty() => Self::Code(text.to_owned()),
            _ => Self::Name(text.to_owned()),
        }
    }

    /// Whether it selects a rule.
    #[must_use]
    pub fn selects(&self, rule: &Rule) -> bool {
        match self {
            Self::All => true,
            Self::Code(code) => rule.code.starts_with(code.as_str()),
            Self::Name(name) => rule.name == name,
            Self::Alias { prefix, name } => {
                let mut aliases = rule.aliases.iter();
                aliases.any(|alias| alias.origin.prefix() == *prefix && alias.name == name)
            }
        }
    }
}

impl Selection {
    /// Whether a rule runs.
    #[must_use]
    pub fn runs(&self, rule: &Rule) -> bool {
        let selected = if self.select.is_empty() {
            !rule.opt_in
        } else {
            self.select.iter().any(|selector| selector.selects(rule))
        };
        selected && !self.ignore.iter().any(|selector| selector.selects(rule))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::alias::{aws_error, parliament};

    const RULE: Rule = Rule {
        code: "SYN012",
        name: "unique-sids",
        aliases: &[aws_error("UNIQUE_SIDS_REQUIRED"), parliament("DUPLICATE_SID")],
        ..Rule::DEFAULT
    };
    const OTHER: Rule = Rule { code: "VPE019", name: "endpoint-presigned", opt_in: true, ..Rule::DEFAULT };

    #[test]
    fn a_rule_is_selected_by_any_of_its_names() {
        let names =
            ["SYN012", "SYN", "SYN0", "unique-sids", "AA:UNIQUE_SIDS_REQUIRED", "aws:UNIQUE_SIDS_REQUIRED"];
        for text in names.into_iter().chain(["parliament:DUPLICATE_SID", "ALL"]) {
            assert!(Selector::parse(text, &[&RULE]).unwrap().selects(&RULE), "{text}");
        }
        for text in ["SYN013", "VPE", "sids", "parliament:UNIQUE_SIDS_REQUIRED", "xx:DUPLICATE_SID", ""] {
            assert!(Selector::parse(text, &[&RULE]).is_err(), "{text}");
        }
    }

    #[test]
    fn opt_in_rules_run_only_when_they_are_selected() {
        let code = |code: &str| Selector::Code(code.to_owned());
        let all = Selection::default();
        assert!(all.runs(&RULE) && !all.runs(&OTHER));
        let some = Selection { select: vec![code("VPE")], ignore: vec![] };
        assert!(!some.runs(&RULE) && some.runs(&OTHER));
        let none = Selection { select: vec![code("VPE")], ignore: vec![code("VPE01")] };
        assert!(!none.runs(&OTHER));
    }
}
