//! What one side grants that another one does not, over policies and over environments.

use crate::everywhere::{Binding, Everywhere, Extent, Spot, nobody_asked};
use crate::over::Ground;
use crate::refusal::Refusal;
use crate::region_text::RegionText;
use crate::wanted::Relation;
use polsim_arn::Budget;
use polsim_env::Environment;
use polsim_eval::{Layers, Model};
use polsim_prove::{Answer, Claim, Proof, Question, Region, Scope, ask};

/// What a request shows that breaks a claim.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// The new side allows it, the old one does not.
    More,
    /// The old side allows it, the new one does not.
    Less,
    /// Both allow it.
    Both,
}

/// The answers in the order of [`Direction::ALL`]; those that a claim does not need are missing.
pub type Answers = [Option<Answer>; 3];

/// The answers about two environments, and where they were asked.
#[derive(Clone, Debug)]
pub struct ComparedEnvironments {
    /// The answers.
    pub answers: Answers,
    /// Where they were asked.
    pub extent: Extent,
}

impl Direction {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::More, Self::Less, Self::Both];

    /// Whether a claim needs an answer about what the new side grants more, less, or both.
    fn is_needed(self, claim: Option<Relation>) -> bool {
        match (claim, self) {
            (None | Some(Relation::Same), Self::More | Self::Less)
            | (Some(Relation::NoMore), Self::More)
            | (Some(Relation::NoLess), Self::Less)
            | (Some(Relation::Disjoint), Self::Both) => true,
            (Some(_), _) | (None, Self::Both) => false,
        }
    }

    /// Whether some request of the ground, where the new side is, shows it against an old side.
    fn answer(self, new: Ground<'_>, old: &Layers, budget: u64) -> Answer {
        let (layers, claim) = match self {
            Self::More => (new.layers, Claim::NoMoreThan(old)),
            Self::Less => (old, Claim::NoMoreThan(new.layers)),
            Self::Both => (new.layers, Claim::Disjoint(old)),
        };
        let question = Question { model: new.model, layers, scope: new.scope, region: new.region, claim };
        ask(&question, &mut Budget::new(budget))
    }
}

/// The answers that a claim needs about the two sides of one question.
#[must_use]
pub fn compare(new: Ground<'_>, old: &Layers, claim: Option<Relation>, budget: u64) -> Answers {
    Direction::ALL.map(|direction| direction.is_needed(claim).then(|| direction.answer(new, old, budget)))
}

/// The answers that a claim needs about two environments; `new` was built into the model of `old`.
///
/// # Errors
/// The region names what neither environment knows, or is about nobody.
pub fn compare_environments(
    old: &Environment,
    new: &Environment,
    region: &RegionText,
    claim: Option<Relation>,
    budget: u64,
) -> Result<ComparedEnvironments, Vec<Refusal>> {
    let everywhere = match (Everywhere::new(region, old), Everywhere::new(region, new)) {
        (Ok(old), Ok(new)) => new.and(old),
        // Whom one environment does not know, the other one may.
        (Ok(one), Err(_)) | (Err(_), Ok(one)) => one,
        (Err(refusals), Err(_)) => return Err(refusals),
    };
    let mut extent = everywhere.extent();
    let mut model = new.model().clone();
    let mut answers: Answers = [None, None, None];
    for spot in everywhere.spots() {
        let Some(pair) = Pair::new(spot, old, new, region, &mut model)? else { continue };
        extent.asked += 1;
        let ground = Ground { model: &model, layers: &pair.new, scope: &Scope::Whole, region: &pair.region };
        for (answer, direction) in answers.iter_mut().zip(Direction::ALL) {
            if direction.is_needed(claim) && !matches!(answer, Some(Answer::Refuted(_))) {
                *answer = Some(worse(answer.take(), direction.answer(ground, &pair.old, budget)));
            }
        }
    }
    if extent.asked == 0 { Err(vec![nobody_asked()]) } else { Ok(ComparedEnvironments { answers, extent }) }
}

/// Of two answers about parts the one that decides about the whole.
fn worse(known: Option<Answer>, found: Answer) -> Answer {
    match (known, found) {
        (None, found) => found,
        (Some(Answer::Proved(known)), Answer::Proved(found)) => {
            let mut assumptions = known.assumptions;
            assumptions.extend(found.assumptions);
            assumptions.sort_unstable();
            assumptions.dedup();
            Answer::Proved(Proof {
                assumptions,
                situations: known.situations + found.situations,
                is_vacuous: known.is_vacuous && found.is_vacuous,
                ties_keys: known.ties_keys || found.ties_keys,
                later: known
                    .later
                    .into_iter()
                    .chain(found.later)
                    .collect::<std::collections::BTreeSet<_>>()
                    .into_iter()
                    .collect(),
            })
        }
        (Some(Answer::Proved(_)), found) | (Some(_), found @ Answer::Refuted(_)) => found,
        (Some(known), _) => known,
    }
}

/// What binds the requests of one place by the old environment and by the new one.
struct Pair {
    old: Layers,
    new: Layers,
    region: Region,
}

impl Pair {
    /// What one environment does not know, it allows nothing.
    fn new(
        spot: Spot<'_>,
        old: &Environment,
        new: &Environment,
        text: &RegionText,
        model: &mut Model,
    ) -> Result<Option<Self>, Vec<Refusal>> {
        let mut bind = |world: &Environment| spot.bind(world, text, model);
        Ok(match (bind(old), bind(new)) {
            (Ok(old), Ok(new)) => match (old, new) {
                (None, None) => None,
                (Some(old), None) => Some(Self::of(Some(old.layers), None, old.region)),
                (old, Some(new)) => Some(Self::of(old.map(|old| old.layers), Some(new.layers), new.region)),
            },
            (Ok(Some(Binding { layers, region })), Err(_)) => Some(Self::of(Some(layers), None, region)),
            (Err(_), Ok(Some(Binding { layers, region }))) => Some(Self::of(None, Some(layers), region)),
            (Ok(None), Err(_)) | (Err(_), Ok(None)) => None,
            (Err(_), Err(refusals)) => return Err(refusals),
        })
    }

    fn of(old: Option<Layers>, new: Option<Layers>, region: Region) -> Self {
        Self { old: old.unwrap_or_default(), new: new.unwrap_or_default(), region }
    }
}
