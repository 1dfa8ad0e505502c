//! A simulated request as a report: the verdict, what decides it, what it hangs on.

use super::element::{Miss, applying, looking_at};
use super::request::{looks_at, parts, rows};
use super::trace::{self, judged};
use super::words;
use crate::{Conclusion, Entry, Exit, Level, Library, Passage, Report, Verb};
use polsim_eval::{
    Case, Cause, Decision, KeyState, Layer, Outcome, Reading, Request, StatementElement, StatementId, Verdict,
};
use polsim_policy::{ConditionKey, Effect, Later};

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
    let (conclusion, headline, exit, mut entries) = match &simulated.decision {
        Some(decision) => {
            let conclusion = match decision.verdict {
                Verdict::Allowed => Conclusion::Allowed,
                Verdict::ExplicitlyDenied => Conclusion::ExplicitlyDenied,
                Verdict::ImplicitlyDenied => Conclusion::ImplicitlyDenied,
            };
            (conclusion, message(request, decision), Exit::Holds, decided(simulated, decision))
        }
        None => {
            let (headline, entry) = open(simulated);
            (Conclusion::Depends, headline, Exit::Undecided, vec![entry])
        }
    };
    entries.extend(simulated.changes.iter().map(Change::entry));
    // Absent keys, and the one that is taken for granted, are of interest only to policies that look at them.
    let is_plain = |key: &ConditionKey| {
        simulated.derived.contains(key)
            || request.context.stated(key) == Some(&KeyState::Absent)
            || key.as_str().eq_ignore_ascii_case("aws:ViaAWSService")
    };
    let is_wanted = |key: &ConditionKey| looks_at(simulated.case, key) || !is_plain(key);
    let rows = rows(request, is_wanted);
    entries.push(Entry::new(Level::Fact, "the request, with the keys that policies look at").with_rows(rows));
    if simulated.trace {
        let decision = simulated.decision.as_ref();
        entries.extend(trace::entries(simulated.case, simulated.library, request, decision));
    }
    let notes = simulated.readings.iter().map(|reading| {
        format!(
            "AWS's documents leave a choice here ({}); the answer would be another if {}",
            reading.code(),
            reading.alternative()
        )
    });
    let passage = simulated.decision.as_ref().map(|decision| {
        let present = simulated.case.layers.present();
        Box::new(Passage::of(parts(request), decision, &present, simulated.library))
    });
    Report {
        entries,
        notes: notes.collect(),
        passage,
        ..Report::new(Verb::Simulate, conclusion, headline, exit)
    }
}

/// S4.20.5: close to AWS's own words.
fn message(request: &Request, decision: &Decision) -> String {
    let what = format!("{} on {}", request.action, request.resource);
    match (decision.verdict, decision.primary) {
        (Verdict::Allowed, _) | (_, None) => what,
        (_, Some(Cause::Partition)) => format!("{what}, because {}", words::cause(Cause::Partition)),
        (_, Some(Cause::BlockPublicAccess)) => {
            format!("{what}, by {}", words::cause(Cause::BlockPublicAccess))
        }
        (Verdict::ExplicitlyDenied, Some(Cause::Layer(layer))) => {
            format!("{what}, with an explicit deny in {}", words::with_article(&words::layer(layer)))
        }
        (Verdict::ImplicitlyDenied, Some(Cause::Layer(layer))) => {
            format!("{what}, because no {} allows it", words::layer(layer))
        }
    }
}

fn decided(simulated: &Simulated<'_>, decision: &Decision) -> Vec<Entry> {
    let mut entries = deciding(decision, simulated.request, simulated.library);
    if decision.verdict == Verdict::ImplicitlyDenied {
        for cause in &decision.causes {
            if let Cause::Layer(layer) = cause {
                entries.extend(missing_allow(simulated, *layer));
            }
        }
    }
    entries
}

/// The statements that decide, each with what of it applies.
pub(super) fn deciding(decision: &Decision, request: &Request, library: &Library) -> Vec<Entry> {
    let (statements, verb, level) = match decision.verdict {
        Verdict::Allowed => (&decision.allowed_by, "allows it", Level::Allows),
        Verdict::ExplicitlyDenied => (&decision.denied_by, "denies it", Level::Denies),
        Verdict::ImplicitlyDenied => return Vec::new(),
    };
    let entry = |(layer, id): &(Layer, StatementId)| {
        let sentence = format!("{} {verb} ({})", library.name(*id), words::layer(*layer));
        Entry { places: applying(library, *id, request, verb), ..Entry::new(level, sentence) }
    };
    let mut entries: Vec<Entry> = statements.iter().take(MOST_STATEMENTS).map(entry).collect();
    if statements.len() > MOST_STATEMENTS {
        let more = words::count(statements.len() - MOST_STATEMENTS, "more statement");
        entries.push(Entry::new(Level::Fact, format!("and {more} of the same effect")));
    }
    entries
}

