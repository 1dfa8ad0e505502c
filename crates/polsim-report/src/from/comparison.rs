//! What one policy or environment grants that another one does not, as a report.

use super::answer::{assumed, near_misses, shown, way_out, whatever_comes};
use super::decision::deciding;
use super::words;
use crate::{Conclusion, Entry, Exit, Level, Library, Report, Verb};
use polsim_claim::Relation;
use polsim_eval::Verdict;
use polsim_policy::Effect;
use polsim_prove::{Answer, Proof, Witness};

/// What is compared, in words.
#[derive(Clone, Debug)]
pub struct Comparison {
    /// The old side.
    pub old: String,
    /// The new side.
    pub new: String,
    /// What is claimed; nothing, when the question is what is different.
    pub expect: Option<Relation>,
    /// The actions that are meant; all, when there is none.
    pub actions: Vec<String>,
    /// The resources that are meant; all, when there is none.
    pub resources: Vec<String>,
    /// Further limits, such as `aws:SourceVpce = vpce-1`.
    pub limits: Vec<String>,
}

/// The report of a comparison. The answers are about what the new side grants more, what it grants less, and what both
/// grant: each says that there is no such request, or shows one; those that were not asked for are missing.
#[must_use]
pub fn report(comparison: &Comparison, answers: &[Option<Answer>; 3], library: &Library) -> Report {
    let mut entries = Vec::new();
    let mut notes = Vec::new();
    let sides = [
        (&comparison.new, &comparison.old, Shows::One),
        (&comparison.old, &comparison.new, Shows::One),
        (&comparison.new, &comparison.old, Shows::Both),
    ];
    for (answer, (by, not_by, shows)) in answers.iter().zip(sides) {
        match answer {
            None => {}
            Some(Answer::Refuted(witness)) => {
                entries.extend(request(witness, by, not_by, shows, library));
                notes.extend(witness.readings.iter().map(|reading| {
                    format!(
                        "only if AWS reads {} otherwise than we do: {}",
                        reading.code(),
                        reading.alternative()
                    )
                }));
            }
            Some(Answer::Unknown(reason)) => {
                let sentence = format!("{}: {reason}", shows.undecided(by, not_by));
                entries.push(Entry::new(Level::Warning, sentence).with_help(way_out(reason)));
            }
            Some(Answer::Proved(Proof { assumptions, later, .. })) => {
                let facts = assumptions.iter().map(|assumption| assumed(*assumption));
                let later = whatever_comes(later).map(|note| format!("{note}, and the same in both"));
                for note in facts.chain(later) {
                    if !notes.contains(&note) {
                        notes.push(note);
                    }
                }
            }
        }
    }
    let (conclusion, exit, headline) = comparison.conclusion(answers);
    if exit == Exit::Holds {
        notes.insert(
            0,
            "for all requests: every caller, way and condition key that is left open, and either way where AWS's \
             documents leave a choice"
                .to_owned(),
        );
    }
    Report { entries, notes, ..Report::new(Verb::Compare, conclusion, headline, exit) }
}

/// What a request shows.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Shows {
    /// One side allows it and the other does not.
    One,
    /// Both allow it.
    Both,
}

impl Shows {
    fn undecided(self, by: &str, other: &str) -> String {
        match self {
            Self::One => format!("whether {by} grants what {other} does not is not decided"),
            Self::Both => format!("whether {by} and {other} grant something in common is not decided"),
        }
    }
}

fn request(witness: &Witness, by: &str, other: &str, shows: Shows, library: &Library) -> Vec<Entry> {
    let sentence = match shows {
        Shows::One => format!("this request is allowed by {by} and not by {other}"),
        Shows::Both => format!("this request is allowed by {by} and by {other}"),
    };
    let mut entries = vec![Entry::new(Level::Allows, sentence).with_rows(shown(&witness.request))];
    entries.extend(deciding(&witness.decision, &witness.request, library));
    if let Some(decision) = &witness.other {
        if decision.verdict == Verdict::ImplicitlyDenied {
            entries.extend(near_misses(decision, witness, Effect::Allow, Some(other), library));
        } else {
            entries.extend(deciding(decision, &witness.request, library));
        }
    }
    entries
}

/// What is known of a claim that there is no request of some kind.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Known {
    None,
    Some,
    Unknown,
}

impl Known {
    fn of(answer: Option<&Answer>) -> Self {
        match answer {
            None | Some(Answer::Proved(_)) => Self::None,
            Some(Answer::Refuted(_)) => Self::Some,
            Some(Answer::Unknown(_)) => Self::Unknown,
        }
    }
}

impl Comparison {
    fn conclusion(&self, [more, less, both]: &[Option<Answer>; 3]) -> (Conclusion, Exit, String) {
        let (more, less, both) =
            (Known::of(more.as_ref()), Known::of(less.as_ref()), Known::of(both.as_ref()));
        let all = [more, less, both];
        let exit = match self.expect {
            _ if all.contains(&Known::Some) && self.expect.is_some() => Exit::Fails,
            _ if all.contains(&Known::Unknown) => Exit::Undecided,
            _ => Exit::Holds,
        };
        let conclusion = match (self.expect, exit) {
            (_, Exit::Undecided | Exit::BadInput) => Conclusion::Undecided,
            (None, _) => Conclusion::Compared,
            (Some(_), Exit::Holds) => Conclusion::Proved,
            (Some(_), Exit::Fails) => Conclusion::Refuted,
        };
        (conclusion, exit, format!("{}{}", self.sentence(more, less, both), self.region()))
    }

    fn sentence(&self, more: Known, less: Known, both: Known) -> String {
        let Self { old, new, .. } = self;
        match (self.expect, more, less, both) {
            (Some(Relation::Disjoint), .., Known::None) => format!("{new} and {old} grant nothing in common"),
            (Some(Relation::Disjoint), .., Known::Some) => {
                format!("{new} and {old} grant something in common")
            }
            (Some(Relation::Disjoint), .., Known::Unknown) => {
                format!("whether {new} and {old} grant something in common is not decided")
            }
            (Some(Relation::NoMore), Known::None, ..) => format!("{new} grants no more than {old}"),
            (Some(Relation::NoMore), Known::Some, ..) => format!("{new} grants more than {old}"),
            (Some(Relation::NoLess), _, Known::None, _) => format!("{new} grants no less than {old}"),
            (Some(Relation::NoLess), _, Known::Some, _) => format!("{new} grants less than {old}"),
            (_, Known::None, Known::None, _) => format!("{new} grants the same as {old}"),
            (_, Known::Some, Known::None, _) => format!("{new} grants more than {old}, and no less"),
            (_, Known::None, Known::Some, _) => format!("{new} grants less than {old}, and no more"),
            (_, Known::Some, Known::Some, _) => {
                format!("{new} grants some things that {old} does not, and lacks others")
            }
            (_, Known::Some, Known::Unknown, _) => format!("{new} grants more than {old}"),
            (_, Known::Unknown, Known::Some, _) => format!("{new} grants less than {old}"),
            (_, Known::Unknown, ..) | (_, _, Known::Unknown, _) => {
                format!("how {new} stands to {old} is not decided")
            }
        }
    }

    /// The region in words.
    fn region(&self) -> String {
        let mut region = String::new();
        let lists = [
            (" for ", &self.actions, "or"),
            (" on ", &self.resources, "or"),
            (" with ", &self.limits, "and"),
        ];
        for (word, list, and) in lists {
            if !list.is_empty() {
                region.push_str(word);
                region.push_str(&words::list(list, and));
            }
        }
        region
    }
}
