//! What somebody who has a policy may do, as far as ways to become an administrator ask for it.

use super::method::{Method, On};
use crate::scene::Scene;
use crate::stranger;
use polsim_arn::ActionName;
use polsim_lint::{Judge, Subject};
use polsim_policy::{Effect, Statement};
use polsim_prove::{PrincipalRegion, Witness};
use std::collections::HashMap;

/// Keys of requests that a service makes for somebody, in lower case.
const ON_BEHALF: [&str; 3] = ["aws:calledvia", "aws:calledviafirst", "aws:calledvialast"];

/// An action, what it is done to, and the service that a role is passed to.
type Need = (&'static str, On, Option<&'static str>);

/// One policy, with a boundary or without; every question is asked once.
pub(super) struct Reach<'s> {
    statements: &'s [Statement],
    judge: Judge,
    known: HashMap<Need, Option<Box<Witness>>>,
}

impl<'s> Reach<'s> {
    pub(super) fn new(subject: &'s Subject<'_>, boundary: Option<&Subject<'_>>) -> Self {
        let judge = Judge::new(subject.lawful());
        let judge = match boundary {
            Some(boundary) => judge.beside(boundary.lawful()),
            None => judge,
        };
        Self { statements: &subject.lawful().statements, judge, known: HashMap::new() }
    }

    /// A request of a way, the one that matters most, if all that it needs is allowed.
    pub(super) fn walks(&mut self, method: &Method) -> Option<Box<Witness>> {
        let all = method.needs.iter().map(|(action, on)| (*action, *on, None));
        let role =
            method.passes_to.map(|service| ("iam:PassRole", On::Iam("role/other-role"), Some(service)));
        let needs: Vec<_> = role.into_iter().chain(all).collect();
        // Most policies grant one of the actions and not the others.
        if !needs.iter().all(|(action, ..)| self.may_grant(action)) {
            return None;
        }
        let mut first = None;
        for (action, on, service) in needs {
            let witness = self.allowed(action, on, service)?;
            first = first.or(Some(witness));
        }
        first
    }

    /// Whether everything is allowed, so that nothing is left to be gained.
    pub(super) fn is_administrator(&mut self) -> bool {
        let anything =
            Scene::new(&self.judge, &["anything:Anything"]).on("arn:aws:anything:us-east-1:111122223333:x");
        anything.allowed().is_some()
            && self.allowed("iam:PutUserPolicy", On::Iam("user/other-user"), None).is_some()
    }

    fn may_grant(&self, action: &str) -> bool {
        let Ok(name) = ActionName::parse(action) else { return false };
        self.statements.iter().any(|statement| {
            let is_listed = statement.action.listed().iter().any(|pattern| pattern.value.matches(&name));
            statement.effect.value == Effect::Allow && is_listed != statement.action.is_negated()
        })
    }

    /// A request for an action that is allowed, made by the caller itself.
    fn allowed(
        &mut self,
        action: &'static str,
        on: On,
        service: Option<&'static str>,
    ) -> Option<Box<Witness>> {
        if let Some(known) = self.known.get(&(action, on, service)) {
            return known.clone();
        }
        let caller = PrincipalRegion::Arn(stranger::arns("arn:*:iam::*:*/caller"));
        let mut scene = Scene::new(&self.judge, &[action])
            .by(caller)
            .having("aws:viaawsservice", "false")
            .having("iam:policyarn", "arn:aws:iam::aws:policy/AdministratorAccess")
            .without("iam:permissionsboundary");
        scene = ON_BEHALF.into_iter().fold(scene, Scene::without);
        if let Some(service) = service {
            scene = scene.having("iam:passedtoservice", service);
        }
        scene = match on {
            On::Any => scene,
            On::Iam(resource) => scene.on_some("iam", resource, self.statements).untagged(),
            On::IamOrSelf(other, own) => {
                scene.on_some("iam", other, self.statements).on_some("iam", own, self.statements).untagged()
            }
            On::Existing(arn) => scene.on(arn).untagged(),
        };
        let witness = scene.allowed();
        self.known.insert((action, on, service), witness.clone());
        witness
    }
}
