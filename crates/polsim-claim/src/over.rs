//! A claim about whoever an environment describes: it is asked at each place, and the worst answer counts.

use crate::everywhere::{Binding, Everywhere, Extent, Spot, nobody_asked};
use crate::refusal::Refusal;
use crate::region_text::RegionText;
use crate::wanted::Wanted;
use polsim_arn::Budget;
use polsim_env::Environment;
use polsim_eval::{Layer, Layers, Model};
use polsim_prove::{
    Answer, Assumption, Existence, Expectation, Proof, Question, Region, Scope, Witness, ask, others,
    some_allowed,
};

/// A claim.
#[derive(Clone, Copy, Debug)]
pub struct Claim<'a> {
    /// The requests that are meant.
    pub region: &'a RegionText,
    /// What is claimed of them.
    pub wanted: Wanted,
    /// How many counterexamples are wanted.
    pub witnesses: usize,
    /// The most steps of the search at each place.
    pub budget: u64,
}

/// The answer to a claim at one place.
#[derive(Clone, Debug)]
pub enum Told {
    /// About all requests, with further counterexamples.
    All(Answer, Vec<Witness>),
    /// About some request.
    Some(Existence),
}

/// The answer to a claim over an environment.
#[derive(Clone, Debug)]
pub struct Over {
    /// The answer; a proof is one for all places.
    pub told: Told,
    /// The place that it is about, unless it is about all.
    pub place: Option<AtPlace>,
    /// The layers of the place that was asked first, or of the one that the answer is about.
    pub layers: Vec<Layer>,
    /// Where it was asked.
    pub extent: Extent,
}

/// A place by its names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AtPlace {
    /// The ARN of who asks, or `anonymous`.
    pub principal: String,
    /// The id of the endpoint, or `none`.
    pub way: String,
}

/// Where a question stands: policies, how much of the law counts, and the requests.
#[derive(Clone, Copy, Debug)]
pub struct Ground<'a> {
    /// The compiled policies.
    pub model: &'a Model,
    /// The policies that bind the requests.
    pub layers: &'a Layers,
    /// How much of the law counts.
    pub scope: &'a Scope,
    /// The requests.
    pub region: &'a Region,
}

/// How an answer stands to the claim.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// The claim holds.
    Holds,
    /// It does not.
    Fails,
    /// It is about no request at all.
    Vacuous,
    /// Neither was shown.
    Undecided,
}

impl Told {
    /// How it stands to the claim.
    #[must_use]
    pub fn standing(&self) -> Standing {
        match self {
            Self::All(Answer::Proved(proof), _) | Self::Some(Existence::Disproved(proof))
                if proof.is_vacuous =>
            {
                Standing::Vacuous
            }
            Self::All(Answer::Proved(_), _) | Self::Some(Existence::Shown(_)) => Standing::Holds,
            Self::All(Answer::Refuted(_), _) | Self::Some(Existence::Disproved(_)) => Standing::Fails,
            Self::All(Answer::Unknown(_), _) | Self::Some(Existence::Unknown(_)) => Standing::Undecided,
        }
    }

    /// The proof in it: of all requests, or of there being none.
    #[must_use]
    pub fn proof(&self) -> Option<&Proof> {
        match self {
            Self::All(Answer::Proved(proof), _) | Self::Some(Existence::Disproved(proof)) => Some(proof),
            _ => None,
        }
    }

    fn proof_mut(&mut self) -> Option<&mut Proof> {
        match self {
            Self::All(Answer::Proved(proof), _) | Self::Some(Existence::Disproved(proof)) => Some(proof),
            _ => None,
        }
    }

    /// The request in it: a counterexample, or one that is allowed.
    #[must_use]
    pub fn witness(&self) -> Option<&Witness> {
        match self {
            Self::All(Answer::Refuted(witness), _) | Self::Some(Existence::Shown(witness)) => Some(witness),
            _ => None,
        }
    }
}

impl Claim<'_> {
    /// The answer on one ground.
    #[must_use]
    pub fn ask(&self, ground: Ground<'_>) -> Told {
        let Ground { model, layers, scope, region } = ground;
        let question = |expect: Expectation| Question { model, layers, scope, region, claim: expect.into() };
        let mut budget = Budget::new(self.budget);
        match self.wanted {
            Wanted::Verdict(expect) => {
                let question = question(expect);
                let answer = ask(&question, &mut budget);
                let more = match &answer {
                    Answer::Refuted(first) => others(&question, first, self.witnesses, &mut budget),
                    Answer::Proved(_) | Answer::Unknown(_) => Vec::new(),
                };
                Told::All(answer, more)
            }
            Wanted::SomeAllow => Told::Some(some_allowed(&question(Expectation::Deny), &mut budget)),
        }
    }

    /// The answer for all whom an environment describes.
    ///
    /// # Errors
    /// The claim names what the environment does not know, or is about nobody.
    pub fn over(&self, environment: &Environment) -> Result<Over, Vec<Refusal>> {
        self.over_each(environment, &mut |_, _| {})
    }

    /// The same, and every place with its answer is shown.
    ///
    /// # Errors
    /// As [`over`](Self::over).
    pub fn over_each(
        &self,
        environment: &Environment,
        visit: &mut dyn FnMut(Ground<'_>, &Told),
    ) -> Result<Over, Vec<Refusal>> {
        let everywhere = Everywhere::new(self.region, environment)?;
        let mut extent = everywhere.extent();
        let mut model = environment.model().clone();
        let mut worst: Option<(Told, Spot<'_>, Vec<Layer>)> = None;
        let mut assumed: Vec<Assumption> = Vec::new();
        for spot in everywhere.spots() {
            let Some(Binding { layers, region }) = spot.bind(environment, self.region, &mut model)? else {
                continue;
            };
            extent.asked += 1;
            let ground = Ground { model: &model, layers: &layers, scope: &Scope::Whole, region: &region };
            let told = self.ask(ground);
            visit(ground, &told);
            let standing = told.standing();
            // For some request one place is enough; a claim about all fails at the first.
            let is_final = match self.wanted {
                Wanted::SomeAllow => standing == Standing::Holds,
                Wanted::Verdict(_) => standing == Standing::Fails,
            };
            if is_final {
                return Ok(Over { told, place: Some(AtPlace::of(spot)), layers: layers.present(), extent });
            }
            // What was assumed at one place counts for the whole.
            for assumption in told.proof().iter().flat_map(|proof| &proof.assumptions) {
                if !assumed.contains(assumption) {
                    assumed.push(*assumption);
                }
            }
            let is_worse = |(other, ..): &(Told, Spot<'_>, Vec<Layer>)| {
                other.standing() == Standing::Vacuous || standing == Standing::Undecided
            };
            if worst.as_ref().is_none_or(is_worse) {
                worst = Some((told, spot, layers.present()));
            }
        }
        let Some((mut told, spot, layers)) = worst else { return Err(vec![nobody_asked()]) };
        let is_about_all = matches!(told.standing(), Standing::Holds | Standing::Fails);
        if let Some(proof) = told.proof_mut().filter(|_| is_about_all) {
            proof.assumptions = assumed;
        }
        let place = (!is_about_all).then(|| AtPlace::of(spot));
        Ok(Over { told, place, layers, extent })
    }
}

impl AtPlace {
    fn of(spot: Spot<'_>) -> Self {
        Self { principal: spot.principal.to_owned(), way: spot.way.to_owned() }
    }
}
