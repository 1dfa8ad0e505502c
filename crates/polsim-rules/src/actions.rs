//! The actions of a statement as the reference knows them.

use polsim_arn::ActionPattern;
use polsim_policy::Statement;
use polsim_reference::{Action, Reference, Service};
use polsim_text::Spanned;

/// Whether an entry names one action.
pub(crate) fn is_exact(entry: &ActionPattern) -> bool {
    !entry.folded().contains(['*', '?'])
}

/// The action that an entry names, when it names one that is known.
pub(crate) fn named<'r>(reference: &'r Reference, entry: &ActionPattern) -> Option<Action<'r>> {
    let (prefix, name) = entry.folded().split_once(':').filter(|_| is_exact(entry))?;
    reference.service(prefix)?.action(name)
}

/// The known actions that an entry with a service matches; none for `*`.
pub(crate) fn matched<'r>(reference: &'r Reference, entry: &ActionPattern) -> Vec<Action<'r>> {
    let Some(prefix) = entry.service() else { return Vec::new() };
    if is_exact(entry) {
        return named(reference, entry).into_iter().collect();
    }
    let Some(service) = reference.service(prefix) else { return Vec::new() };
    match entry.folded().split_once(':') {
        Some((_, "*")) => service.actions().collect(),
        _ => service.matching(entry).collect(),
    }
}

/// Whether a service has an action that an entry with wildcards matches.
pub(crate) fn matches_any(service: &Service, entry: &ActionPattern) -> bool {
    let name = entry.folded().split_once(':').map_or("", |(_, name)| name);
    match name.split_once('*') {
        // Most patterns are the beginning of a name.
        Some((head, "")) if !head.contains('?') => service.actions_beginning(head).next().is_some(),
        _ => service.matching(entry).next().is_some(),
    }
}

/// Looks services up by prefix; lists of actions have many of one service in a row.
pub(crate) struct Services<'r> {
    reference: &'r Reference,
    latest: Option<(&'r str, &'r Service)>,
}

impl<'r> Services<'r> {
    /// Those of a reference.
    pub(crate) fn of(reference: &'r Reference) -> Self {
        Self { reference, latest: None }
    }

    /// The service of a prefix in lower case.
    pub(crate) fn get(&mut self, prefix: &str) -> Option<&'r Service> {
        match self.latest {
            Some((known, service)) if known == prefix => Some(service),
            _ => {
                let service = self.reference.service(prefix)?;
                self.latest = Some((service.prefix(), service));
                Some(service)
            }
        }
    }
}

/// The entries of `Action`; none when the statement has `NotAction`.
pub(crate) fn listed(statement: &Statement) -> &[Spanned<ActionPattern>] {
    if statement.action.is_negated() { &[] } else { statement.action.listed() }
}

/// A list for people: three names, and how many more there are.
pub(crate) fn some_of(names: &[String]) -> String {
    let shown: Vec<String> = names.iter().take(3).map(|name| format!("`{name}`")).collect();
    match names.len().saturating_sub(3) {
        0 => shown.join(", "),
        more => format!("{} and {more} more", shown.join(", ")),
    }
}