/// That a layer does not allow, and what comes nearest in it.
fn missing_allow(simulated: &Simulated<'_>, layer: Layer) -> Vec<Entry> {
    let all = judged(simulated.case, layer);
    let mut allows = all.iter().filter(|judged| judged.effect == Effect::Allow).peekable();
    let sentence = match (all.len(), allows.peek()) {
        (0, _) => format!("no {} is given, so none allows it", words::layer(layer)),
        (_, None) if layer == Layer::Endpoint => {
            "the VPC endpoint policy has no Allow statement, so it blocks everything that goes through its endpoint"
                .to_owned()
        }
        (_, None) => format!("the {} has no Allow statement, so it allows nothing at all", words::layer(layer)),
        (_, Some(_)) => format!("no Allow of the {} applies", words::layer(layer)),
    };
    let mut entry = Entry::new(Level::Denies, sentence);
    entry.help = (!all.is_empty() && allows.peek().is_none()).then(|| without_allow(layer).to_owned());
    let near = allows.filter(|judged| judged.failing != Some(StatementElement::Action));
    let misses = near.filter_map(|judged| {
        let (_, statement) = simulated.library.statement(judged.id)?;
        Miss::of(statement, judged.failing?, simulated.request)?.entry(simulated.library, judged.id)
    });
    std::iter::once(entry).chain(misses.take(MOST_STATEMENTS)).collect()
}

/// What to know of a document of Denies.
pub(super) fn without_allow(layer: Layer) -> &'static str {
    match layer {
        Layer::Endpoint => {
            "AWS's default endpoint policy has an Allow of `*` on `*` for `*`, and a Deny goes beside it (S4.11.2)"
        }
        Layer::Scp(_) => {
            "every level needs an Allow, such as AWS's FullAWSAccess; policies of one level count together (S4.9)"
        }
        Layer::Resource | Layer::AccessPoint => {
            "the Allow may be in an identity policy of the caller instead"
        }
        _ => "a Deny needs an Allow beside it if something should work",
    }
}

/// What a request without a verdict hangs on.
fn open(simulated: &Simulated<'_>) -> (String, Entry) {
    let (request, case) = (simulated.request, simulated.case);
    let ids = case.open_keys();
    let keys: Vec<&ConditionKey> = ids.iter().filter_map(|key| case.model.keys().key(*key)).collect();
    let mut names: Vec<String> = keys.iter().map(|key| words::open_key(key)).collect();
    names.dedup();
    let verdicts = [Verdict::Allowed, Verdict::ExplicitlyDenied, Verdict::ImplicitlyDenied];
    let possible: Vec<String> = verdicts
        .into_iter()
        .filter(|verdict| simulated.outcome.allows_for(*verdict))
        .map(|verdict| words::verdict(verdict).to_owned())
        .collect();
    let headline = format!(
        "{} on {} may be {}: that depends on {}",
        request.action,
        request.resource,
        words::list(&possible, "or"),
        words::list(&names, "and")
    );
    let is_later = keys.iter().any(|key| Later::of(key).is_some());
    let sentence = match (is_later, names.as_slice()) {
        (true, _) => "not all that matters is known".to_owned(),
        (false, [name]) => format!("{name} is not stated"),
        (false, _) => format!("{} are not stated", words::list(&names, "and")),
    };
    let help = if is_later {
        "`--parameters NAME=VALUE` gives the value of a parameter; a key of the request is stated with `--context KEY=VALUE`"
    } else {
        "`--context KEY=VALUE` states a key, `--absent KEY` that it is not there, `--closed` that no other key is"
    };
    let places = keys.iter().flat_map(|key| looking_at(case, simulated.library, key)).take(MOST_STATEMENTS);
    (headline, Entry { places: places.collect(), ..Entry::new(Level::Warning, sentence).with_help(help) })
}

impl Change {
    fn entry(&self) -> Entry {
        let held = match &self.state {
            KeyState::Absent => "were absent".to_owned(),
            state => format!("were `{}`", words::key_state(state)),
        };
        let sentence = format!("it would be {} if `{}` {held}", words::verdict(self.verdict), self.key);
        Entry::new(Level::Fact, sentence)
    }
}
