//! What a request has to satisfy to break a claim in one situation: the chain of layers, spelt out.

use crate::goal::{Atoms, Goal};
use crate::world::World;
use polsim_eval::{Chain, Classes, CompiledStatement, Formula, Grant, Layer, Layers};
use polsim_policy::Effect;
use polsim_question::question::{Claim, Expectation};

/// Makes goals of the chain of a situation.
pub(crate) struct Assembler<'a, 'm> {
    pub(crate) world: &'a World<'m>,
    pub(crate) layers: &'a Layers,
    pub(crate) chain: &'a Chain,
    /// Whether the principal has a permissions boundary (S2.4.10).
    pub(crate) is_bounded: bool,
}

/// What breaks a claim: about one side, or about both.
pub(crate) fn counterexample(
    claim: Claim<'_>,
    own: &Assembler<'_, '_>,
    other: Option<&Assembler<'_, '_>>,
    atoms: &mut Atoms,
) -> Goal {
    match (claim, other) {
        (Claim::Verdict(expect), _) => own.counterexample(expect, atoms),
        (Claim::NoMoreThan(_), Some(other)) => Goal::all([
            own.counterexample(Expectation::Deny, atoms),
            other.counterexample(Expectation::Allow, atoms),
        ]),
        (Claim::Disjoint(_), Some(other)) => {
            Goal::all([own, other].map(|side| side.counterexample(Expectation::Deny, atoms)))
        }
        (Claim::NoMoreThan(_) | Claim::Disjoint(_), None) => Goal::Always,
    }
}

impl Assembler<'_, '_> {
    /// That a request is not decided as expected.
    fn counterexample(&self, expect: Expectation, atoms: &mut Atoms) -> Goal {
        match expect {
            Expectation::Deny => Goal::all([self.denied(false, atoms), self.allowed(true, atoms)]),
            Expectation::Allow => Goal::any([self.denied(true, atoms), self.allowed(false, atoms)]),
            Expectation::ExplicitDeny => Goal::all([self.denied(false, atoms), self.not_blocked(atoms)]),
            Expectation::ImplicitDeny => Goal::any([self.denied(true, atoms), self.granted(true, atoms)]),
        }
    }

    /// That a Deny applies, or that none does.
    fn denied(&self, holds: bool, atoms: &mut Atoms) -> Goal {
        let goals: Vec<Goal> = self
            .chain
            .denials
            .iter()
            .map(|denial| {
                let by_layer = |atoms: &mut Atoms| {
                    self.any_statement(denial.layer, Effect::Deny, Classes::ANY, holds, atoms)
                };
                match denial.only_by {
                    None => by_layer(atoms),
                    Some(reading) => self.world.choose(reading, atoms, |atoms, counts| {
                        if counts { by_layer(atoms) } else { (!holds).into() }
                    }),
                }
            })
            .collect();
        if holds { Goal::any(goals) } else { Goal::all(goals) }
    }

    /// That all requirements hold, or that one does not.
    fn granted(&self, holds: bool, atoms: &mut Atoms) -> Goal {
        let goals: Vec<Goal> = self
            .chain
            .requirements
            .iter()
            .map(|requirement| self.grant(&requirement.grant, holds, atoms))
            .collect();
        if holds { Goal::all(goals) } else { Goal::any(goals) }
    }

    /// That a request which nothing denies is allowed, or not.
    fn allowed(&self, holds: bool, atoms: &mut Atoms) -> Goal {
        if self.chain.is_blocked_as_public { (!holds).into() } else { self.granted(holds, atoms) }
    }

    /// That a request which no statement denies is not denied by Block Public Access either.
    fn not_blocked(&self, atoms: &mut Atoms) -> Goal {
        if self.chain.is_blocked_as_public { self.granted(false, atoms) } else { Goal::Always }
    }

    fn grant(&self, grant: &Grant, holds: bool, atoms: &mut Atoms) -> Goal {
        match grant {
            Grant::Always => holds.into(),
            Grant::Never => (!holds).into(),
            // Requests through access points are no part of questions: the resource is the one that is named.
            Grant::Allows { layer, classes, .. } => {
                self.any_statement(*layer, Effect::Allow, *classes, holds, atoms)
            }
            Grant::All(parts) | Grant::Any(parts) => {
                let goals: Vec<Goal> = parts.iter().map(|part| self.grant(part, holds, atoms)).collect();
                if matches!(grant, Grant::All(_)) == holds { Goal::all(goals) } else { Goal::any(goals) }
            }
            Grant::Choice { reading, chosen, alternative } => {
                self.world.choose(*reading, atoms, |atoms, taken| {
                    self.grant(if taken { alternative } else { chosen }, holds, atoms)
                })
            }
        }
    }

    /// That a statement of a layer applies, or that none does.
    fn any_statement(
        &self,
        layer: Layer,
        effect: Effect,
        classes: Classes,
        holds: bool,
        atoms: &mut Atoms,
    ) -> Goal {
        let policies = self.layers.policies(layer).iter().filter_map(|id| self.world.facts.model.policy(*id));
        let statements =
            policies.flat_map(|policy| &policy.statements).filter(|statement| statement.effect == effect);
        let goals: Vec<Goal> =
            statements.map(|statement| self.statement(statement, layer, classes, holds, atoms)).collect();
        if holds { Goal::any(goals) } else { Goal::all(goals) }
    }

    /// That a statement applies in the first layer that is asked to allow.
    pub(crate) fn applies(&self, statement: &CompiledStatement, atoms: &mut Atoms) -> Goal {
        let mut layer = None;
        for requirement in &self.chain.requirements {
            requirement.grant.for_each_layer(&mut |other| layer = layer.or(Some(other)));
        }
        let layer = layer.unwrap_or(Layer::Identity);
        self.statement(statement, layer, Classes::ANY, true, atoms)
    }

    fn statement(
        &self,
        statement: &CompiledStatement,
        layer: Layer,
        classes: Classes,
        holds: bool,
        atoms: &mut Atoms,
    ) -> Goal {
        // S2.4.10 speaks of resource policies.
        let is_bounded = self.is_bounded && matches!(layer, Layer::Resource | Layer::AccessPoint);
        let principal = match &statement.principal {
            Some(principal) => principal.formula(self.world.facts.kind, is_bounded, classes),
            None => Formula::Always,
        };
        let elements =
            [&principal, &statement.action, &statement.resource].into_iter().chain(&statement.condition);
        let goals: Vec<Goal> = elements.map(|element| self.world.goal(element, holds, atoms)).collect();
        if holds { Goal::all(goals) } else { Goal::any(goals) }
    }
}
