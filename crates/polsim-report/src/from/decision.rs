//! A simulated request as a report: the verdict, what decides it, what it hangs on.

use super::element::{condition_of, element_words, place_of};
use super::words;
use crate::{Conclusion, Entry, Exit, Level, Library, Report, Row, Verb};
use polsim_eval::{
    Case, Cause, Decision, KeyState, Layer, NetworkPath, Outcome, PrincipalKind, Reading, Request,
    StatementElement, StatementId, Verdict,
};
use polsim_policy::{ConditionKey, Effect};

/// How many statements of a kind are shown without `--trace`.
const MOST_STATEMENTS: usize = 3;

/// A request with everything that was found out about it.
pub struct Simulated<'s> {
    /// The request, completed.
    pub request: &'s Request,
    /// The request against its layers.
    pub case: &'s Case<'s>,
    /// The texts of the policies.
    pub library: &'s Library,
    /// The verdicts that are possible.
    pub outcome: Outcome,
    /// The decision, when only one is.
    pub decision: Option<Decision>,
    /// The keys that were filled in.
    pub derived: &'s [ConditionKey],
    /// The ambiguities that the outcome depends on.
    pub readings: Vec<Reading>,
    /// The single keys that would change the verdict.
    pub changes: Vec<Change>,
    /// Whether every statement is shown.
    pub trace: bool,
}

/// A key that would change the verdict if it were held otherwise.
#[derive(Clone, Debug, PartialEq)]
pub struct Change {
    /// The key.
    pub key: ConditionKey,
    /// What it would have to be.
    pub state: KeyState,
    /// The verdict then.
    pub verdict: Verdict,
}

/// The report of a simulated request.
#[must_use]
pub fn report(simulated: &Simulated<'_>) -> Report {
    let request = simulated.request;
    let what = format!("{} on {}", request.action, request.resource);
    let mut entries =
        vec![Entry::new(Level::Fact, "the request").with_rows(rows(request, simulated.derived))];
    let (conclusion, headline, exit) = match &simulated.decision {
        Some(decision) => {
            entries.extend(decided(simulated, decision));
            let conclusion = match decision.verdict {
                Verdict::Allowed => Conclusion::Allowed,
                Verdict::ExplicitlyDenied => Conclusion::ExplicitlyDenied,
                Verdict::ImplicitlyDenied => Conclusion::ImplicitlyDenied,
            };
            (conclusion, message(&what, decision), Exit::Holds)
        }
        None => {
            entries.push(open(simulated));
            (Conclusion::Depends, format!("{what}: it depends on what is not stated"), Exit::Undecided)
        }
    };
    entries.extend(changes(&simulated.changes));
    if simulated.trace {
        entries.extend(trace(simulated));
    }
    let notes = simulated.readings.iter().map(|reading| {
        format!(
            "AWS's documents leave {} open; it would be otherwise if {}",
            reading.code(),
            reading.alternative()
        )
    });
    Report { entries, notes: notes.collect(), ..Report::new(Verb::Simulate, conclusion, headline, exit) }
}

/// S4.20.5: close to AWS's own words.
fn message(what: &str, decision: &Decision) -> String {
    let because = decision.primary.map(words::cause).unwrap_or_default();
    match (decision.verdict, decision.primary) {
        (Verdict::Allowed, _) => what.to_owned(),
        (Verdict::ExplicitlyDenied, _) => format!("{what}, with an explicit deny in the {because}"),
        (Verdict::ImplicitlyDenied, Some(Cause::Partition)) => format!("{what}, because {because}"),
        (Verdict::ImplicitlyDenied, _) => format!("{what}, because no statement of the {because} allows it"),
    }
}

/// A request as a table.
#[must_use]
pub fn rows(request: &Request, filled_in: &[ConditionKey]) -> Vec<Row> {
    let row = |key: &str, value: String, note: Option<&str>| Row {
        key: key.to_owned(),
        value,
        note: note.map(str::to_owned),
    };
    let principal = &request.principal;
    let who = match principal.kind {
        PrincipalKind::Anonymous => "anonymous".to_owned(),
        _ => principal.arn.clone().unwrap_or_default(),
    };
    let mut rows = vec![
        row("principal", who, Some(words::principal_kind(principal.kind))),
        row("action", request.action.to_string(), None),
        row("resource", request.resource.clone(), None),
    ];
    if request.path != NetworkPath::Direct {
        rows.push(row("via", words::path(request.path).to_owned(), None));
    }
    for (key, state) in request.context.iter().filter(|(_, state)| **state != KeyState::Open) {
        let is_derived = filled_in.contains(key);
        if is_derived && *state == KeyState::Absent {
            continue;
        }
        rows.push(row(key.as_str(), words::key_state(state), is_derived.then_some("derived")));
    }
    rows
}

