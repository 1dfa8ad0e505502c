//! A claim about all requests, proved or refuted, as a report.

use super::decision::{deciding, without_allow};
use super::element;
use super::request::{parts, rows};
use super::words;
use crate::{Conclusion, Entry, Exit, Level, Library, Passage, Report, Row, Verb};
use polsim_claim::Wanted;
use polsim_eval::{Cause, Decision, Layer, Request, StatementElement, Verdict};
use polsim_policy::Effect;
use polsim_prove::{Answer, Assumption, Existence, Expectation, Miss, Proof, Reason, Witness};

/// How many statements that miss a counterexample are shown.
const MOST_MISSES: usize = 3;

/// What was claimed, in words.
#[derive(Clone, Debug)]
pub struct Claim {
    /// The claim.
    pub expect: Wanted,
    /// The actions, as they were written.
    pub actions: Vec<String>,
    /// The resources, as they were written.
    pub resources: Vec<String>,
    /// Further limits of the region, such as `aws:SourceVpce = vpce-1`.
    pub limits: Vec<String>,
    /// The layers that were asked.
    pub layers: Vec<Layer>,
}

/// The report of an answer, with more counterexamples if there are.
#[must_use]
pub fn report(claim: &Claim, answer: &Answer, more: &[Witness], library: &Library) -> Report {
    match answer {
        Answer::Proved(proof) => proved(claim, proof, library),
        Answer::Refuted(witness) => refuted(claim, witness, more, library),
        Answer::Unknown(reason) => undecided(claim, reason),
    }
}

/// The report of an answer about some request.
#[must_use]
pub fn existence(claim: &Claim, existence: &Existence, library: &Library) -> Report {
    match existence {
        Existence::Shown(witness) => {
            let mut entries = vec![
                Entry::new(Level::Allows, "this request is allowed, under every reading")
                    .with_rows(shown(&witness.request)),
            ];
            entries.extend(deciding(&witness.decision, &witness.request, library));
            let headline = claim.sentence(true);
            let passage = Some(Box::new(passage(claim, witness, library)));
            Report { entries, passage, ..Report::new(Verb::Check, Conclusion::Proved, headline, Exit::Holds) }
        }
        Existence::Disproved(proof) if proof.is_vacuous => vacuous(),
        Existence::Disproved(proof) => Report {
            notes: asked(claim, proof, library),
            ..Report::new(Verb::Check, Conclusion::Refuted, claim.sentence(false), Exit::Fails)
        },
        Existence::Unknown(reason) => undecided(claim, reason),
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
            region.push_str(&format!(", with {},", words::list(&self.limits, "and")));
        }
        region
    }

    fn is_claimed(&self) -> &'static str {
        match self.expect {
            Wanted::Verdict(Expectation::Allow) | Wanted::SomeAllow => "allowed",
            Wanted::Verdict(Expectation::Deny) => "denied",
            Wanted::Verdict(Expectation::ExplicitDeny) => "explicitly denied",
            Wanted::Verdict(Expectation::ImplicitDeny) => "implicitly denied",
        }
    }

    /// That the claim holds, or that it does not.
    #[must_use]
    pub fn sentence(&self, holds: bool) -> String {
        let requests = match (self.expect, holds) {
            (Wanted::Verdict(_), true) => "every request",
            (Wanted::Verdict(_), false) => "not every request",
            (Wanted::SomeAllow, true) => "some request",
            (Wanted::SomeAllow, false) => "no request",
        };
        format!("{requests} for {} is {}", self.region(), self.is_claimed())
    }
}

fn proved(claim: &Claim, proof: &Proof, library: &Library) -> Report {
    if proof.is_vacuous {
        return vacuous();
    }
    let notes = asked(claim, proof, library);
    Report { notes, ..Report::new(Verb::Check, Conclusion::Proved, claim.sentence(true), Exit::Holds) }
}

/// There is no request to speak of.
fn vacuous() -> Report {
    let entry = Entry::new(Level::Warning, "no request at all is as the claim describes, so it says nothing")
        .with_help("look at the patterns and at the values of `--context` and `--region`: they contradict each other");
    Report {
        entries: vec![entry],
        ..Report::new(Verb::Check, Conclusion::BadInput, "the claim is about no request", Exit::BadInput)
    }
}

/// What a proof is about.
fn asked(claim: &Claim, proof: &Proof, library: &Library) -> Vec<String> {
    let layers: Vec<String> = claim.layers.iter().map(|layer| words::layer(*layer)).collect();
    let mut notes = vec![format!(
        "for all requests: every caller, way and condition key that the claim leaves open, and either way where \
             AWS's documents leave a choice; the {} with {} {} asked",
        words::list(&layers, "and the"),
        words::count(library.statements(), "statement"),
        if claim.layers.len() == 1 { "was" } else { "were" }
    )];
    notes.extend(proof.assumptions.iter().map(|assumption| assumed(*assumption)));
    notes.extend(whatever_comes(&proof.later));
    notes
}

/// What a proof holds for, though it is known only later.
pub(super) fn whatever_comes(later: &[String]) -> Option<String> {
    let names: Vec<String> = later.iter().map(|name| format!("`{name}`")).collect();
    let sentence = || format!("whatever is known only later turns out to be: {}", words::list(&names, "and"));
    (!names.is_empty()).then(sentence)
}

pub(super) fn assumed(assumption: Assumption) -> String {
    format!("assumed ({}): {}", assumption.id(), assumption.meaning())
}

