//! `polsim.toml`: what a project says about its policies and what it wants to be silent about.
//!
//! ```toml
//! [lint]
//! select = ["ALL"]                      # default: every rule that is not opt-in
//! ignore = ["SYN111"]
//! fail-on = "high"                      # default: medium
//! baseline = "polsim-baseline.json"
//!
//! [[paths]]                             # the first that matches a file tells its type and settings
//! files = ["endpoints/**/*.json"]
//! type = "endpoint"
//! endpoint-id = "vpce-1a2b3c4d"         # any setting of the rules
//! ignore = ["VPE013"]
//!
//! [[ignore]]
//! rules = ["VPE011"]
//! files = ["policies/prod/*.json"]      # default: all
//! sid = "DenyOutsideVpce"               # or statement = 2, or path = "/Statement/2/Condition"
//! reason = "the break-glass role is exempt"
//! expires = 2027-01-31                  # held against --now
//! fingerprint = "0123456789abcdef"      # of the finding, from JSON output
//! ```

use crate::lint::files::matcher;
use globset::GlobMatcher;
use polsim_lint::{Ignore, IgnoreAt, Rule, Selector, Settings, Severity};
use polsim_policy::PolicyType;
use polsim_report::{Entry, Level, Place};
use polsim_text::{Source, Span};
use polsim_value::Instant;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use toml::Spanned;

/// A project file, read and checked.
#[derive(Debug, Default)]
pub(crate) struct Config {
    /// The folder that its paths are relative to.
    pub(crate) folder: PathBuf,
    pub(crate) select: Vec<Selector>,
    pub(crate) ignore: Vec<Selector>,
    pub(crate) fail_on: Option<Severity>,
    pub(crate) baseline: Option<PathBuf>,
    pub(crate) paths: Vec<PathSettings>,
    pub(crate) ignores: Vec<ConfiguredIgnore>,
}

/// What is said of some files.
#[derive(Debug)]
pub(crate) struct PathSettings {
    pub(crate) files: Vec<GlobMatcher>,
    pub(crate) policy_type: Option<PolicyType>,
    pub(crate) ignore: Vec<Selector>,
    pub(crate) settings: Vec<(String, String)>,
}

/// An ignore and where it stands.
#[derive(Debug)]
pub(crate) struct ConfiguredIgnore {
    pub(crate) files: Vec<GlobMatcher>,
    pub(crate) ignore: Ignore,
    pub(crate) reason: String,
    pub(crate) source: Source,
    pub(crate) span: Span,
}

impl Config {
    /// What is said of a file: the first entry that matches it.
    pub(crate) fn of(&self, file: &Path) -> Option<&PathSettings> {
        let name = self.relative(file)?;
        self.paths.iter().find(|paths| paths.files.iter().any(|glob| glob.is_match(&name)))
    }

    /// Whether an ignore speaks of a file.
    pub(crate) fn covers(&self, ignore: &ConfiguredIgnore, file: &Path) -> bool {
        ignore.files.is_empty()
            || self.relative(file).is_some_and(|name| ignore.files.iter().any(|glob| glob.is_match(&name)))
    }

