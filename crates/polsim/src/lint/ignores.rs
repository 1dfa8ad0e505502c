//! Which findings are silenced, and which ignores silence none.

use crate::lint::config::{Config, ConfiguredIgnore};
use polsim_lint::{Found, IgnoreAt, Ignored, Text};
use polsim_report::{Entry, Level, Place};
use std::collections::BTreeSet;
use std::path::Path;

/// The ignores of a project while findings are held against them.
#[derive(Debug)]
pub(crate) struct Ignores<'c> {
    config: &'c Config,
    used: BTreeSet<usize>,
    expired: BTreeSet<usize>,
    changed: BTreeSet<usize>,
    /// How many findings were silenced.
    pub(crate) silenced: usize,
}

impl<'c> Ignores<'c> {
    pub(crate) fn new(config: &'c Config) -> Self {
        Self {
            config,
            used: BTreeSet::new(),
            expired: BTreeSet::new(),
            changed: BTreeSet::new(),
            silenced: 0,
        }
    }

    /// Whether a finding is silenced.
    pub(crate) fn silence(&mut self, found: &Found, text: &Text, file: &Path) -> bool {
        let mut silenced = false;
        for (at, ignore) in self.config.ignores.iter().enumerate() {
            if !self.config.covers(ignore, file) {
                continue;
            }
            match ignore.ignore.judge(found, text) {
                Ignored::No => continue,
                Ignored::Yes => silenced = true,
                Ignored::Expired => _ = self.expired.insert(at),
                Ignored::Changed => _ = self.changed.insert(at),
            }
            self.used.insert(at);
        }
        self.silenced += usize::from(silenced);
        silenced
    }

    /// What is wrong with the ignores themselves. `is_whole` says whether everything that they may speak of was linted.
    pub(crate) fn entries(&self, is_whole: bool) -> Vec<Entry> {
        let all = self.config.ignores.iter().enumerate();
        let entries = all.filter_map(|(at, ignore)| {
            if self.expired.contains(&at) {
                let sentence = "this ignore has expired, and what it silenced is still there";
                Some(
                    entry("SUP003", sentence, ignore)
                        .with_help("mend the policy, or give the ignore a new date"),
                )
            } else if self.changed.contains(&at) {
                let sentence = "the statement that this ignore speaks of has changed since it was looked at";
                let help = "look at it again and take over its new fingerprint, or remove the ignore";
                Some(entry("SUP004", sentence, ignore).with_help(help))
            } else if !self.used.contains(&at) && is_whole {
                let sentence = "this ignore silences nothing";
                Some(entry("SUP002", sentence, ignore).with_help("remove it"))
            } else if matches!(ignore.ignore.at, IgnoreAt::Statement(_)) {
                let sentence =
                    "this ignore points at a statement by its number, which changes with the order";
                let help = "give the statement a `Sid` and write `sid = \"…\"`";
                Some(entry("SUP001", sentence, ignore).with_help(help))
            } else {
                None
            }
        });
        entries.collect()
    }
}

fn entry(code: &'static str, sentence: &str, ignore: &ConfiguredIgnore) -> Entry {
    let place = Place::primary(&ignore.source, ignore.span).saying(format!("because: {}", ignore.reason));
    Entry::new(Level::Warning, sentence).with_code(code).at(place)
}
