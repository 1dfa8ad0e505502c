//! A claim about all requests, proved or refuted, as a report.

use super::decision::rows;
use super::element::{element_words, place_of};
use super::words;
use crate::{Conclusion, Entry, Exit, Level, Library, Report, Row, Verb};
use polsim_eval::{Layer, Request, StatementElement, StatementId, Verdict};
use polsim_policy::Effect;
use polsim_prove::{Answer, Assumption, Expectation, Miss, Proof, Reason, Witness};

/// How many statements that miss a counterexample are shown.
const MOST_MISSES: usize = 3;

/// What was claimed, in words.
#[derive(Clone, Debug)]
pub struct Claim {
    /// The claim.
    pub expect: Expectation,
    /// The actions, as they were written.
    pub actions: Vec<String>,
    /// The resources, as they were written.
    pub resources: Vec<String>,
    /// Further limits of the region, such as `aws:SourceVpce = vpce-1`.
    pub limits: Vec<String>,
    /// The layers that were asked.
    pub layers: Vec<Layer>,
}

/// The report of an answer.
#[must_use]
pub fn report(claim: &Claim, answer: &Answer, library: &Library) -> Report {
    match answer {
        Answer::Proved(proof) => proved(claim, proof),
        Answer::Refuted(witness) => refuted(claim, witness, library),
        Answer::Unknown(reason) => undecided(claim, reason),
    }
}

impl Claim {
    /// The region in words.
    fn region(&self) -> String {
        let some = |things: &[String]| match things {
            [first, second, third, rest @ ..] if rest.len() > 1 => {
                format!("{first}, {second}, {third} and {} more", rest.len())
            }
            all => words::list(all, "or"),
        };
        let mut region = format!("{} on {}", some(&self.actions), some(&self.resources));
        if !self.limits.is_empty() {
            region.push_str(&format!(", with {}", words::list(&self.limits, "and")));
        }
        region
    }

    fn is_claimed(&self) -> &'static str {
        match self.expect {
            Expectation::Allow => "allowed",
            Expectation::Deny => "denied",
            Expectation::ExplicitDeny => "explicitly denied",
            Expectation::ImplicitDeny => "implicitly denied",
        }
    }
}

fn proved(claim: &Claim, proof: &Proof) -> Report {
    if proof.is_vacuous {
        let entry =
            Entry::new(Level::Warning, "no request at all is as the claim describes, so it says nothing")
                .with_help(
                    "look at the patterns and at the values of `--context`: they contradict each other",
                );
        return Report {
            entries: vec![entry],
            ..Report::new(Verb::Check, Conclusion::BadInput, "the claim is about no request", Exit::BadInput)
        };
    }
    let headline = format!("every request for {} is {}", claim.region(), claim.is_claimed());
    let mut notes = Vec::new();
    let layers: Vec<String> = claim.layers.iter().map(|layer| words::layer(*layer)).collect();
    notes.push(format!(
        "for all requests, whatever they carry that the claim does not mention; asked: {}",
        words::list(&layers, "and")
    ));
    notes.extend(proof.assumptions.iter().map(|assumption| assumed(*assumption)));
    Report { notes, ..Report::new(Verb::Check, Conclusion::Proved, headline, Exit::Holds) }
}

fn assumed(assumption: Assumption) -> String {
    format!("assumed ({}): {}", assumption.id(), assumption.meaning())
}

fn refuted(claim: &Claim, witness: &Witness, library: &Library) -> Report {
    let headline = format!("not every request for {} is {}", claim.region(), claim.is_claimed());
    let verdict = witness.decision.verdict;
    let level = if verdict == Verdict::Allowed { Level::Allows } else { Level::Denies };
    let mut entries = vec![
        Entry::new(level, format!("this request is {}", words::verdict(verdict)))
            .with_rows(shown(&witness.request)),
    ];
    entries.extend(deciding(witness, library));
    entries.extend(explanation(claim, witness, library));
    let notes = witness.readings.iter().map(|reading| {
        format!("only if AWS reads {} otherwise than we do: {}", reading.code(), reading.alternative())
    });
    Report {
        entries,
        notes: notes.collect(),
        ..Report::new(Verb::Check, Conclusion::Refuted, headline, Exit::Fails)
    }
}

