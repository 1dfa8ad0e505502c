//! Policies: loaded, parsed by their type, compiled once each, and hung.

use crate::atlas::Atlas;
use crate::environment::Environment;
use crate::hang::{Hang, HungPolicy};
use crate::inline;
use crate::load::{Diagnosis, FoundPolicy};
use crate::problem::{Problem, ProblemKind, Unavailable};
use crate::schema::{Placed, PolicyRef};
use polsim_eval::{Model, PolicyId};
use polsim_policy::{PolicyType, Severity};
use polsim_text::{Embedded, Limits, Source, Span};
use std::collections::{BTreeMap, HashMap};

/// The policies that were met so far.
pub(super) struct Policies<'a> {
    atlas: &'a Atlas,
    limits: &'a Limits,
    load: &'a dyn Fn(&str) -> Result<Source, Unavailable>,
    pub(super) model: Model,
    pub(super) hung: Vec<HungPolicy>,
    pub(super) problems: Vec<Problem>,
    /// The policies of dumps that AWS would not take.
    pub(super) left_out: Vec<Problem>,
    /// A file that hangs in many places is one policy for each type that it is read as; `None` when it is broken.
    by_path: BTreeMap<(String, &'static str), Option<PolicyId>>,
    /// The policies of dumps by type and text.
    by_text: BTreeMap<&'static str, HashMap<String, Option<PolicyId>>>,
}

/// Where a policy hangs, and as what.
pub(super) struct Hook<'h> {
    pub(super) policy_type: PolicyType,
    pub(super) hang: Hang,
    /// The place in the file, such as `principals.app`.
    pub(super) owner: &'h str,
}

impl<'a> Policies<'a> {
    pub(super) fn new(
        atlas: &'a Atlas,
        limits: &'a Limits,
        load: &'a dyn Fn(&str) -> Result<Source, Unavailable>,
        beside: Option<&Environment>,
    ) -> Self {
        Self {
            atlas,
            limits,
            load,
            model: beside.map_or_else(Model::new, |other| other.model.clone()),
            hung: beside.map_or_else(Vec::new, |other| other.policies.clone()),
            problems: Vec::new(),
            left_out: Vec::new(),
            by_path: BTreeMap::new(),
            by_text: BTreeMap::new(),
        }
    }

    /// Hangs a list of policies. Those that are broken are left out; then there are problems.
    pub(super) fn hang_all(&mut self, policies: &[PolicyRef], field: &str, hook: &Hook<'_>) -> Vec<PolicyId> {
        let hang = |(at, policy): (usize, &PolicyRef)| self.hang(policy, &format!("{field}[{at}]"), hook);
        policies.iter().enumerate().filter_map(hang).collect()
    }

    /// Hangs a policy; `None` when it is broken.
    pub(super) fn hang(&mut self, policy: &PolicyRef, field: &str, hook: &Hook<'_>) -> Option<PolicyId> {
        match policy {
            PolicyRef::Path(path) => self.hang_file(path, hook),
            PolicyRef::Inline(node) => {
                let name = format!("{}.{field}", hook.owner);
                let host = self.atlas.place(node.span)?.source;
                let text = inline::written(&Embedded::whole(host), node, &name);
                self.add(name, text, hook)
            }
            PolicyRef::Loaded(found) => self.hang_found(found, hook),
        }
    }

    fn hang_file(&mut self, path: &Placed<String>, hook: &Hook<'_>) -> Option<PolicyId> {
        let key = (path.value.clone(), hook.policy_type.as_str());
        if let Some(known) = self.by_path.get(&key) {
            let known = *known;
            self.hang_again(known, hook);
            return known;
        }
        let id = match (self.load)(&path.value) {
            Ok(source) => self.add(path.value.clone(), Embedded::whole(source), hook),
            Err(why) => {
                let kind = ProblemKind::NoText { path: path.value.clone(), why };
                self.problems.extend(self.atlas.problem(kind, path.span));
                None
            }
        };
        self.by_path.insert(key, id);
        id
    }

    /// Hangs a policy of a dump. Equal texts of one type are one policy, wherever they are written.
    fn hang_found(&mut self, found: &FoundPolicy, hook: &Hook<'_>) -> Option<PolicyId> {
        let text = found.source().text();
        let known = self.by_text.get(hook.policy_type.as_str()).and_then(|known| known.get(text)).copied();
        if let Some(known) = known {
            self.hang_again(known, hook);
            return known;
        }
        let before = self.problems.len();
        let id = self.add(found.name.clone(), found.text.clone(), hook);
        // What AWS would not take cannot have been attached: the text is no longer what AWS printed.
        if let Some(first) = self.problems.drain(before..).next() {
            let (name, because) = (found.name.clone(), first.kind.to_string());
            let kind = ProblemKind::Load(Diagnosis::LeftOut { name, because });
            self.left_out.push(Problem { kind, related: None, ..first });
        }
        self.by_text.entry(hook.policy_type.as_str()).or_default().insert(text.to_owned(), id);
        id
    }

    fn hang_again(&mut self, known: Option<PolicyId>, hook: &Hook<'_>) {
        let hung = known.and_then(|id| self.hung.get_mut(id.index()));
        // What hangs on one thing is hung in one go, so the last one is the only one that could be the same.
        if let Some(hung) = hung
            && hung.hangs_on.last() != Some(&hook.hang)
        {
            hung.hangs_on.push(hook.hang.clone());
        }
    }

    fn add(&mut self, name: String, text: Embedded, hook: &Hook<'_>) -> Option<PolicyId> {
        let parsed = polsim_policy::parse(text.text(), hook.policy_type, self.limits);
        let Some(policy) = parsed.single().cloned() else {
            let invalid =
                parsed.problems.into_iter().filter(|problem| problem.severity() == Severity::Invalid);
            let told = invalid.map(|problem| in_place(&text, hook.policy_type, problem));
            self.problems.extend(told);
            return None;
        };
        let id = self.model.add(&policy);
        self.hung.push(HungPolicy { name, policy, hangs_on: vec![hook.hang.clone()], text });
        Some(id)
    }
}

/// A problem of a policy in the file that people have to mend.
fn in_place(text: &Embedded, policy_type: PolicyType, problem: polsim_policy::Problem) -> Problem {
    let place = |span: Span| text.in_host(span);
    let kind = ProblemKind::Policy { problem: Box::new(problem.kind), policy_type };
    Problem {
        related: problem.related.map(|(span, what)| (place(span), what)),
        ..Problem::new(kind, text.host(), place(problem.span))
    }
}
