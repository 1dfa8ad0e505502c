//! A claim about all requests, proved or refuted, as a report.

use super::decision::{deciding, without_allow};
use super::element;
use super::request::rows;
use super::words;
use crate::{Conclusion, Entry, Exit, Level, Library, Report, Row, Verb};
use polsim_eval::{Cause, Layer, Request, StatementElement, Verdict};
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
        Answer::Proved(proof) => proved(claim, proof, library),
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
            region.push_str(&format!(", with {},", words::list(&self.limits, "and")));
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

fn proved(claim: &Claim, proof: &Proof, library: &Library) -> Report {
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
    let layers: Vec<String> = claim.layers.iter().map(|layer| words::layer(*layer)).collect();
    let mut notes = vec![format!(
        "for all requests: every caller, way and condition key that the claim leaves open, and either way where \
             AWS's documents leave a choice; the {} with {} {} asked",
        words::list(&layers, "and the"),
        words::count(library.statements(), "statement"),
        if claim.layers.len() == 1 { "was" } else { "were" }
    )];
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
    entries.extend(deciding(&witness.decision, &witness.request, library));
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
        Reason::Unreal(_) => {
            "state the keys with `--context`, or switch the assumption off with `--no-assume`"
        }
        Reason::Correlation(_) => "state the principal with `--principal`",
    };
    let entry = Entry::new(Level::Warning, reason.to_string()).with_help(help);
    Report {
        entries: vec![entry],
        ..Report::new(Verb::Check, Conclusion::Undecided, headline, Exit::Undecided)
    }
}

/// Why the verdict is not the expected one, as far as statements can say.
fn explanation(claim: &Claim, witness: &Witness, library: &Library) -> Vec<Entry> {
    let verdict = witness.decision.verdict;
    let effect = if claim.expect == Expectation::Allow { Effect::Allow } else { Effect::Deny };
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
    if verdict == Verdict::ImplicitlyDenied {
        entries.insert(0, nothing_allows(witness, library));
    }
    entries
}

/// That nothing allows a request, which for a document without any Allow is true of all requests.
fn nothing_allows(witness: &Witness, library: &Library) -> Entry {
    let causes = &witness.decision.causes;
    let words: Vec<String> = causes.iter().map(|cause| words::cause(*cause)).collect();
    let sentence = format!(
        "it is denied only because nothing allows it: no Allow of the {} applies",
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
fn shown(request: &Request) -> Vec<Row> {
    let derived = request.derived();
    rows(request, |key| {
        !key.as_str().eq_ignore_ascii_case("aws:ViaAWSService")
            && !derived.iter().any(|derived| derived.key == *key)
    })
}
