//! What is known only later, and answers that depend on it.
//!
//! A proof holds for all values of the keys that stand for such things. A counterexample has some: it refutes a claim only
//! if it is one whatever they are; else the claim fails for some values and perhaps not for others, and that is what is said.

use crate::answer::{Answer, Depends, Need, Reason, Witness};
use polsim_arn::Pattern;
use polsim_eval::{
    BoundRequest, Case, Chain, KeyState, Layer, Layers, Operand, Outcome, Readings, Situation, Variable,
    Verdict, has_public_policy,
};
use polsim_policy::{ConditionKey, Later};
use polsim_question::question::Question;
use std::collections::BTreeSet;

/// All verdicts.
const VERDICTS: [Verdict; 3] = [Verdict::Allowed, Verdict::ImplicitlyDenied, Verdict::ExplicitlyDenied];

/// The answer, when its policies speak of what is known only later.
pub(crate) fn whatever_comes(question: &Question<'_>, answer: Answer) -> Answer {
    if !question.model.keys().iter().any(|(_, key)| Later::of(key).is_some()) {
        return answer;
    }
    match answer {
        Answer::Proved(mut proof) => {
            let keys = keys(question);
            let mut sides = std::iter::once(question.layers).chain(question.claim.other());
            if sides.any(|layers| wide_may_grant_less(layers, &keys, question)) {
                return Answer::Unknown(Reason::Wide);
            }
            let names = keys.iter().filter_map(Later::of).map(|later| later.name().to_owned());
            proof.later = names.collect::<BTreeSet<String>>().into_iter().collect();
            Answer::Proved(proof)
        }
        Answer::Refuted(witness) if !stands(question, &witness) => {
            Answer::Unknown(Reason::Later(Box::new(depends(&witness))))
        }
        other => other,
    }
}

/// Whether a policy that is written more widely than the true one may grant less. One for everyone does in a session
/// (A32). And where what is public is blocked (S4.17.1) a policy is blocked that would not be public if its principals
/// and values were written out (S4.17.2).
fn wide_may_grant_less(layers: &Layers, keys: &BTreeSet<ConditionKey>, question: &Question<'_>) -> bool {
    let has = |layer: Layer| !layers.policies(layer).is_empty();
    let in_session = has(Layer::Session) && keys.iter().any(Later::widens_principal);
    let blocks = || layers.restrict_public_buckets || may_be_express(question);
    let in_bucket = (has(Layer::Resource) || has(Layer::AccessPoint)) && !keys.is_empty() && blocks();
    in_session || in_bucket
}

/// Whether the question is about S3 Express too, where what is public is blocked always.
fn may_be_express(question: &Question<'_>) -> bool {
    let (actions, resources) = (&question.region.actions, &question.region.resources);
    let meets = |pattern: &Pattern, express: &str| !pattern.is_disjoint(&Pattern::wildcard(express));
    let of_actions =
        actions.is_empty() || actions.iter().any(|action| meets(&action.pattern(), "s3express:*"));
    let of_resources =
        resources.is_empty() || resources.iter().any(|resource| meets(resource, "arn:*:s3express:*"));
    of_actions && of_resources
}

/// The keys under private prefixes that the policies of a question name.
fn keys(question: &Question<'_>) -> BTreeSet<ConditionKey> {
    let mut found = BTreeSet::new();
    let sides = std::iter::once(question.layers).chain(question.claim.other());
    let policies = sides.flat_map(Layers::all).filter_map(|id| question.model.policy(id));
    for statement in policies.flat_map(|policy| &policy.statements) {
        let mut add = |key: Option<ConditionKey>| found.extend(key.filter(|key| Later::of(key).is_some()));
        for formula in std::iter::once(&statement.resource).chain(&statement.condition) {
            formula.for_each_test(&mut |test| {
                if let Variable::Key(id) = test.variable {
                    add(question.model.keys().key(id).cloned());
                }
                if let Operand::Open(open) = &test.operand {
                    let variables = open.templates.iter().flat_map(|template| template.variables());
                    for name in variables.filter_map(|variable| variable.key.as_deref()) {
                        // The key as it was spelt first, for people.
                        let id = question.model.keys().find(name);
                        add(id.and_then(|id| question.model.keys().key(id)).cloned());
                    }
                }
            });
        }
    }
    found
}

/// Whether a request is a counterexample whatever comes.
fn stands(question: &Question<'_>, witness: &Witness) -> bool {
    let mut request = witness.request.clone();
    let open: Vec<ConditionKey> =
        request.context.iter().map(|(key, _)| key).filter(|key| Later::of(key).is_some()).cloned().collect();
    for key in open {
        request.context.replace(key, KeyState::Open);
    }
    let readings =
        witness.readings.iter().fold(Readings::default(), |all, reading| all.with_alternative(*reading));
    let bound = BoundRequest::new(question.model, &request, readings);
    let possible = |layers: &Layers| -> Outcome {
        let situation = Situation::of(&request, layers, has_public_policy(question.model, layers));
        let chain = Chain::of(&situation);
        let is_bounded = situation.has_boundary;
        Case { model: question.model, layers, chain: &chain, request: &bound, is_bounded }.outcome()
    };
    let own = possible(question.layers);
    let other = question.claim.other().map(possible);
    let of = |outcome: Outcome| VERDICTS.into_iter().filter(move |verdict| outcome.allows_for(*verdict));
    of(own).all(|verdict| match other {
        None => !question.claim.admits(verdict, None),
        Some(other) => of(other).all(|beside| !question.claim.admits(verdict, Some(beside))),
    })
}

fn depends(witness: &Witness) -> Depends {
    let need = |(key, state): (&ConditionKey, &KeyState)| match (Later::of(key)?, state.values()) {
        (Later::Value(name), [value]) => Some((name.to_owned(), Need::Value(value.clone()))),
        (Later::Value(_), _) => None,
        (Later::Perhaps(name), [value]) if value == "true" => Some((name.to_owned(), Need::Applies)),
        (Later::Perhaps(name), _) => Some((name.to_owned(), Need::AppliesNot)),
    };
    let mut needs: Vec<_> = witness.request.context.iter().filter_map(need).collect();
    // Most statements that do not apply have no part in it; where nothing else does, it is for want of one of them.
    if needs.iter().any(|(_, need)| *need != Need::AppliesNot) {
        needs.retain(|(_, need)| *need != Need::AppliesNot);
    }
    needs.dedup();
    Depends {
        action: witness.request.action.as_str().to_owned(),
        resource: witness.request.resource.clone(),
        needs,
    }
}