    /// A file as it is named in the project.
    pub(crate) fn relative(&self, file: &Path) -> Option<PathBuf> {
        let file = std::path::absolute(file).ok()?;
        Some(file.strip_prefix(&self.folder).ok()?.to_owned())
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ProjectToml {
    #[serde(default)]
    lint: LintToml,
    #[serde(default)]
    paths: Vec<Spanned<PathsToml>>,
    #[serde(default)]
    ignore: Vec<Spanned<IgnoreToml>>,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct LintToml {
    #[serde(default)]
    select: Vec<Spanned<String>>,
    #[serde(default)]
    ignore: Vec<Spanned<String>>,
    fail_on: Option<Spanned<String>>,
    baseline: Option<PathBuf>,
}

#[derive(Deserialize)]
struct PathsToml {
    files: Vec<Spanned<String>>,
    #[serde(rename = "type")]
    policy_type: Option<Spanned<String>>,
    #[serde(default)]
    ignore: Vec<Spanned<String>>,
    #[serde(flatten)]
    settings: BTreeMap<String, SettingToml>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum SettingToml {
    One(String),
    Many(Vec<String>),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct IgnoreToml {
    rules: Vec<Spanned<String>>,
    #[serde(default)]
    files: Vec<Spanned<String>>,
    sid: Option<String>,
    statement: Option<usize>,
    path: Option<String>,
    reason: String,
    expires: Option<Spanned<toml::value::Datetime>>,
    fingerprint: Option<String>,
}

/// Reads a project file; what is wrong with it is told with its place.
pub(crate) fn read(
    source: &Source,
    folder: PathBuf,
    registry: &[&'static Rule],
) -> Result<Config, Vec<Entry>> {
    let toml: ProjectToml = toml::from_str(source.text()).map_err(|error| {
        let span = error.span().map_or(Span::at(0), |range| Span::new(range.start, range.end));
        vec![wrong(source, span, error.message().to_owned())]
    })?;
    let mut reading = Reading { source, registry, wrong: Vec::new() };
    let mut config = Config {
        folder,
        select: reading.selectors(&toml.lint.select),
        ignore: reading.selectors(&toml.lint.ignore),
        baseline: toml.lint.baseline,
        ..Config::default()
    };
    config.fail_on = toml.lint.fail_on.and_then(|word| reading.parsed(&word));
    for paths in toml.paths {
        config.paths.push(reading.paths(paths));
    }
    for ignore in toml.ignore {
        config.ignores.extend(reading.ignore(ignore));
    }
    if reading.wrong.is_empty() { Ok(config) } else { Err(reading.wrong) }
}

struct Reading<'r> {
    source: &'r Source,
    registry: &'r [&'static Rule],
    wrong: Vec<Entry>,
}

fn wrong(source: &Source, span: Span, sentence: String) -> Entry {
    Entry::new(Level::Error, sentence).with_code("INP023").at(Place::primary(source, span))
}

fn span<T>(spanned: &Spanned<T>) -> Span {
    Span::new(spanned.span().start, spanned.span().end)
}

impl Reading<'_> {
    fn is_wrong(&mut self, span: Span, sentence: impl ToString) {
        self.wrong.push(wrong(self.source, span, sentence.to_string()));
    }

    fn selectors(&mut self, texts: &[Spanned<String>]) -> Vec<Selector> {
        let mut selectors = Vec::new();
        for text in texts {
            match Selector::parse(text.get_ref(), self.registry) {
                Ok(selector) => selectors.push(selector),
                Err(error) => self.is_wrong(span(text), error),
            }
        }
        selectors
    }

    fn parsed<T: std::str::FromStr<Err: std::fmt::Display>>(&mut self, text: &Spanned<String>) -> Option<T> {
        text.get_ref().parse().map_err(|error| self.is_wrong(span(text), error)).ok()
    }

    fn globs(&mut self, texts: &[Spanned<String>]) -> Vec<GlobMatcher> {
        let mut globs = Vec::new();
        for text in texts {
            match matcher(text.get_ref()) {
                Ok(glob) => globs.push(glob),
                Err(error) => self.is_wrong(span(text), error),
            }
        }
        globs
    }

    fn paths(&mut self, spanned: Spanned<PathsToml>) -> PathSettings {
        let whole = span(&spanned);
        let toml = spanned.into_inner();
        let mut settings = Vec::new();
        for (name, value) in toml.settings {
            let value = match value {
                SettingToml::One(text) => text,
                SettingToml::Many(texts) => texts.join(","),
            };
            match Settings::default().set(&name, &value) {
                Ok(()) => settings.push((name, value)),
                Err(error) => self.is_wrong(whole, error),
            }
        }
        PathSettings {
            files: self.globs(&toml.files),
            policy_type: toml.policy_type.and_then(|word| self.parsed(&word)),
            ignore: self.selectors(&toml.ignore),
            settings,
        }
    }

    fn ignore(&mut self, spanned: Spanned<IgnoreToml>) -> Option<ConfiguredIgnore> {
        let whole = span(&spanned);
        let toml = spanned.into_inner();
        let at = match (toml.sid, toml.statement, toml.path) {
            (None, None, None) => IgnoreAt::Everywhere,
            (Some(sid), None, None) => IgnoreAt::Sid(sid),
            (None, Some(statement), None) => IgnoreAt::Statement(statement),
            (None, None, Some(path)) => IgnoreAt::Path(path),
            _ => {
                self.is_wrong(whole, "an ignore has one of `sid`, `statement` and `path`");
                return None;
            }
        };
        if toml.reason.trim().is_empty() {
            self.is_wrong(whole, "an ignore says its reason");
        }
        let expires = toml.expires.and_then(|date| {
            let instant = Instant::read(&date.get_ref().to_string());
            if instant.is_none() {
                self.is_wrong(span(&date), "write a date like 2027-01-31");
            }
            instant
        });
        let rules = self.selectors(&toml.rules);
        let ignore = Ignore { rules, at, expires, fingerprint: toml.fingerprint };
        Some(ConfiguredIgnore {
            files: self.globs(&toml.files),
            ignore,
            reason: toml.reason,
            source: self.source.clone(),
            span: whole,
        })
    }
}
