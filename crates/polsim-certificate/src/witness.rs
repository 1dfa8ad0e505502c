//! Checking a refutation: its request is decided once more.

use crate::flaw::Flaw;
use crate::form::{StateForm, WitnessForm};
use crate::notation::{path_word, read_state};
use polsim_arn::ActionName;
use polsim_eval::{
    BoundRequest, Case, Chain, Context, KeyId, KeyState, KeyTable, Layers, NetworkPath, Principal,
    PrincipalKind, Reading, Readings, Request, Situation, Truth, Unstated, Valuation, Value, Variable,
    Verdict, has_public_policy,
};
use polsim_policy::ConditionKey;
use polsim_question::question::{PrincipalRegion, Question, Scope};

/// Whether a request is lawful, one that is asked about, and not as claimed.
pub(crate) fn check(witness: &WitnessForm, question: &Question<'_>) -> Result<(), Flaw> {
    let mut request = request(witness)?;
    request.complete().map_err(|error| Flaw::Unlawful(error.to_string()))?;
    let readings: Readings = witness
        .readings
        .iter()
        .map(|name| Reading::ALL.iter().copied().find(|reading| reading.name() == name))
        .collect::<Option<_>>()
        .ok_or_else(|| Flaw::Unlawful("it names a reading that is none".to_owned()))?;
    is_asked_about(&request, question, readings)?;
    if let Some(fact) = question.region.unreal(&request).first() {
        return Err(Flaw::Unreal(fact.id().to_owned()));
    }
    let bound = BoundRequest::new(question.model, &request, readings);
    let verdict = |layers: &Layers| {
        let situation = Situation::of(&request, layers, has_public_policy(question.model, layers));
        let chain = match question.scope {
            Scope::Whole => Chain::of(&situation),
            Scope::Alone(only) => Chain::of_layers(only, request.path),
        };
        let is_bounded = situation.has_boundary;
        let case = Case { model: question.model, layers, chain: &chain, request: &bound, is_bounded };
        case.outcome().verdict().ok_or_else(|| Flaw::Unlawful("it leaves keys open".to_owned()))
    };
    let own = verdict(question.layers)?;
    let other: Option<Verdict> = question.claim.other().map(verdict).transpose()?;
    if question.claim.admits(own, other) { Err(Flaw::AsClaimed(own.to_string())) } else { Ok(()) }
}

/// The request that is written so.
pub(crate) fn request(witness: &WitnessForm) -> Result<Request, Flaw> {
    let wrong = |what: &str| Flaw::Unlawful(format!("its {what} is none"));
    let kind = PrincipalKind::ALL.into_iter().find(|kind| kind.as_str() == witness.principal.kind);
    let mut principal =
        Principal::new(kind.ok_or_else(|| wrong("kind of principal"))?, witness.principal.arn.as_deref());
    principal.issuer_arn.clone_from(&witness.principal.issuer_arn);
    principal.unique_id.clone_from(&witness.principal.unique_id);
    principal.canonical_id.clone_from(&witness.principal.canonical_id);
    let action = ActionName::parse(&witness.action).map_err(|_| wrong("action"))?;
    let paths = [NetworkPath::Direct, NetworkPath::Gateway, NetworkPath::Interface];
    let path = paths.into_iter().find(|path| path_word(*path) == witness.path).ok_or_else(|| wrong("way"))?;
    let mut context = Context::new(Unstated::Absent);
    for (name, state) in &witness.context {
        let key = ConditionKey::new(name).ok_or_else(|| wrong("condition key"))?;
        if *state == StateForm::Open {
            return Err(Flaw::Unlawful(format!("it leaves `{name}` open")));
        }
        context.state(key, read_state(state)).map_err(|error| Flaw::Unlawful(error.to_string()))?;
    }
    Ok(Request {
        resource: witness.resource.clone(),
        resource_account: witness.resource_account.clone(),
        path,
        context,
        ..Request::of(principal, action)
    })
}

fn is_asked_about(request: &Request, question: &Question<'_>, readings: Readings) -> Result<(), Flaw> {
    let region = question.region;
    let outside = |is_in: bool, what| if is_in { Ok(()) } else { Err(Flaw::Outside(what)) };
    let actions = &region.actions;
    outside(actions.is_empty() || actions.iter().any(|a| a.matches(&request.action)), "its action")?;
    let resources = &region.resources;
    outside(resources.is_empty() || resources.iter().any(|r| r.matches(&request.resource)), "its resource")?;
    let is_meant = match &region.principal {
        PrincipalRegion::One(only) => request.principal == **only,
        PrincipalRegion::Arn(pattern) => {
            request.principal.principal_arn().is_some_and(|arn| pattern.matches(&arn))
        }
        PrincipalRegion::Anyone | PrincipalRegion::Kinds(_) => true,
    };
    outside(is_meant && question.kinds().contains(&request.principal.kind), "its principal")?;
    outside(question.paths().contains(&request.path), "its way")?;
    let owner = &region.resource_account;
    outside(owner.is_none() || *owner == request.resource_account, "the account of its resource")?;
    let keys = question.model.keys();
    let state =
        |key: KeyId| keys.key(key).and_then(|key| request.context.stated(key)).unwrap_or(&KeyState::Absent);
    outside(region.known.iter().all(|(key, known)| state(*key) == known), "its context")?;
    let stated = Stated { request, keys, readings };
    outside(region.keys.iter().all(|formula| formula.fold(&stated) == Truth::Yes), "its context")
}

/// What a request states of condition keys.
struct Stated<'r> {
    request: &'r Request,
    keys: &'r KeyTable,
    readings: Readings,
}

impl Valuation for Stated<'_> {
    fn value(&self, variable: Variable) -> Value<'_> {
        let Variable::Key(key) = variable else { return Value::Open };
        let state = self.keys.key(key).and_then(|key| self.request.context.stated(key));
        match state {
            None | Some(KeyState::Absent) => Value::Absent,
            Some(KeyState::One(text)) => Value::One(text),
            Some(KeyState::List(texts)) => Value::List(texts),
            Some(KeyState::Open) => Value::Open,
        }
    }

    fn keys(&self) -> &KeyTable {
        self.keys
    }

    fn readings(&self) -> Readings {
        self.readings
    }
}
