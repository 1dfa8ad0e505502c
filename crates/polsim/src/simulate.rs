//! `polsim simulate`: what happens to this request, and why?

use crate::against::Against;
use crate::changes::changes;
use crate::environment::{self, EnvironmentOrigin, World};
use crate::hang::{Hung, Role, choices, load_all};
use crate::load::{Documents, PolicyFile};
use crate::read::{Origin, Reader};
use crate::request_text::RequestText;
use polsim_claim::Way;
use polsim_eval::{BoundRequest, Case, Layer, NetworkPath, Outcome, Reading, Readings, Request};
use polsim_policy::ConditionKey;
use polsim_prove::Scope;
use polsim_report::from::claim::refusal;
use polsim_report::from::decision::{Simulated, report};
use polsim_report::from::words;
use polsim_report::{Entry, Level, Report, Verb};

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
    /// The ambiguities that are read the other way, beside those of the environment.
    pub readings: Vec<Reading>,
    /// Whether every statement is to be shown.
    pub trace: bool,
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
    let way = question
        .request
        .via
        .as_deref()
        .map(Way::read)
        .transpose()
        .map_err(|refused| vec![refusal(&refused)])?;
    let files = load_all(&question.policies, question.documents, reader)?;
    let hung = match choices(&files).as_slice() {
        [choice] => Hung::of(choice)?,
        [] => return Err(refused("no policy is given", "INP010")),
        _ => {
            let sentence = "a request is simulated against one policy of each file; `--documents merge` makes one of several";
            return Err(refused(sentence, "INP010"));
        }
    };
    let mut notes = Vec::new();
    let has_endpoint = hung.present.contains(&Layer::Endpoint);
    let way = way.or_else(|| {
        let way = has_endpoint.then(|| Way::through_endpoint_of(request.action.service()))?;
        notes.push(format!("no `--via`: the request is taken to go through {}", words::path(way.path)));
        Some(way)
    });
    let mut known = way
        .map_or(Ok(Vec::new()), |way| way.send(&mut request))
        .map_err(|refused| vec![refusal(&refused)])?;
    let derived = request.complete().map_err(|error| refused(&error.to_string(), "INP020"))?;
    known.extend(derived.into_iter().map(|derived| derived.key));
    let is_alone = matches!(question.policies.as_slice(), [(_, Role::Itself(_))]);
    let scope = hung.scope_for(&request, is_alone)?;
    if has_endpoint && request.path == NetworkPath::Direct {
        notes.push(
            "the request does not go through the endpoint, so the endpoint's policy is not asked".to_owned(),
        );
    }
    if let (Scope::Alone(layers), false) = (&scope, is_alone) {
        let given: Vec<String> = layers.iter().map(|layer| words::layer(*layer)).collect();
        notes.push(format!(
            "this is what the {} say by themselves: a request of {} needs more than that",
            words::list(&given, "and the"),
            words::principal_kind(request.principal.kind)
        ));
    }
    let against = Against {
        model: &hung.model,
        layers: &hung.layers,
        scope: &scope,
        library: &hung.library,
        readings: question.readings.iter().copied().collect(),
    };
    let mut answered = decide(against, &request, &known, question.trace);
    answered.notes.extend(notes);
    answered.notes.extend(files.iter().filter_map(PolicyFile::guess_note));
    Ok(answered)
}

fn refused(sentence: &str, code: &'static str) -> Vec<Entry> {
    vec![Entry::new(Level::Error, sentence).with_code(code)]
}

fn in_environment(question: &Simulate, world: &World) -> Result<Report, Vec<Entry>> {
    let text = &question.request;
    let bound = world.bind(text, question.is_closed)?;
    let against = Against {
        model: world.environment.model(),
        layers: &bound.layers,
        scope: &Scope::Whole,
        library: &world.library,
        readings: question
            .readings
            .iter()
            .copied()
            .fold(world.environment.readings(), Readings::with_alternative),
    };
    let derived: Vec<ConditionKey> = bound.derived.iter().map(|derived| derived.key.clone()).collect();
    let mut answered = decide(against, &bound.request, &derived, question.trace);
    answered.notes.extend(world.notes.iter().cloned());
    answered.notes.extend(bound.unknown.iter().map(|unknown| environment::taken_for(*unknown).to_owned()));
    Ok(answered)
}

/// Decides a request against layers, and tells what would decide it otherwise.
pub(crate) fn decide(
    against: Against<'_>,
    request: &Request,
    derived: &[ConditionKey],
    trace: bool,
) -> Report {
    let situation = against.situation(request);
    let chain = against.chain(request, &situation);
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
