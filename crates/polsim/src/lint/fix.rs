//! Mending what was found.
//!
//! A newcomer would doubt that a rule's word “safe” is not enough: a fix is made without being asked for only if the
//! prover certifies, on the very text, that the same requests are decided alike before and after.

use polsim_lint::{Change, Fix, Found, Linter, Safety, Text, change};
use polsim_text::{Edit, Limits, Source, Span};
use std::collections::{BTreeMap, BTreeSet};

/// How often a text is linted again after it was mended.
const MOST_ROUNDS: usize = 10;

/// Which fixes are made.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Fixes {
    /// None.
    #[default]
    None,
    /// Those after which the same requests are decided alike.
    Safe,
    /// All of them.
    All,
}

/// A text that was mended.
#[derive(Clone, Debug)]
pub struct Fixed {
    /// As it was.
    pub before: Source,
    /// As it is.
    pub after: Source,
    /// What was done, and what that does to the requests.
    pub made: Vec<String>,
}

/// Mends a text as far as that is wanted. `is_wanted` says of which findings.
pub(crate) fn mend(
    linter: &Linter,
    text: Text,
    fixes: Fixes,
    limits: &Limits,
    is_wanted: &dyn Fn(&Found, &Text) -> bool,
) -> (Text, Option<Fixed>) {
    let before = text.source.clone();
    let mut mending =
        Mending { linter, limits, is_wanted, text, made: BTreeMap::new(), refused: BTreeSet::new() };
    for _ in 0..MOST_ROUNDS {
        let is_changed =
            mending.round(Safety::Safe) || (fixes == Fixes::All && mending.round(Safety::Unsafe));
        if !is_changed {
            break;
        }
    }
    let made: Vec<String> = mending
        .made
        .into_iter()
        .map(|(what, times)| if times > 1 { format!("{what}, {times} times") } else { what })
        .collect();
    let fixed = (!made.is_empty()).then(|| Fixed { before, after: mending.text.source.clone(), made });
    (mending.text, fixed)
}

struct Mending<'m> {
    linter: &'m Linter,
    limits: &'m Limits,
    is_wanted: &'m dyn Fn(&Found, &Text) -> bool,
    text: Text,
    /// What was done and how often.
    made: BTreeMap<String, usize>,
    /// Fixes whose word was not good, with the text that they would have changed.
    refused: BTreeSet<(&'static str, String)>,
}

impl Mending<'_> {
    /// Lints and makes all fixes of one kind that go together; says whether there was one.
    fn round(&mut self, safety: Safety) -> bool {
        let found = self.linter.lint(&self.text);
        let wanted = found.iter().filter(|found| (self.is_wanted)(found, &self.text));
        let fixes = wanted.filter_map(|found| Some((found.rule.code, found.finding.fix.as_ref()?)));
        let mut chosen: Vec<(&'static str, &Fix)> = Vec::new();
        let mut taken: Vec<Span> = Vec::new();
        for (code, fix) in fixes.filter(|(_, fix)| fix.safety == safety) {
            let is_free = fix.edits.iter().all(|edit| taken.iter().all(|other| !meet(*other, edit.span)));
            let is_refused = safety == Safety::Safe && self.refused.contains(&(code, self.key(fix)));
            if is_free && !is_refused {
                taken.extend(fix.edits.iter().map(|edit| edit.span));
                chosen.push((code, fix));
            }
        }
        if chosen.is_empty() {
            return false;
        }
        if self.make(&chosen, safety) {
            return true;
        }
        // Together they are not certified; perhaps one by one.
        let mut is_changed = false;
        for one in &chosen {
            if !is_changed && self.make(std::slice::from_ref(one), safety) {
                is_changed = true;
            } else if !is_changed {
                let key = self.key(one.1);
                self.refused.insert((one.0, key));
            }
        }
        is_changed
    }

    /// A fix by what it changes into what.
    fn key(&self, fix: &Fix) -> String {
        let parts = fix
            .edits
            .iter()
            .map(|edit| format!("{}\u{0}{}\u{0}", self.text.source.slice(edit.span), edit.text));
        parts.collect()
    }

    /// Makes some fixes, if they may be made.
    fn make(&mut self, fixes: &[(&'static str, &Fix)], safety: Safety) -> bool {
        let edits: Vec<Edit> = fixes.iter().flat_map(|(_, fix)| fix.edits.iter().cloned()).collect();
        let Some(mended) = Edit::apply(&edits, self.text.source.text()) else { return false };
        if mended == self.text.source.text() {
            return false;
        }
        let source = Source::new(self.text.source.name(), mended);
        let new = text_as(source, &self.text, self.limits);
        let change = certify(&self.text, &new);
        if safety == Safety::Safe && change != Some(Change::Same) {
            return false;
        }
        for (code, fix) in fixes {
            let what = match (safety, change) {
                (Safety::Safe, _) => format!("{} ({code})", fix.title),
                (Safety::Unsafe, Some(change)) => format!("{} ({code}), which {change}", fix.title),
                (Safety::Unsafe, None) => {
                    format!("{} ({code}), in a document that AWS does not take before or after", fix.title)
                }
            };
            *self.made.entry(what).or_default() += 1;
        }
        self.text = new;
        true
    }
}

/// What a change of the text does; `None` when AWS would not take one of the two.
fn certify(old: &Text, new: &Text) -> Option<Change> {
    if old.documents.len() != new.documents.len() {
        return None;
    }
    let pairs = old.documents.iter().zip(&new.documents);
    let mut whole = Change::Same;
    for (old, new) in pairs {
        whole = match (whole, change(old.lawful()?, new.lawful()?)) {
            (Change::Same, change) | (change, Change::Same) => change,
            (one, other) if one == other => one,
            (Change::Unknown, _) | (_, Change::Unknown) => Change::Unknown,
            _ => Change::Both,
        };
    }
    Some(whole)
}

fn meet(one: Span, other: Span) -> bool {
    one.start() <= other.end() && other.start() <= one.end()
}

/// A changed text, read as what it was before.
fn text_as(source: Source, before: &Text, limits: &Limits) -> Text {
    let text = Text::parse(source, before.policy_type, limits).with(before.settings.clone());
    Text { guess: before.guess, reference: before.reference.clone(), ..text }
}
