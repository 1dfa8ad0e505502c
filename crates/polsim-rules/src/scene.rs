//! A question of a rule to the prover: may a request of this sort pass?
//!
//! A newcomer would doubt that a key can be said to have a value when no policy names it: then the value makes no
//! difference, and nothing is said.

use polsim_arn::{ActionName, ActionPattern, Arn, ArnPattern, Pattern};
use polsim_eval::{KeyState, NetworkPath, ResourceKind};
use polsim_lint::{Judge, Subject};
use polsim_policy::{Effect, Statement};
use polsim_prove::{Expectation, PrincipalRegion, Region, Witness};
use std::collections::BTreeSet;

/// An account of AWS's documentation.
const EXAMPLE_ACCOUNT: &str = "111122223333";

/// A role, in each partition.
const EXAMPLE_ROLES: [&str; 3] = [
    "arn:aws:iam::111122223333:role/example-role",
    "arn:aws-cn:iam::111122223333:role/example-role",
    "arn:aws-us-gov:iam::111122223333:role/example-role",
];

/// The requests that a question is about, put to the policies of a judge.
#[derive(Clone)]
pub(crate) struct Scene<'j> {
    judge: &'j Judge,
    region: Region,
}

/// A statement together with every Deny of its document: what of the statement is left.
pub(crate) fn after_denies(subject: &Subject<'_>, statement: &Statement) -> Judge {
    let denies = subject.lawful().statements.iter().filter(|other| other.effect.value == Effect::Deny);
    Judge::new(&subject.policy_of(std::iter::once(statement).chain(denies)))
}

/// Whether an entry of a list of actions covers an action. Most are of another service, which is seen at once.
pub(crate) fn covers(pattern: &ActionPattern, action: &ActionName) -> bool {
    pattern.service().is_none_or(|service| service == action.service()) && pattern.matches(action)
}

/// Whether the `Action` or `NotAction` of a statement leaves an action in.
pub(crate) fn speaks_of(statement: &Statement, action: &ActionName) -> bool {
    let is_listed = statement.action.listed().iter().any(|pattern| covers(&pattern.value, action));
    is_listed != statement.action.is_negated()
}

/// The statement of a document that allows a request, the document having been judged first.
pub(crate) fn granting<'s>(subject: &'s Subject<'_>, witness: &Witness) -> Option<&'s Statement> {
    let (_, id) = witness.decision.allowed_by.iter().find(|(_, id)| id.policy.index() == 0)?;
    subject.lawful().statements.get(usize::try_from(id.index).ok()?)
}

impl<'j> Scene<'j> {
    /// Requests for one of these actions. Those that a trust policy is about are on a role.
    pub(crate) fn new(judge: &'j Judge, actions: &[&str]) -> Self {
        let actions = actions.iter().filter_map(|action| ActionPattern::parse(action).ok()).collect();
        let mut region = Region { actions, ..Region::default() };
        if judge.layers.resource_kind == ResourceKind::Trust {
            region.resources.extend(EXAMPLE_ROLES.map(Pattern::exact));
        }
        Self { judge, region }
    }

    /// On resources that match a pattern; several calls add up.
    pub(crate) fn on(mut self, resource: &str) -> Self {
        let pattern = ArnPattern::parse(resource).unwrap_or_else(|| Pattern::exact(resource));
        self.region.resources.push(pattern);
        self
    }

    /// On the resource of this service and name in every account that some statements speak of, and in one besides.
    pub(crate) fn on_some<'s>(
        mut self,
        service: &str,
        resource: &str,
        statements: impl IntoIterator<Item = &'s Statement>,
    ) -> Self {
        let is_account = |text: &str| text.len() == 12 && text.bytes().all(|byte| byte.is_ascii_digit());
        let mut owners = BTreeSet::from([("aws", EXAMPLE_ACCOUNT)]);
        let elements = statements.into_iter().filter_map(|statement| statement.resource.as_ref());
        for arn in elements.flat_map(|element| element.listed()).filter_map(|entry| Arn::parse(&entry.value))
        {
            let partition = if arn.partition.contains(['*', '?']) { "aws" } else { arn.partition };
            let account = if is_account(arn.account) { arn.account } else { EXAMPLE_ACCOUNT };
            owners.insert((partition, account));
        }
        let arns = owners
            .iter()
            .map(|(partition, account)| format!("arn:{partition}:{service}::{account}:{resource}"));
        self.region.resources.extend(arns.map(|arn| Pattern::exact(&arn)));
        self
    }

    /// By these principals.
    pub(crate) fn by(mut self, principal: PrincipalRegion) -> Self {
        self.region.principal = principal;
        self
    }

    /// That come this way.
    pub(crate) fn through(mut self, path: NetworkPath) -> Self {
        self.region.paths = vec![path];
        self
    }

    /// With a key, named in lower case, in this state, unless something was said of it before. A name that ends in `/` is
    /// that of all keys of a family.
    pub(crate) fn with(mut self, name: &str, state: &KeyState) -> Self {
        let is_meant = |key: &str| if name.ends_with('/') { key.starts_with(name) } else { key == name };
        for (id, key) in self.judge.model.keys().iter() {
            if is_meant(&key.folded()) && self.region.known.iter().all(|(known, _)| *known != id) {
                self.region.known.push((id, state.clone()));
            }
        }
        self
    }

    /// With a key that has one value.
    pub(crate) fn having(self, name: &str, value: &str) -> Self {
        self.with(name, &KeyState::One(value.to_owned()))
    }

    /// Without a key.
    pub(crate) fn without(self, name: &str) -> Self {
        self.with(name, &KeyState::Absent)
    }

    /// On resources without tags.
    pub(crate) fn untagged(mut self) -> Self {
        let keys = self.judge.model.keys().iter().filter(|(_, key)| key.folded().contains(":resourcetag/"));
        let names: Vec<String> = keys.map(|(_, key)| key.folded()).collect();
        for name in names {
            self = self.without(&name);
        }
        self
    }

    /// The region, for what cannot be said here.
    pub(crate) fn region(&mut self) -> &mut Region {
        &mut self.region
    }

    /// A request of them that is allowed.
    pub(crate) fn allowed(&self) -> Option<Box<Witness>> {
        self.judge.counterexample(&self.region, Expectation::Deny)
    }
}
