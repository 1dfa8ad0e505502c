//! Findings that somebody has looked at and wants to be silent about, with a reason.
//!
//! JSON has no comments and AWS refuses unknown elements, so nothing of this stands in the policy: an ignore points at a
//! statement from outside, best by its `Sid`, which survives a change of order.

use crate::engine::Found;
use crate::fingerprint::fingerprint;
use crate::select::Selector;
use crate::text::Text;
use polsim_policy::{ElementName, Statement};
use polsim_text::json::{Node, path_to, pointer};
use polsim_value::Instant;

/// What is to be silent.
#[derive(Clone, Debug)]
pub struct Ignore {
    /// The rules.
    pub rules: Vec<Selector>,
    /// Where.
    pub at: IgnoreAt,
    /// When it ends.
    pub expires: Option<Instant>,
    /// What the finding has to be, so that a changed statement is looked at again.
    pub fingerprint: Option<String>,
}

/// Where findings are ignored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum IgnoreAt {
    /// In the whole file.
    Everywhere,
    /// In the statement with this `Sid`.
    Sid(String),
    /// In the statement at this place, counted from one.
    Statement(usize),
    /// At this JSON pointer and below.
    Path(String),
}

/// What an ignore does with a finding.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ignored {
    /// It does not speak of it.
    No,
    /// It silences it.
    Yes,
    /// It would, but has expired.
    Expired,
    /// It would, but the statement is no longer what was looked at.
    Changed,
}

impl Ignore {
    /// What it does with a finding in a text. Without a date in the settings nothing expires.
    #[must_use]
    pub fn judge(&self, found: &Found, text: &Text) -> Ignored {
        let speaks =
            self.rules.iter().any(|selector| selector.selects(found.rule)) && self.is_at(found, text);
        if !speaks {
            return Ignored::No;
        }
        let has_ended = |now: &Instant| self.expires.as_ref().is_some_and(|end| end < now);
        if text.settings.now.as_ref().is_some_and(has_ended) {
            return Ignored::Expired;
        }
        match &self.fingerprint {
            Some(known) if *known != fingerprint(found, text) => Ignored::Changed,
            _ => Ignored::Yes,
        }
    }

    fn is_at(&self, found: &Found, text: &Text) -> bool {
        let place = found.finding.place.span;
        match &self.at {
            IgnoreAt::Everywhere => true,
            IgnoreAt::Sid(sid) => text.documents.iter().any(|document| {
                let has_it =
                    |statement: &&Statement| statement.sid.as_ref().is_some_and(|s| s.value.0 == *sid);
                let mut those = document.policy.statements.iter().filter(has_it);
                // A name that two statements share points at neither.
                those.next().is_some_and(|statement| statement.span.contains(place)) && those.next().is_none()
            }),
            IgnoreAt::Statement(number) => text.documents.iter().any(|document| {
                let list = document.node.get(ElementName::Statement.as_str()).map(Node::one_or_many);
                let statement = list.and_then(|list| list.get(number.checked_sub(1)?));
                statement.is_some_and(|statement| statement.span.contains(place))
            }),
            IgnoreAt::Path(path) => text.documents.iter().any(|document| {
                let found = pointer(&path_to(&document.node, place));
                document.span.contains(place)
                    && found
                        .strip_prefix(path.as_str())
                        .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
            }),
        }
    }
}
