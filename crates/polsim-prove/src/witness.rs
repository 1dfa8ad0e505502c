//! From the values of coordinates to a request, and back through the evaluator.

use crate::answer::{Miss, Reason, Witness};
use crate::coordinate::Coordinate;
use crate::example::Example;
use crate::hints::key_values;
use crate::inquiry::Inquiry;
use crate::refine::Lemma;
use crate::situations::{OWNERS, Side};
use crate::theory::Model;
use polsim_arn::{ActionName, Arn, Pattern};
use polsim_eval::{
    Accounts, BoundRequest, Case, Chain, Context, Contradiction, InputError, KeyState, Layer, Layers,
    Principal, PrincipalKind, Readings, Request, Situation, Unstated, has_public_policy,
};
use polsim_policy::ConditionKey;
use polsim_question::assumption::Assumption;
use polsim_question::question::{PrincipalRegion, Question};
use rustc_hash::FxHashMap;

/// Why the values of coordinates are no request.
#[derive(Debug)]
pub(crate) enum Misfit {
    /// They overlook something that can be said.
    Lemma(Box<Lemma>),
    /// Principal and resource are in different partitions.
    Partitions(Box<Request>),
    Reason(Reason),
}

impl Misfit {
    pub(crate) fn into_reason(self) -> Reason {
        match self {
            Self::Lemma(lemma) => match *lemma {
                Lemma::OtherAccount(_) => Reason::Correlation("the account of the resource".to_owned()),
                Lemma::Derived { .. } | Lemma::NameInArn(_) => {
                    Reason::Correlation("the name of the principal".to_owned())
                }
            },
            Self::Partitions(_) => Reason::Correlation("the partition of the resource".to_owned()),
            Self::Reason(reason) => reason,
        }
    }
}

impl From<Reason> for Misfit {
    fn from(reason: Reason) -> Self {
        Self::Reason(reason)
    }
}

/// The request that a model describes, confirmed by the evaluator.
pub(crate) fn build(
    inquiry: &Inquiry<'_, '_>,
    example: Option<&Example>,
    model: &FxHashMap<Coordinate, Model>,
    readings: Readings,
) -> Result<Box<Witness>, Misfit> {
    let question = inquiry.question;
    let setting = inquiry.setting;
    let text = |coordinate| match model.get(&coordinate) {
        Some(Model::Text(text)) => Some(text.clone()),
        _ => None,
    };
    let action = text(Coordinate::Action).map(|action| inquiry.hints.spelling(&action)).unwrap_or_default();
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
            (None, _) if polsim_question::keys::ALWAYS_PRESENT.contains(&key.folded().as_str()) => {
                key_values(&key.folded())
                    .first()
                    .map_or(KeyState::Absent, |value| KeyState::One((*value).to_owned()))
            }
            (None, _) => continue,
        };
        request.context.replace(key.clone(), state);
    }
    // A principal that is given may have an id that is not.
    if let (true, Some(id), Some(key)) =
        (request.principal.unique_id.is_none(), text(Coordinate::UniqueId), ConditionKey::new("aws:userid"))
    {
        request.context.replace(key, KeyState::One(id));
    }
    if question.region.assumptions.contains(Assumption::CalledVia) {
        complete_calls(&mut request.context);
    }
    request.resource_account = owner(inquiry, &request);
    fits_together(inquiry, &request)?;
    request.complete().map_err(|error| misfit_of(inquiry, &request.principal, error))?;
    let sides = (&setting.side, setting.other.as_ref());
    let witness = confirm(question, sides, request, readings)?;
    match witness.filter(|witness| is_as_supposed(inquiry, &witness.request)) {
        Some(witness) => Ok(Box::new(witness)),
        None => Err(Reason::Correlation("the principal and its keys".to_owned()).into()),
    }
}

/// A request as a witness, when the evaluator confirms that it breaks the claim.
pub(crate) fn confirm(
    question: &Question<'_>,
    (side, other_side): (&Side, Option<&Side>),
    request: Request,
    readings: Readings,
) -> Result<Option<Witness>, Reason> {
    let bound = BoundRequest::new(question.model, &request, readings);
    let decide = |case: &Case<'_>| {
        case.decide().ok_or_else(|| Reason::Correlation("a key that is not stated".to_owned()))
    };
    let own = case(question, question.layers, side, &bound);
    let other = question.claim.other().zip(other_side);
    let other = other.map(|(layers, side)| case(question, layers, side, &bound));
    let decision = decide(&own)?;
    let other_decision = other.as_ref().map(decide).transpose()?;
    let other_verdict = other_decision.as_ref().map(|decision| decision.verdict);
    if question.claim.admits(decision.verdict, other_verdict) {
        return Ok(None);
    }
    let misses = misses(other.as_ref().unwrap_or(&own));
    let readings = readings.alternatives().collect();
    Ok(Some(Witness { request, decision, other: other_decision, misses, readings }))
}

fn case<'a>(
    question: &'a Question<'_>,
    layers: &'a Layers,
    side: &'a Side,
    request: &'a BoundRequest<'a>,
) -> Case<'a> {
    Case { model: question.model, layers, chain: &side.chain, request, is_bounded: side.is_bounded }
}

