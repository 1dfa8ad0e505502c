//! `polsim simulate`: what happens to this request, and why?

use crate::environment::{self, EnvironmentOrigin, World};
use crate::hang::{Hung, Role, choices, load_all};
use crate::load::{Documents, PolicyFile};
use crate::read::{Origin, Reader};
use polsim_arn::{ActionName, Budget};
use polsim_eval::{
    BoundRequest, Case, Chain, Context, KeyState, Layers, Model, NetworkPath, Outcome, Principal, Readings,
    Request, Situation, Unstated, has_public_policy,
};
use polsim_policy::ConditionKey;
use polsim_prove::{Answer, Expectation, PrincipalRegion, Question, Region, Scope, ask};
use polsim_report::from::decision::{Change, Simulated, report};
use polsim_report::{Entry, Level, Library, Report, Verb};

/// The most steps for each change that is tried.
const STEPS_PER_CHANGE: u64 = 200_000;

/// What is asked.
#[derive(Clone, Debug)]
pub struct Simulate {
    /// The environment that says which policies bind the request, instead of policies.
    pub environment: Option<EnvironmentOrigin>,
    /// The policies, and as what they count.
    pub policies: Vec<(Origin, Role)>,
    /// What to make of several documents in one file.
    pub documents: Documents,
    /// The request.
    pub request: RequestText,
    /// Whether a key that is not stated is absent; else it may be anything.
    pub is_closed: bool,
    /// Whether every statement is to be shown.
    pub trace: bool,
}

/// A request as people write it.
#[derive(Clone, Debug)]
pub struct RequestText {
    /// Who asks.
    pub principal: String,
    /// What is to be done.
    pub action: String,
    /// To what; `*` when left out.
    pub resource: Option<String>,
    /// The account that owns the resource.
    pub resource_account: Option<String>,
    /// The way of the request.
    pub path: NetworkPath,
    /// The way as it was written, for an environment: it knows its endpoints by name.
    pub via: Option<String>,
    /// The keys that are stated.
    pub context: Vec<(ConditionKey, KeyState)>,
}

/// What a request is decided against.
#[derive(Clone, Copy)]
pub(crate) struct Against<'a> {
    pub(crate) model: &'a Model,
    pub(crate) layers: &'a Layers,
    pub(crate) scope: &'a Scope,
    pub(crate) library: &'a Library,
    pub(crate) readings: Readings,
}

/// Simulates a request.
#[must_use]
pub fn simulate(question: &Simulate, reader: &Reader) -> Report {
    let bad = |entries| Report::bad_input(Verb::Simulate, entries);
    match &question.environment {
        Some(environment) => match environment::load(environment, reader) {
            Ok(world) => in_environment(question, &world).unwrap_or_else(bad),
            Err(entries) => bad(entries),
        },
        None => against_files(question, reader).unwrap_or_else(bad),
    }
}

fn against_files(question: &Simulate, reader: &Reader) -> Result<Report, Vec<Entry>> {
    let mut request = question.request.read(question.is_closed)?;
    let derived = request.complete().map_err(|error| vec![Entry::new(Level::Error, error.to_string()).with_code("INP020")])?;
    let files = load_all(&question.policies, question.documents, reader)?;
    let chosen = choices(&files);
    let [choice] = chosen.as_slice() else {
        let text = "a request is simulated against one policy of each file; `--documents merge` makes one of several";
        return Err(vec![Entry::new(Level::Error, text).with_code("INP010")]);
    };
    let mut hung = Hung::default();
    for (file, policy) in choice {
        hung.hang(file, policy);
    }
    for (key, _) in request.context.iter() {
        hung.model.key_id(key);
    }
    let scope = hung.scope();
    let against = Against {
        model: &hung.model,
        layers: &hung.layers,
        scope: &scope,
        library: &hung.library,
        readings: Readings::default(),
    };
    let derived: Vec<ConditionKey> = derived.into_iter().map(|derived| derived.key).collect();
    let mut answered = decide(against, &request, &derived, question.trace);
    answered.notes.extend(files.iter().filter_map(PolicyFile::guess_note));
    Ok(answered)
}

fn in_environment(question: &Simulate, world: &World) -> Result<Report, Vec<Entry>> {
    let text = &question.request;
    let bound = world.bind(text, question.is_closed)?;
    let mut model = world.environment.model().clone();
    for (key, _) in bound.request.context.iter() {
        model.key_id(key);
    }
    let against = Against {
        model: &model,
        layers: &bound.layers,
        scope: &Scope::Whole,
        library: &world.library,
        readings: world.environment.readings(),
    };
    let derived: Vec<ConditionKey> = bound.derived.iter().map(|derived| derived.key.clone()).collect();
    let mut answered = decide(against, &bound.request, &derived, question.trace);
    answered.notes.extend(bound.unknown.iter().map(|unknown| environment::taken_for(*unknown).to_owned()));
    Ok(answered)
}

/// Decides a request against layers, and tells what would decide it otherwise.
fn decide(against: Against<'_>, request: &Request, derived: &[ConditionKey], trace: bool) -> Report {
    let situation = Situation::of(request, against.layers, has_public_policy(against.model, against.layers));
    let chain = match against.scope {
        Scope::Alone(layers) => Chain::of_layers(layers, request.path),
        Scope::Whole => Chain::of(&situation),
    };
    let bound = BoundRequest::new(against.model, request, against.readings);
    let case = Case {
        model: against.model,
        layers: against.layers,
        chain: &chain,
        request: &bound,
        is_bounded: situation.has_boundary,
    };
    let outcome = case.outcome();
    let simulated = Simulated {
        request,
        case: &case,
        library: against.library,
        outcome,
        decision: case.decide(),
        derived,
        readings: depends_on_readings(&case, &bound, outcome),
        changes: changes(against, request, derived, outcome),
        trace,
    };
    report(&simulated)
}