fn refuted(claim: &Claim, witness: &Witness, more: &[Witness], library: &Library) -> Report {
    let verdict = witness.decision.verdict;
    let level = if verdict == Verdict::Allowed { Level::Allows } else { Level::Denies };
    let mut entries = vec![
        Entry::new(level, format!("this request is {}", words::verdict(verdict)))
            .with_rows(shown(&witness.request)),
    ];
    entries.extend(deciding(&witness.decision, &witness.request, library));
    entries.extend(explanation(claim, witness, library));
    for other in more {
        let level = if other.decision.verdict == Verdict::Allowed { Level::Allows } else { Level::Denies };
        let sentence = format!(
            "another request, decided by other statements, is {}",
            words::verdict(other.decision.verdict)
        );
        entries.push(Entry::new(level, sentence).with_rows(shown(&other.request)));
        entries.extend(deciding(&other.decision, &other.request, library));
    }
    let notes = witness.readings.iter().map(|reading| {
        format!("only if AWS reads {} otherwise than we do: {}", reading.code(), reading.alternative())
    });
    Report {
        entries,
        notes: notes.collect(),
        passage: Some(Box::new(passage(claim, witness, library))),
        ..Report::new(Verb::Check, Conclusion::Refuted, claim.sentence(false), Exit::Fails)
    }
}

/// The way of a witness through the layers that were asked.
fn passage(claim: &Claim, witness: &Witness, library: &Library) -> Passage {
    Passage::of(parts(&witness.request), &witness.decision, &claim.layers, library)
}

fn undecided(claim: &Claim, reason: &Reason) -> Report {
    let headline = format!("whether {} is not decided", claim.sentence(true));
    let entry = Entry::new(Level::Warning, reason.to_string()).with_help(way_out(reason));
    Report {
        entries: vec![entry],
        ..Report::new(Verb::Check, Conclusion::Undecided, headline, Exit::Undecided)
    }
}

/// What may help where a claim is not decided.
pub(super) fn way_out(reason: &Reason) -> &'static str {
    match reason {
        Reason::OutOfSteps => "a larger `--budget`, or a narrower claim, may decide it",
        Reason::Variable(_) => "state what the variable stands for with `--context` or `--principal`",
        Reason::Reading(_) => "AWS's documents leave it open: write the policy so that it does not matter",
        Reason::MixedKey(_) => "state the key with `--context`",
        Reason::Unreal(_) => {
            "state the keys with `--context`, or switch the assumption off with `--no-assume`"
        }
        Reason::Correlation(_) => "state the principal with `--principal`",
        Reason::Later(_) | Reason::Wide => {
            "give the values of parameters with `--parameters NAME=VALUE`, or write the policy so that they do not matter"
        }
    }
}

/// Why the verdict is not the expected one, as far as statements can say.
fn explanation(claim: &Claim, witness: &Witness, library: &Library) -> Vec<Entry> {
    let effect =
        if claim.expect == Wanted::Verdict(Expectation::Allow) { Effect::Allow } else { Effect::Deny };
    near_misses(&witness.decision, witness, effect, None, library)
}

/// The statements of an effect that nearly apply, and that nothing allows where that is the case; `by` whom, when that
/// is not clear.
pub(super) fn near_misses(
    decision: &Decision,
    witness: &Witness,
    effect: Effect,
    by: Option<&str>,
    library: &Library,
) -> Vec<Entry> {
    let of_effect = |miss: &&Miss| {
        library.statement(miss.statement).is_some_and(|(_, statement)| statement.effect.value == effect)
    };
    // Statements for other actions are no news.
    let near =
        witness.misses.iter().filter(of_effect).filter(|miss| miss.element != StatementElement::Action);
    let misses = near.filter_map(|miss| {
        let (_, statement) = library.statement(miss.statement)?;
        element::Miss::of(statement, miss.element, &witness.request)?.entry(library, miss.statement)
    });
    let mut entries: Vec<Entry> = misses.take(MOST_MISSES).collect();
    if decision.verdict == Verdict::ImplicitlyDenied {
        entries.insert(0, nothing_allows(decision, witness, by, library));
    }
    entries
}

/// That nothing allows a request, which for a document without any Allow is true of all requests.
fn nothing_allows(decision: &Decision, witness: &Witness, by: Option<&str>, library: &Library) -> Entry {
    let causes = &decision.causes;
    let words: Vec<String> = causes.iter().map(|cause| words::cause(*cause)).collect();
    let sentence = format!(
        "{}it is denied only because nothing allows it: no Allow of the {} applies",
        by.map(|by| format!("by {by} ")).unwrap_or_default(),
        words::list(&words, "or of the")
    );
    let entry = Entry::new(Level::Fact, sentence);
    let blamed = causes.iter().find_map(|cause| match cause {
        Cause::Layer(layer) => Some(*layer),
        Cause::Partition | Cause::BlockPublicAccess => None,
    });
    let Some(blamed) = blamed else { return entry };
    let mut effects = witness
        .misses
        .iter()
        .filter(|miss| miss.layer == blamed)
        .filter_map(|miss| Some(library.statement(miss.statement)?.1.effect.value))
        .peekable();
    if effects.peek().is_none() || effects.any(|effect| effect == Effect::Allow) {
        return entry;
    }
    let consequence = match blamed {
        Layer::Endpoint => {
            "this document has no Allow statement, so it blocks everything that goes through its endpoint"
        }
        _ => "this document has no Allow statement, so it allows nothing at all",
    };
    entry.with_help(format!("{consequence}; {}", without_allow(blamed)))
}

/// The request of a counterexample: what follows from the principal is left out.
pub(super) fn shown(request: &Request) -> Vec<Row> {
    let derived = request.derived();
    rows(request, |key| {
        !key.as_str().eq_ignore_ascii_case("aws:ViaAWSService")
            && !derived.iter().any(|derived| derived.key == *key)
    })
}
