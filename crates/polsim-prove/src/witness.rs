//! From the values of coordinates to a request, and back through the evaluator.

use crate::answer::{Miss, Reason, Witness};
use crate::ask::Inquiry;
use crate::coordinate::Coordinate;
use crate::hints::{Hints, key_values, principal_arns};
use crate::question::PrincipalRegion;
use crate::situations::{attributes, fix_principal};
use crate::theory::Model;
use polsim_arn::{ActionName, Arn};
use polsim_eval::{
    Accounts, Attribute, BoundRequest, Case, Context, KeyId, KeyState, Layer, Principal, PrincipalKind,
    Readings, Request, Unstated,
};
use rustc_hash::FxHashMap;

/// One principal, with values for keys, to try a question with.
pub(crate) struct Example {
    principal: Principal,
    pub(crate) known: FxHashMap<KeyId, KeyState>,
    pub(crate) attributes: FxHashMap<Attribute, String>,
}

/// Examples to try where a question cannot be solved for all values of policy variables at once.
pub(crate) fn examples(inquiry: &Inquiry<'_, '_>) -> Vec<Example> {
    let question = inquiry.question;
    let kind = inquiry.setting.kind;
    let principals: Vec<Principal> = match &question.region.principal {
        PrincipalRegion::One(principal) => vec![(**principal).clone()],
        _ => principal_arns(kind).iter().filter_map(|arn| example_principal(kind, arn)).collect(),
    };
    let mut examples = Vec::new();
    for principal in principals {
        for with_values in [true, false] {
            let mut known = inquiry.setting.known.clone();
            fix_principal(question, &principal, &mut known);
            for key in variables(inquiry) {
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
    let mut principal = Principal::read(arn)?;
    principal.kind = kind;
    Some(principal)
}

/// The keys that policy variables of the question name.
fn variables(inquiry: &Inquiry<'_, '_>) -> Vec<KeyId> {
    let question = inquiry.question;
    let mut keys = Vec::new();
    let policies = question.layers.all().filter_map(|id| question.model.policy(id));
    for statement in policies.flat_map(|policy| &policy.statements) {
        statement.for_each_variable(&mut |name| keys.extend(question.model.keys().find(name)));
    }
    keys
}

/// The request that a model describes, confirmed by the evaluator.
pub(crate) fn build(
    inquiry: &Inquiry<'_, '_>,
    example: Option<&Example>,
    model: &FxHashMap<Coordinate, Model>,
    readings: Readings,
) -> Result<Box<Witness>, Reason> {
    let question = inquiry.question;
    let setting = inquiry.setting;
    let hints = Hints::new(question.model, question.layers, question.region, setting.kind);
    let text = |coordinate| match model.get(&coordinate) {
        Some(Model::Text(text)) => Some(text.clone()),
        _ => None,
    };
    let action = text(Coordinate::Action).map(|action| hints.spelling(&action)).unwrap_or_default();
    let action = ActionName::parse(&action).map_err(|_| Reason::Correlation("the action".to_owned()))?;
    let principal = match (example, &question.region.principal) {
        (Some(example), _) => example.principal.clone(),
        (None, PrincipalRegion::One(principal)) => (**principal).clone(),
        (None, _) => principal(setting.kind, &text),
    };
    let mut request = Request {
        resource: text(Coordinate::Resource).unwrap_or_default(),
        ..Request::of(principal, action)
    };
    request.path = setting.path;
    request.context = Context::new(Unstated::Absent);
    for (id, key) in question.model.keys().iter() {
        let known = example.and_then(|example| example.known.get(&id)).or_else(|| setting.known.get(&id));
        let state = match (known, model.get(&Coordinate::Key(id))) {
            (Some(known), _) => known.clone(),
            (None, Some(Model::Key(state))) => state.clone(),
            (None, _) if crate::keys::ALWAYS_PRESENT.contains(&key.folded().as_str()) => {
                key_values(&key.folded())
                    .first()
                    .map_or(KeyState::Absent, |value| KeyState::One((*value).to_owned()))
            }
            (None, _) => continue,
        };
        request.context.replace(key.clone(), state);
    }
    request.resource_account = owner(inquiry, &request);
    request.complete().map_err(|error| Reason::Correlation(error.to_string()))?;
    let bound = BoundRequest::new(question.model, &request, readings);
    let case = Case {
        model: question.model,
        layers: question.layers,
        chain: &setting.chain,
        request: &bound,
        is_bounded: setting.is_bounded,
    };
    let decision = case.decide().ok_or_else(|| Reason::Correlation("a key that is not stated".to_owned()))?;
    if question.expect.admits(decision.verdict) || !is_as_supposed(inquiry, &request) {
        return Err(Reason::Correlation("the principal and its keys".to_owned()));
    }
    let misses = misses(&case);
    Ok(Box::new(Witness { request, decision, misses, readings: readings.alternatives().collect() }))
}

/// The statements of all layers that are asked which do not apply, with the reason.
fn misses(case: &Case<'_>) -> Vec<Miss> {
    let mut layers: Vec<Layer> = case.chain.denials.iter().map(|denial| denial.layer).collect();
    for requirement in &case.chain.requirements {
        requirement.grant.for_each_layer(&mut |layer| layers.push(layer));
    }
    layers.sort_unstable();
    layers.dedup();
    let mut misses = Vec::new();
    for layer in layers {
        let policies = case.layers.policies(layer).iter().filter_map(|id| case.model.policy(*id));
        for statement in policies.flat_map(|policy| &policy.statements) {
            if let Some(element) = case.first_failing(statement.id, layer) {
                misses.push(Miss { layer, statement: statement.id, element });
            }
        }
    }
    misses
}

fn principal(kind: PrincipalKind, text: &impl Fn(Coordinate) -> Option<String>) -> Principal {
    let arn = text(Coordinate::PrincipalArn);
    let mut principal = match kind {
        PrincipalKind::Service | PrincipalKind::Saml | PrincipalKind::Oidc => {
            Principal::new(kind, text(Coordinate::Name).as_deref())
        }
        PrincipalKind::Anonymous => Principal::new(kind, None),
        PrincipalKind::RoleSession => {
            let role = arn.as_deref().and_then(Arn::parse);
            let session = role.map(|role| {
                let name = role.resource.rsplit('/').next().unwrap_or("");
                let session = text(Coordinate::SessionName).unwrap_or_else(|| "example-session".to_owned());
                format!("arn:{}:sts::{}:assumed-role/{name}/{session}", role.partition, role.account)
            });
            let mut principal = Principal::new(kind, session.as_deref());
            principal.issuer_arn = arn;
            principal
        }
        PrincipalKind::User | PrincipalKind::Root | PrincipalKind::FederatedUser => {
            Principal::new(kind, arn.as_deref())
        }
    };
    principal.unique_id = text(Coordinate::UniqueId);
    principal.canonical_id = text(Coordinate::CanonicalId);
    principal
}

/// The account of the resource: as the region says, as the resource's ARN says, or one that fits the setting.
fn owner(inquiry: &Inquiry<'_, '_>, request: &Request) -> Option<String> {
    if let Some(owner) = &inquiry.question.region.resource_account {
        return Some(owner.clone());
    }
    if let Some(stated) = request.context.single("aws:ResourceAccount") {
        return Some(stated.to_owned());
    }
    let key_is_absent = polsim_policy::ConditionKey::new("aws:ResourceAccount")
        .is_some_and(|key| request.context.stated(&key) == Some(&KeyState::Absent));
    if inquiry.is_alone() && key_is_absent {
        return None;
    }
    let own = request.principal.account();
    match inquiry.setting.accounts {
        Accounts::Same => own.map(str::to_owned),
        _ if inquiry.is_alone() => None,
        _ => {
            ["444455556666", "111122223333"].into_iter().find(|other| Some(*other) != own).map(str::to_owned)
        }
    }
}

/// Whether a request is in the situation for which it was made.
fn is_as_supposed(inquiry: &Inquiry<'_, '_>, request: &Request) -> bool {
    if inquiry.is_alone() {
        return true;
    }
    let situation = polsim_eval::Situation::of(request, inquiry.question.layers, false);
    polsim_eval::Chain::of(&situation) == inquiry.setting.chain
}
