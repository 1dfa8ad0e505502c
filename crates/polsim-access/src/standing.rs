//! How one place stands: never, always, or under conditions, each shown by the prover.

use crate::relevance::Relevance;
use polsim_arn::Budget;
use polsim_eval::{CompiledStatement, Formula, Layer, Layers, Model, Principal, StatementId};
use polsim_policy::Effect;
use polsim_prove::{
    Answer, Assumption, Existence, Expectation, PrincipalRegion, Question, Reason, Region, Scope, Witness,
    ask, some_allowed,
};

/// How many statements of one effect are held against all requests.
const MOST_STATEMENTS: usize = 24;

/// Whether the requests of a place are allowed.
#[derive(Clone, Debug)]
pub enum Standing {
    /// There are no such requests, or none is allowed.
    Never,
    /// All are allowed, under every reading.
    Always,
    /// Some are.
    Under(Box<Terms>),
    /// It is not decided whether any is.
    Unknown(Reason),
}

/// Under which conditions requests are allowed.
#[derive(Clone, Debug)]
pub struct Terms {
    /// One that is allowed, under every reading.
    pub allowed: Witness,
    /// One that is not; `None` when whether all are allowed is not decided.
    pub refused: Option<Witness>,
    /// The Allow statements that grant some of the requests.
    pub grants: Vec<(Layer, StatementId)>,
    /// The Deny statements that take away some of what these grant.
    pub limits: Vec<(Layer, StatementId)>,
    /// Whether there are more statements than were looked at.
    pub has_more: bool,
}

/// A place as a question.
pub(crate) struct Place<'a> {
    pub(crate) model: &'a Model,
    pub(crate) relevance: &'a Relevance<'a>,
    pub(crate) layers: &'a Layers,
    pub(crate) region: &'a Region,
    pub(crate) budget: u64,
}

impl Place<'_> {
    /// Asks, and adds what was assumed.
    pub(crate) fn standing(&self, assumed: &mut Vec<Assumption>) -> Standing {
        let found =
            some_allowed(&self.question(self.region, Expectation::Deny), &mut Budget::new(self.budget));
        let allowed = match found {
            Existence::Disproved(proof) => {
                assumed.extend(proof.assumptions);
                return Standing::Never;
            }
            Existence::Unknown(reason) => return Standing::Unknown(reason),
            Existence::Shown(witness) => *witness,
        };
        let refused = match self.ask(self.region, Expectation::Allow) {
            Answer::Proved(proof) => {
                assumed.extend(proof.assumptions);
                return Standing::Always;
            }
            Answer::Refuted(witness) => Some(*witness),
            Answer::Unknown(_) => None,
        };
        let mut has_more = false;
        let mut statements = |effect| {
            let mut found = self.statements(effect);
            has_more |= found.len() > MOST_STATEMENTS;
            found.truncate(MOST_STATEMENTS);
            found
        };
        let (allows, denies) = (statements(Effect::Allow), statements(Effect::Deny));
        // A statement grants when some request that it applies to is allowed.
        let grants: Vec<_> = allows
            .into_iter()
            .filter(|(_, statement)| self.is_refuted(statement.guard(), Expectation::Deny))
            .collect();
        let granted = Formula::any(grants.iter().map(|(_, statement)| statement.guard()));
        // A Deny takes away when it applies where a statement grants.
        let limits = denies.into_iter().filter(|(_, statement)| {
            self.is_refuted(Formula::all([granted.clone(), statement.guard()]), Expectation::Allow)
        });
        let id = |(layer, statement): (Layer, &CompiledStatement)| (layer, statement.id);
        let limits = limits.map(id).collect();
        let grants = grants.into_iter().map(id).collect();
        Standing::Under(Box::new(Terms { allowed, refused, grants, limits, has_more }))
    }

    fn question<'q>(&'q self, region: &'q Region, expect: Expectation) -> Question<'q> {
        Question {
            model: self.model,
            layers: self.layers,
            scope: &Scope::Whole,
            region,
            claim: expect.into(),
        }
    }

    fn ask(&self, region: &Region, expect: Expectation) -> Answer {
        ask(&self.question(region, expect), &mut Budget::new(self.budget))
    }

    /// Whether a request of which a formula holds is otherwise than expected; what is not decided counts, so that no
    /// condition is left out.
    fn is_refuted(&self, formula: Formula, expect: Expectation) -> bool {
        let mut region = self.region.clone();
        region.keys.push(formula);
        !matches!(self.ask(&region, expect), Answer::Proved(_))
    }

    /// The statements of an effect that speak of the principal. Allows are those that can grant: of the identity and of
    /// the resource.
    fn statements(&self, effect: Effect) -> Vec<(Layer, &CompiledStatement)> {
        let PrincipalRegion::One(principal) = &self.region.principal else { return Vec::new() };
        let layers = self.layers.present().into_iter();
        let grants = |layer: &Layer| matches!(layer, Layer::Identity | Layer::Resource | Layer::AccessPoint);
        let mut found: Vec<(Layer, &CompiledStatement)> = layers
            .filter(|layer| effect == Effect::Deny || grants(layer))
            .flat_map(|layer| self.layers.policies(layer).iter().map(move |id| (layer, *id)))
            .flat_map(|(layer, id)| {
                self.relevance.statements(id).iter().map(move |statement| (layer, *statement))
            })
            .filter(|(_, statement)| statement.effect == effect && may_name(statement, principal))
            .collect();
        // A policy may hang on several levels.
        let mut seen = Vec::new();
        found.retain(|(_, statement)| {
            let is_new = !seen.contains(&statement.id);
            seen.push(statement.id);
            is_new
        });
        found
    }
}

/// Whether a statement may speak of a principal.
fn may_name(statement: &CompiledStatement, principal: &Principal) -> bool {
    let Some(element) = &statement.principal else { return true };
    let mut ways = element.ways.iter().filter(|way| way.kinds.contains(&principal.kind));
    element.negated
        || ways.any(|way| {
            way.tests.iter().all(|(attribute, set)| {
                principal.attribute(*attribute).is_none_or(|value| set.contains(&value))
            })
        })
}