/// Whether accounts and partitions are as in the setting.
fn fits_together(inquiry: &Inquiry<'_, '_>, request: &Request) -> Result<(), Misfit> {
    if inquiry.is_alone() {
        return Ok(());
    }
    let partitions = (request.principal.partition(), Arn::parse(&request.resource).map(|arn| arn.partition));
    if matches!(partitions, (Some(principal), Some(resource)) if principal != resource) {
        return Err(Misfit::Partitions(Box::new(request.clone())));
    }
    match request.principal.account() {
        Some(own)
            if inquiry.setting.accounts == Accounts::Cross
                && request.resource_account.as_deref() == Some(own) =>
        {
            Err(Misfit::Lemma(Box::new(Lemma::OtherAccount(own.to_owned()))))
        }
        _ => Ok(()),
    }
}

/// What a key that is stated against what follows from the principal teaches (I7).
fn misfit_of(inquiry: &Inquiry<'_, '_>, principal: &Principal, error: InputError) -> Misfit {
    let reason = Reason::Correlation(error.to_string());
    let InputError::Contradiction(Contradiction { derived, stated }) = error else { return reason.into() };
    let key = inquiry.question.model.keys().find(&derived.key.folded());
    let (Some(key), Some(arn), KeyState::One(value)) = (key, principal.arn.clone(), derived.state) else {
        return reason.into();
    };
    if !matches!(principal.kind, PrincipalKind::User | PrincipalKind::FederatedUser) {
        return reason.into();
    }
    let stated = match stated {
        KeyState::One(text) => {
            let patterns = arns_of_name(principal.kind, &text);
            Some((text, patterns))
        }
        _ => None,
    };
    Misfit::Lemma(Box::new(Lemma::Derived { arn, key, value, stated }))
}

/// The ARNs of users with a name, or of federated users with an account and a name.
fn arns_of_name(kind: PrincipalKind, text: &str) -> Vec<Pattern> {
    let literal = |text: &str| Pattern::exact(text).tokens().to_vec();
    let head = |head: &str| Pattern::wildcard(head).tokens().to_vec();
    let with =
        |before: &str, after: &str| Pattern::from_tokens(head(before).into_iter().chain(literal(after)));
    match kind {
        PrincipalKind::User if !text.contains('/') => {
            vec![with("arn:*:iam::????????????:user/", text), with("arn:*:iam::????????????:user/*/", text)]
        }
        PrincipalKind::FederatedUser => {
            let (account, name) = text.split_once(':').unwrap_or(("", ""));
            vec![with("arn:*:sts::", &format!("{account}:federated-user/{name}"))]
        }
        _ => Vec::new(),
    }
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
    if kind == PrincipalKind::FederatedUser {
        principal.issuer_arn = text(Coordinate::IssuerArn);
    }
    principal.unique_id = text(Coordinate::UniqueId);
    principal.canonical_id = text(Coordinate::CanonicalId);
    principal
}

/// What I4 says of a call on somebody's behalf and no policy looks at: `aws:ViaAWSService` where none names it, and the
/// order of `aws:CalledVia`, which has the first and the last service at its ends.
fn complete_calls(context: &mut Context) {
    let is_carried = |name: &str| {
        let state = ConditionKey::new(name).and_then(|key| context.stated(&key));
        state.is_some_and(|state| state.values().iter().any(|value| !value.is_empty()))
    };
    let is_call = ["aws:CalledVia", "aws:CalledViaFirst", "aws:CalledViaLast"].into_iter().any(is_carried);
    if let (true, Some(via)) = (is_call, ConditionKey::new("aws:ViaAWSService"))
        && context.stated(&via).is_none()
    {
        context.replace(via, KeyState::One("true".to_owned()));
    }
    let end = |name| context.single(name).map(str::to_owned);
    let (first, last) = (end("aws:CalledViaFirst"), end("aws:CalledViaLast"));
    let Some(key) = ConditionKey::new("aws:CalledVia") else { return };
    let Some(KeyState::List(calls)) = context.stated(&key) else { return };
    let is_end = |call: &&String| Some(*call) == first.as_ref() || Some(*call) == last.as_ref();
    let is_listed = |end: &&String| calls.contains(end);
    let (before, after) = (first.as_ref().filter(is_listed), last.as_ref().filter(is_listed));
    let between = calls.iter().filter(|call| !is_end(call));
    let mut ordered: Vec<String> = before.into_iter().chain(between).cloned().collect();
    let ends_there = ordered.last() == after && after.is_some();
    ordered.extend(after.filter(|_| !ends_there).cloned());
    let ordered = KeyState::List(ordered);
    if (first.is_some() || last.is_some()) && ordered.values().len() >= calls.len().min(2) {
        context.replace(key, ordered);
    }
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
    let by_arn = Arn::parse(&request.resource).map(|arn| arn.account).filter(|by_arn| {
        let is_told = inquiry.question.region.assumptions.contains(Assumption::ResourceAccount);
        is_told && by_arn.chars().count() == 12 && Some(*by_arn) != own
    });
    match inquiry.setting.accounts {
        Accounts::Same => own.map(str::to_owned),
        _ if inquiry.is_alone() => None,
        _ if by_arn.is_some() => by_arn.map(str::to_owned),
        _ => OWNERS.into_iter().find(|other| Some(*other) != own).map(str::to_owned),
    }
}

/// Whether a request is in the situation for which it was made.
fn is_as_supposed(inquiry: &Inquiry<'_, '_>, request: &Request) -> bool {
    if inquiry.is_alone() {
        return true;
    }
    let question = inquiry.question;
    let sides = [Some(&inquiry.setting.side), inquiry.setting.other.as_ref()];
    question.sides().zip(sides.into_iter().flatten()).all(|(layers, side)| {
        let is_public = has_public_policy(question.model, layers);
        Chain::of(&Situation::of(request, layers, is_public)) == side.chain
    })
}
