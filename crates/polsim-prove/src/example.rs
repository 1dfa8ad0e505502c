//! Example principals, with example values for policy variables.

use crate::hints::{FILLERS, key_values, principal_arns};
use crate::situations::{Setting, attributes, fix_principal};
use polsim_eval::{Attribute, KeyId, KeyState, Layers, Principal, PrincipalKind};
use polsim_question::question::{PrincipalRegion, Question};
use rustc_hash::FxHashMap;

/// One principal, with values for keys, to try a question with.
pub(crate) struct Example {
    pub(crate) principal: Principal,
    pub(crate) known: FxHashMap<KeyId, KeyState>,
    pub(crate) attributes: FxHashMap<Attribute, String>,
}

/// Examples to try where a question cannot be solved for all values of policy variables at once.
pub(crate) fn examples(question: &Question<'_>, setting: &Setting) -> Vec<Example> {
    let kind = setting.kind;
    let principals: Vec<Principal> = match &question.region.principal {
        PrincipalRegion::One(principal) => vec![(**principal).clone()],
        region => {
            let own = match region {
                PrincipalRegion::Arn(pattern) => FILLERS.map(|filler| pattern.fill(filler, '1')).to_vec(),
                _ => Vec::new(),
            };
            let arns = own.iter().map(String::as_str).chain(principal_arns(kind).iter().copied());
            arns.filter_map(|arn| example_principal(kind, arn)).filter(|who| is_meant(region, who)).collect()
        }
    };
    let mut examples = Vec::new();
    for principal in principals {
        for with_values in [true, false] {
            let mut known = setting.known.clone();
            fix_principal(question, &principal, &mut known);
            for key in variables(question) {
                let name = question
                    .model
                    .keys()
                    .key(key)
                    .map(polsim_policy::ConditionKey::folded)
                    .unwrap_or_default();
                let value = key_values(&name).first().filter(|_| with_values);
                known.entry(key).or_insert_with(|| {
                    value.map_or(KeyState::Absent, |value| KeyState::One((*value).to_owned()))
                });
            }
            examples.push(Example {
                attributes: attributes(&principal),
                principal: principal.clone(),
                known,
            });
        }
    }
    examples
}

fn example_principal(kind: PrincipalKind, arn: &str) -> Option<Principal> {
    Principal::read(arn).filter(|principal| principal.kind == kind)
}

fn is_meant(region: &PrincipalRegion, principal: &Principal) -> bool {
    match region {
        PrincipalRegion::Arn(pattern) => principal.principal_arn().is_some_and(|arn| pattern.matches(&arn)),
        _ => true,
    }
}

/// The keys that policy variables of the question name.
fn variables(question: &Question<'_>) -> Vec<KeyId> {
    let mut keys = Vec::new();
    let policies = question.sides().flat_map(Layers::all).filter_map(|id| question.model.policy(id));
    for statement in policies.flat_map(|policy| &policy.statements) {
        statement.for_each_variable(&mut |name| keys.extend(question.model.keys().find(name)));
    }
    keys
}