fn decided(simulated: &Simulated<'_>, decision: &Decision) -> Vec<Entry> {
    let library = simulated.library;
    let (statements, verb, level) = match decision.verdict {
        Verdict::Allowed => (&decision.allowed_by, "allows it", Level::Allows),
        _ => (&decision.denied_by, "denies it", Level::Denies),
    };
    let mut entries: Vec<Entry> = statements
        .iter()
        .take(MOST_STATEMENTS)
        .map(|(layer, id)| {
            let entry = Entry::new(level, format!("{} {verb} ({})", library.name(*id), words::layer(*layer)));
            match library.place(*id, verb) {
                Some(place) => entry.at(place),
                None => entry,
            }
        })
        .collect();
    if statements.len() > MOST_STATEMENTS {
        let more = words::count(statements.len() - MOST_STATEMENTS, "more statement");
        entries.push(Entry::new(Level::Fact, format!("{more} {verb}; `--trace` shows them")));
    }
    if decision.verdict == Verdict::ImplicitlyDenied {
        for cause in &decision.causes {
            if let Cause::Layer(layer) = cause {
                entries.push(Entry::new(
                    Level::Denies,
                    format!("no Allow of the {} applies", words::layer(*layer)),
                ));
                entries.extend(nearest(simulated, *layer));
            }
        }
    }
    entries
}

/// The Allow statements of a layer that come nearest, with what keeps them from applying.
fn nearest(simulated: &Simulated<'_>, layer: Layer) -> Vec<Entry> {
    let near = statements(simulated, layer).into_iter().filter(|(effect, _, failing)| {
        *effect == Effect::Allow && !matches!(failing, None | Some(StatementElement::Action))
    });
    near.take(MOST_STATEMENTS).filter_map(|(_, id, failing)| misses(simulated, id, failing?)).collect()
}

/// All statements of a layer, each with the first element that keeps it from applying.
fn statements(
    simulated: &Simulated<'_>,
    layer: Layer,
) -> Vec<(Effect, StatementId, Option<StatementElement>)> {
    let case = simulated.case;
    let policies = case.layers.policies(layer).iter().filter_map(|id| case.model.policy(*id));
    let statements = policies.flat_map(|policy| &policy.statements);
    statements.map(|s| (s.effect, s.id, case.first_failing(s.id, layer))).collect()
}

/// A statement that does not apply: the element, what it wants, and what the request has.
fn misses(simulated: &Simulated<'_>, id: StatementId, failing: StatementElement) -> Option<Entry> {
    let library = simulated.library;
    let sentence = format!("{} does not apply: {}", library.name(id), element_words(failing));
    let place = place_of(library, id, failing)?;
    let has = match (failing, condition_of(library, id, failing)) {
        (_, Some((_, key, _))) => {
            let state = simulated.request.context.stated(key);
            format!("the request has {}", state.map_or("nothing stated".to_owned(), words::key_state))
        }
        (StatementElement::Action, _) => format!("the request has {}", simulated.request.action),
        (StatementElement::Resource, _) => format!("the request has {}", simulated.request.resource),
        _ => "the request has another principal".to_owned(),
    };
    Some(Entry::new(Level::Fact, sentence).at(place.saying(&has)))
}

fn open(simulated: &Simulated<'_>) -> Entry {
    let keys = simulated.case.open_keys();
    let names: Vec<String> = keys
        .iter()
        .filter_map(|key| simulated.case.model.keys().key(*key))
        .map(|key| format!("`{key}`"))
        .collect();
    let verdicts = [Verdict::Allowed, Verdict::ExplicitlyDenied, Verdict::ImplicitlyDenied];
    let possible: Vec<String> = verdicts
        .into_iter()
        .filter(|verdict| simulated.outcome.allows_for(*verdict))
        .map(|verdict| words::verdict(verdict).to_owned())
        .collect();
    let sentence = format!(
        "it may be {}, as {} {}",
        words::list(&possible, "or"),
        words::list(&names, "and"),
        match names.len() {
            1 => "is not stated",
            _ => "are not stated",
        }
    );
    Entry::new(Level::Warning, sentence)
        .with_help("state them with `--context KEY=VALUE` or `--absent KEY`; with `--closed` nothing else is in the request")
}

fn changes(changes: &[Change]) -> Vec<Entry> {
    changes
        .iter()
        .map(|change| {
            let held = match &change.state {
                KeyState::Absent => "were absent".to_owned(),
                state => format!("were `{}`", words::key_state(state)),
            };
            let sentence =
                format!("it would be {} if `{}` {held}", words::verdict(change.verdict), change.key);
            Entry::new(Level::Advice, sentence)
        })
        .collect()
}

/// Every layer that is asked, and every statement in it.
fn trace(simulated: &Simulated<'_>) -> Vec<Entry> {
    let mut layers: Vec<Layer> = simulated.case.chain.denials.iter().map(|denial| denial.layer).collect();
    layers.dedup();
    let mut entries = Vec::new();
    for layer in layers {
        let statements = statements(simulated, layer);
        let applying = statements.iter().filter(|(.., failing)| failing.is_none()).count();
        let count = words::count(statements.len(), "statement");
        entries.push(Entry::new(
            Level::Fact,
            format!("{}: {count}, {applying} of them not ruled out", words::layer(layer)),
        ));
        for (effect, id, failing) in statements {
            entries.extend(match failing {
                Some(failing) => misses(simulated, id, failing),
                None => {
                    let level = if effect == Effect::Allow { Level::Allows } else { Level::Denies };
                    let entry = Entry::new(level, format!("{} applies", simulated.library.name(id)));
                    simulated.library.place(id, "applies").map(|place| entry.at(place))
                }
            });
        }
    }
    entries
}
