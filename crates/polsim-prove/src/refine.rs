//! What a counterexample that does not fit together teaches.
//!
//! A few parts of a request hang together and are coordinates of their own all the same: the name of a user is part of
//! its ARN, and another account is another one. A counterexample that overlooks it is answered with a lemma that is true
//! of all requests of the situation and excludes it.

use crate::coordinate::Coordinate;
use crate::goal::{Atoms, Goal};
use crate::world::World;
use polsim_arn::{Pattern, TextSet};
use polsim_eval::{Attribute, Formula, KeyId, OpenOperand, Operand, Polarity, PrincipalKind, Test, Variable};
use polsim_value::{Sort, Template, TemplateForm, TemplatePart};

/// Something that is true of all requests of a situation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Lemma {
    /// The owner of the resource is another account than the principal's: not both are this one.
    OtherAccount(String),
    /// I7: the principal with this ARN has this value of a key; where the key tells parts of the ARN, the ARNs of the
    /// principals with that other value match these patterns.
    Derived { arn: String, key: KeyId, value: String, stated: Option<(String, Vec<Pattern>)> },
    /// I7, of all users at once: this key is the last part of the ARN.
    NameInArn(KeyId),
}

impl Lemma {
    pub(crate) fn goal(&self, world: &World<'_>, atoms: &mut Atoms) -> Goal {
        let goal = |formula: Formula, atoms: &mut Atoms| world.goal(&formula, true, atoms);
        match self {
            Self::OtherAccount(account) => {
                let not = |variable| Formula::test(Test::text(variable, TextSet::only(account))).negated();
                let owner = world.facts.model.keys().find("aws:resourceaccount").map(Variable::Key);
                let principal = Variable::Principal(Attribute::Account);
                goal(Formula::any(owner.into_iter().chain([principal]).map(not)), atoms)
            }
            Self::Derived { arn, key, value, stated } => {
                let is = |key, text: &str| Formula::test(Test::text(Variable::Key(key), TextSet::only(text)));
                let has_value = goal(is(*key, value), atoms);
                let forward = Goal::any([has_value, is_arn(atoms, [Pattern::exact(arn)], false)]);
                let backward = stated.as_ref().map_or(Goal::Always, |(text, patterns)| {
                    let other = world.goal(&is(*key, text), false, atoms);
                    Goal::any([is_arn(atoms, patterns.iter().cloned(), true), other])
                });
                Goal::all([forward, backward])
            }
            Self::NameInArn(key) => {
                let slash = Test::text(Variable::Key(*key), Pattern::wildcard("*/*").into());
                let named = name_in_arn(world, *key).map(Formula::test);
                goal(Formula::all(named.into_iter().chain([Formula::test(slash).negated()])), atoms)
            }
        }
    }

    /// What says more than many lemmas like this one, if anything does.
    pub(crate) fn in_general(&self, kind: PrincipalKind) -> Option<Self> {
        match self {
            Self::Derived { key, .. } if kind == PrincipalKind::User => Some(Self::NameInArn(*key)),
            _ => None,
        }
    }
}

/// That the ARN of a user ends with its name, as a test with a policy variable.
fn name_in_arn(world: &World<'_>, key: KeyId) -> Option<Test> {
    let name = world.facts.model.keys().key(key)?.folded();
    let template = |head: &str| {
        let head = Pattern::wildcard(head);
        let variable = polsim_value::Variable { key: Some(name.as_str().into()), default: None };
        let parts = head.tokens().iter().map(|token| TemplatePart::Token(*token));
        let parts = parts.chain([TemplatePart::Variable(variable)]).collect();
        Template { form: TemplateForm::ArnExact, parts }
    };
    let operand = OpenOperand {
        sort: Sort::Text,
        closed: TextSet::none(),
        templates: ["arn:*:iam::*:user/", "arn:*:iam::*:user/*/"].map(template).to_vec(),
        polarity: Polarity::Positive,
    };
    let arn = Variable::Principal(Attribute::Arn);
    Some(Test { operand: Operand::Open(operand), ..Test::text(arn, TextSet::none()) })
}

fn is_arn(atoms: &mut Atoms, patterns: impl IntoIterator<Item = Pattern>, holds: bool) -> Goal {
    let test = Test::text(Variable::Action, TextSet::union(patterns));
    let atom = crate::goal::Atom { coordinate: Coordinate::PrincipalArn, test };
    Goal::Atom(atoms.number(atom), holds)
}