/// The ambiguities each of which, read the other way, changes the outcome.
fn depends_on_readings(
    case: &Case<'_>,
    bound: &BoundRequest<'_>,
    outcome: Outcome,
) -> Vec<polsim_eval::Reading> {
    let differs = |reading: &polsim_eval::Reading| {
        let other = bound.with_readings(bound.readings().with_alternative(*reading));
        Case { request: &other, ..*case }.outcome() != outcome
    };
    polsim_eval::Reading::ALL.iter().copied().filter(differs).collect()
}

/// The keys each of which alone, held otherwise, turns a denial into an Allow, or an Allow into a denial. The prover
/// finds the value and the evaluator has confirmed it.
fn changes(against: Against<'_>, request: &Request, derived: &[ConditionKey], outcome: Outcome) -> Vec<Change> {
    let Some(verdict) = outcome.verdict() else { return Vec::new() };
    let expect =
        if verdict == polsim_eval::Verdict::Allowed { Expectation::Allow } else { Expectation::Deny };
    let mut model = against.model.clone();
    let keys: Vec<ConditionKey> = against.model.keys().iter().map(|(_, key)| key.clone()).collect();
    let mut changes = Vec::new();
    for key in keys.iter().filter(|key| !derived.contains(key)) {
        let mut region = Region {
            resources: vec![polsim_arn::Pattern::exact(&request.resource)],
            principal: PrincipalRegion::One(Box::new(request.principal.clone())),
            paths: vec![request.path],
            resource_account: request.resource_account.clone(),
            ..Region::default()
        };
        region.actions.extend(polsim_arn::ActionPattern::parse(request.action.as_str()));
        for (other, state) in request.context.iter().filter(|(other, _)| *other != key) {
            region.state(&mut model, other, state.clone());
        }
        for other in keys.iter().filter(|other| *other != key && request.context.stated(other).is_none()) {
            if !derived.contains(other) {
                region.state(&mut model, other, KeyState::Absent);
            }
        }
        let question = Question { model: &model, layers: against.layers, scope: against.scope, region: &region, expect };
        if let Answer::Refuted(witness) = ask(&question, &mut Budget::new(STEPS_PER_CHANGE)) {
            let state = witness.request.context.stated(key).cloned().unwrap_or(KeyState::Absent);
            let before = request.context.stated(key).cloned();
            if before.as_ref() != Some(&state) {
                changes.push(Change { key: key.clone(), state, verdict: witness.decision.verdict });
            }
        }
    }
    changes
}

impl RequestText {
    /// The request, before what follows from it is filled in.
    ///
    /// # Errors
    /// What is no principal, no action, or stated twice.
    pub fn read(&self, is_closed: bool) -> Result<Request, Vec<Entry>> {
        let mut wrong = Vec::new();
        let action = ActionName::parse(&self.action).map_err(|error| {
            wrong.push(
                Entry::new(
                    Level::Error,
                    format!("`{}` is not the action of a request: {error}", self.action),
                )
                .with_code("INP011")
                .with_help("write one action, such as `s3:GetObject`; `polsim check` takes wildcards"),
            );
        });
        let principal = Principal::read(&self.principal);
        if principal.is_none() {
            wrong.push(
                Entry::new(Level::Error, format!("`{}` is no principal", self.principal)).with_code("INP013").with_help(
                    "write the ARN of a user, role or session, a 12-digit account (its root user), a service such as \
                     `ec2.amazonaws.com`, or `anonymous`",
                ),
            );
        }
        if let Some(account) = self.resource_account.as_deref().filter(|account| !is_account(account)) {
            let text = format!("`{account}` is no account: an account is 12 digits");
            wrong.push(Entry::new(Level::Error, text).with_code("INP014"));
        }
        let context = self.stated(is_closed).unwrap_or_else(|entries| {
            wrong.extend(entries);
            Context::default()
        });
        let (Ok(action), Some(principal), true) = (action, principal, wrong.is_empty()) else {
            return Err(wrong);
        };
        let mut request = Request::of(principal, action);
        if let Some(resource) = &self.resource {
            request.resource.clone_from(resource);
        }
        request.resource_account.clone_from(&self.resource_account);
        request.path = self.path;
        request.context = context;
        Ok(request)
    }
}

impl RequestText {
    /// The keys that are stated.
    ///
    /// # Errors
    /// A key is stated twice (S3.2.3).
    pub(crate) fn stated(&self, is_closed: bool) -> Result<Context, Vec<Entry>> {
        let mut context = Context::new(if is_closed { Unstated::Absent } else { Unstated::Open });
        let mut wrong = Vec::new();
        for (key, state) in &self.context {
            if let Err(error) = context.state(key.clone(), state.clone()) {
                wrong.push(Entry::new(Level::Error, error.to_string()).with_code("INP020"));
            }
        }
        if wrong.is_empty() { Ok(context) } else { Err(wrong) }
    }
}

fn is_account(text: &str) -> bool {
    text.len() == 12 && text.bytes().all(|byte| byte.is_ascii_digit())
}
