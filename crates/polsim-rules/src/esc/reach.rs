//! What somebody who has a policy may do, as far as ways to become an administrator ask for it.
//!
//! A newcomer would doubt that most policies are never compiled for this: their Allows name none of the actions that a
//! way needs, which a look at the names shows. Of the others only the statements about such actions are compiled.

use super::method::{Method, On};
use crate::scene::{Scene, speaks_of};
use crate::stranger;
use polsim_arn::ActionName;
use polsim_lint::{Judge, Subject};
use polsim_policy::{Effect, Statement};
use polsim_prove::{Expectation, PrincipalRegion, Region, Witness};
use std::collections::{BTreeSet, HashMap};

/// Keys of requests that a service makes for somebody, and of resources that a service looks after, in lower case.
const ABSENT: [&str; 5] = [
    "aws:calledvia",
    "aws:calledviafirst",
    "aws:calledvialast",
    "ec2:managedresourceoperator",
    "iam:permissionsboundary",
];
const PASS: &str = "iam:PassRole";
/// An action, what it is done to, and the service that a role is passed to.
type Need = (&'static str, On, Option<&'static str>);

/// One policy, with a boundary or without; every question is asked once.
pub(super) struct Reach {
    methods: Vec<&'static Method>,
    statements: Vec<Statement>,
    judge: Judge,
    known: HashMap<Need, Option<Box<Witness>>>,
}

impl Reach {
    /// `None` when the policy, or the boundary, does not allow all that one of these ways needs, by the names of its
    /// actions.
    pub(super) fn new(
        subject: &Subject<'_>,
        boundary: Option<&Subject<'_>>,
        ways: impl IntoIterator<Item = &'static Method>,
    ) -> Option<Self> {
        let mut granted: HashMap<&str, bool> = HashMap::new();
        let mut is_granted = |action: &'static str| {
            let look = || {
                let name = ActionName::parse(action);
                let allows = |of: &Subject<'_>, name: &ActionName| {
                    of.of(Effect::Allow).any(|statement| speaks_of(statement, name))
                };
                name.is_ok_and(|name| allows(subject, &name) && boundary.is_none_or(|of| allows(of, &name)))
            };
            *granted.entry(action).or_insert_with(look)
        };
        let methods: Vec<_> = ways.into_iter().filter(|way| actions(way).all(&mut is_granted)).collect();
        if methods.is_empty() || !subject.is_lawful_whole() {
            return None;
        }
        let asked: BTreeSet<&str> = methods.iter().flat_map(|method| actions(method)).collect();
        let asked: Vec<_> = asked.into_iter().filter_map(|action| ActionName::parse(action).ok()).collect();
        let about = subject.statements().iter();
        let about = about.filter(|statement| asked.iter().any(|action| speaks_of(statement, action)));
        let statements: Vec<Statement> = about.cloned().collect();
        let judge = Judge::new(&subject.policy_of(&statements));
        let judge = match boundary {
            Some(boundary) => judge.beside(boundary.lawful()),
            None => judge,
        };
        Some(Self { methods, statements, judge, known: HashMap::new() })
    }

    /// The ways up, with a request of each; none when everything is allowed, so that nothing is left to be gained.
    pub(super) fn ways(&mut self) -> Vec<(&'static Method, Box<Witness>)> {
        let ways = self.open();
        if ways.is_empty() || self.is_administrator() { Vec::new() } else { ways }
    }

    /// The ways that can be gone, with a request of each, whatever else is allowed.
    pub(super) fn open(&mut self) -> Vec<(&'static Method, Box<Witness>)> {
        let methods = self.methods.clone();
        methods.into_iter().filter_map(|method| Some((method, self.walk(method)?))).collect()
    }

    /// The statement that allows a request.
    pub(super) fn granting(&self, witness: &Witness) -> Option<&Statement> {
        let (_, id) = witness.decision.allowed_by.iter().find(|(_, id)| id.policy == self.judge.policy)?;
        self.statements.get(usize::try_from(id.index).ok()?)
    }

    /// A request of a way, the first that it needs, if all that it needs is allowed.
    fn walk(&mut self, method: &Method) -> Option<Box<Witness>> {
        let role = method.passes_to.map(|service| (PASS, On::Iam("role/other-role"), Some(service)));
        let others = method.needs.iter().map(|(action, on)| (*action, *on, None));
        let mut first = None;
        for need in role.into_iter().chain(others) {
            let witness = self.allowed(need)?;
            first = first.or(Some(witness));
        }
        first
    }

    fn is_administrator(&self) -> bool {
        self.judge.holds(&Region::default(), Expectation::Allow).is_some()
    }

    /// A request for an action that is allowed, made by the caller itself.
    fn allowed(&mut self, need: Need) -> Option<Box<Witness>> {
        if let Some(known) = self.known.get(&need) {
            return known.clone();
        }
        let (action, on, service) = need;
        let caller = PrincipalRegion::Arn(stranger::arns("arn:*:iam::*:*/caller"));
        let mut scene = Scene::new(&self.judge, &[action])
            .by(caller)
            .having("aws:viaawsservice", "false")
            .having("iam:policyarn", "arn:aws:iam::aws:policy/AdministratorAccess");
        scene = ABSENT.into_iter().fold(scene, Scene::without);
        if let Some(service) = service {
            scene = scene.having("iam:passedtoservice", service);
        }
        let all = &self.statements;
        scene = match on {
            On::Any => scene,
            On::Iam(resource) => scene.on_some("iam", resource, all).untagged(),
            On::IamOrSelf(other, own) => scene.on_some("iam", other, all).on_some("iam", own, all).untagged(),
            On::Existing(arn) => scene.on(arn).untagged(),
        };
        let witness = scene.allowed();
        self.known.insert(need, witness.clone());
        witness
    }
}

/// The actions that a way needs.
fn actions(method: &Method) -> impl Iterator<Item = &'static str> + use<> {
    let role = method.passes_to.map(|_| PASS);
    role.into_iter().chain(method.needs.iter().map(|(action, _)| *action))
}