fn undecided(claim: &Claim, reason: &Reason) -> Report {
    let headline =
        format!("whether every request for {} is {} is not decided", claim.region(), claim.is_claimed());
    let help = match reason {
        Reason::OutOfSteps => "a larger `--budget`, or a narrower claim, may decide it",
        Reason::Variable(_) => "state what the variable stands for with `--context` or `--principal`",
        Reason::MixedKey(_) => "state the key with `--context`",
        Reason::Correlation(_) => "state the principal with `--principal`",
        Reason::Readings(_) => "a narrower claim may depend on fewer",
    };
    let entry = Entry::new(Level::Warning, reason.to_string()).with_help(help);
    Report {
        entries: vec![entry],
        ..Report::new(Verb::Check, Conclusion::Undecided, headline, Exit::Undecided)
    }
}

/// The statements that decide.
fn deciding(witness: &Witness, library: &Library) -> Vec<Entry> {
    let decision = &witness.decision;
    let (statements, verb) = match decision.verdict {
        Verdict::Allowed => (&decision.allowed_by, "allows it"),
        Verdict::ExplicitlyDenied => (&decision.denied_by, "denies it"),
        Verdict::ImplicitlyDenied => return Vec::new(),
    };
    let entry = |(layer, id): &(Layer, StatementId)| {
        let level = if decision.verdict == Verdict::Allowed { Level::Allows } else { Level::Denies };
        let sentence = format!("{} {verb} ({})", library.name(*id), words::layer(*layer));
        let entry = Entry::new(level, sentence);
        match library.place(*id, verb) {
            Some(place) => entry.at(place),
            None => entry,
        }
    };
    statements.iter().take(MOST_MISSES).map(entry).collect()
}

/// Why the verdict is not the expected one, as far as statements can say.
fn explanation(claim: &Claim, witness: &Witness, library: &Library) -> Vec<Entry> {
    let verdict = witness.decision.verdict;
    let effect = if claim.expect == Expectation::Allow { Effect::Allow } else { Effect::Deny };
    let of_effect = |miss: &&Miss| {
        library.statement(miss.statement).is_some_and(|(_, statement)| statement.effect.value == effect)
    };
    // Statements for other actions are no news, unless there is nothing else to show.
    let near =
        witness.misses.iter().filter(of_effect).filter(|miss| miss.element != StatementElement::Action);
    let mut entries: Vec<Entry> = near.take(MOST_MISSES).filter_map(|miss| missed(miss, library)).collect();
    if verdict == Verdict::ImplicitlyDenied {
        let causes: Vec<String> = witness.decision.causes.iter().map(|cause| words::cause(*cause)).collect();
        let nothing = format!(
            "it is denied only because nothing allows it: no Allow of the {} applies",
            words::list(&causes, "or of the")
        );
        entries.insert(0, Entry::new(Level::Fact, nothing));
        entries.extend(without_allow(witness, library));
    }
    entries
}

/// A statement that does not apply, with the element that keeps it from applying underlined.
fn missed(miss: &Miss, library: &Library) -> Option<Entry> {
    let why = element_words(miss.element);
    let sentence = format!("{} does not apply: {why}", library.name(miss.statement));
    let place = place_of(library, miss.statement, miss.element)?;
    Some(Entry::new(Level::Fact, sentence).at(place.saying(why)))
}

/// The request of a counterexample: what follows from the principal is left out.
fn shown(request: &Request) -> Vec<Row> {
    let derived = request.derived();
    let is_news = |row: &Row| {
        !row.key.eq_ignore_ascii_case("aws:ViaAWSService")
            && !derived.iter().any(|derived| derived.key.as_str().eq_ignore_ascii_case(&row.key))
    };
    rows(request, &[]).into_iter().filter(is_news).collect()
}

/// A document without any Allow blocks all that goes by it; that is worth saying.
fn without_allow(witness: &Witness, library: &Library) -> Option<Entry> {
    let blamed = witness.decision.causes.iter().find_map(|cause| match cause {
        polsim_eval::Cause::Layer(layer) => Some(*layer),
        _ => None,
    })?;
    let statements: Vec<&Miss> = witness.misses.iter().filter(|miss| miss.layer == blamed).collect();
    let allows = |miss: &&Miss| {
        library
            .statement(miss.statement)
            .is_some_and(|(_, statement)| statement.effect.value == Effect::Allow)
    };
    if statements.is_empty() || statements.iter().any(allows) {
        return None;
    }
    let (sentence, help) = match blamed {
        Layer::Endpoint => (
            "this document has no Allow statement, so it blocks everything that goes through its endpoint",
            "an endpoint policy that only denies needs an Allow beside its Denies, such as AWS's default one: Allow `*` on \
             `*` for `*` (S4.11.2)",
        ),
        _ => (
            "this document has no Allow statement, so it allows nothing",
            "add an Allow if something should work",
        ),
    };
    Some(Entry::new(Level::Warning, sentence).with_help(help))
}
