//! A baseline: the findings that were there when a project began to lint, so that only new ones count.

use polsim_report::{Entry, Level};
use polsim_text::Source;
use serde::{Deserialize, Serialize};
use std::collections::HashMap;

/// The name and version of the schema.
const SCHEMA: &str = "polsim.baseline/1";

/// Findings by file, rule and fingerprint; of equal ones it counts how many there were.
#[derive(Debug, Default)]
pub(crate) struct Baseline {
    known: HashMap<Known, usize>,
}

/// A finding of a baseline.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Known {
    pub(crate) file: String,
    pub(crate) rule: String,
    pub(crate) fingerprint: String,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct BaselineJson {
    schema: String,
    findings: Vec<Known>,
}

impl Baseline {
    /// Reads a baseline.
    pub(crate) fn read(source: &Source) -> Result<Self, Box<Entry>> {
        let wrong = |sentence: String| Box::new(Entry::new(Level::Error, sentence).with_code("INP024"));
        let json: BaselineJson = serde_json::from_str(source.text())
            .map_err(|error| wrong(format!("{} is no baseline: {error}", source.name())))?;
        if json.schema != SCHEMA {
            let sentence = format!("{} has the schema `{}`, not `{SCHEMA}`", source.name(), json.schema);
            return Err(wrong(sentence));
        }
        let mut baseline = Self::default();
        for known in json.findings {
            *baseline.known.entry(known).or_default() += 1;
        }
        Ok(baseline)
    }

    /// Whether a finding was there before. Each one of the baseline is good for one finding.
    pub(crate) fn takes(&mut self, known: &Known) -> bool {
        match self.known.get_mut(known) {
            Some(left) if *left > 0 => {
                *left -= 1;
                true
            }
            _ => false,
        }
    }

    /// How many findings of the baseline are gone.
    pub(crate) fn gone(&self) -> usize {
        self.known.values().sum()
    }

    /// Findings as the text of a baseline, in a fixed order.
    pub(crate) fn write(mut findings: Vec<Known>) -> String {
        findings.sort();
        let json = BaselineJson { schema: SCHEMA.to_owned(), findings };
        // Strings under fixed names: this cannot fail.
        serde_json::to_string_pretty(&json).map_or(String::new(), |text| text + "\n")
    }
}
