//! Comparing policies: the first tier, and the search for what it leaves open.

use crate::answer::{Answer, Proof, Witness};
use crate::inquiry::Focus;
use crate::later::whatever_comes;
use crate::settle::search;
use crate::situations::Side;
use crate::subsume::{Cube, Digest, Grounds, Inclusion, Verdict};
use crate::witness::confirm;
use polsim_arn::{Budget, Pattern};
use polsim_eval::{Chain, CompiledPolicy, Layer, Layers, Model, PolicyId, Readings, Request};
use polsim_question::question::{Claim, PrincipalRegion, Question, Region, Scope};
use std::cell::OnceCell;
use std::sync::OnceLock;

/// Compares policies of one model with each other, any number of times: each is made ready once.
pub struct Comparer<'m> {
    model: &'m Model,
    grounds: Grounds,
    digests: Vec<OnceLock<Digest>>,
}

/// What a glance at two policies shows.
#[derive(Debug)]
pub enum Glance {
    /// The new one grants no more than the old one.
    Included,
    /// A part of the new one has a request that is allowed by it alone; [`Comparer::example`] is it.
    Escapes(Cube),
    /// It takes a search.
    Open,
}

impl<'m> Comparer<'m> {
    /// For the policies of a model.
    #[must_use]
    pub fn new(model: &'m Model) -> Self {
        let digests = std::iter::repeat_with(OnceLock::new).take(model.len()).collect();
        Self { model, grounds: Grounds::new(model), digests }
    }

    /// Whether the policies `new`, hung at one place by themselves, grant no more than the policies `old`, as far as a
    /// look at each statement shows it.
    #[must_use]
    pub fn glance(&self, new: &[PolicyId], old: &[PolicyId]) -> Glance {
        match self.verdict(new, old) {
            Verdict::Included => Glance::Included,
            Verdict::Escapes(cube) => Glance::Escapes(cube),
            Verdict::Open(_) => Glance::Open,
        }
    }

    /// Whether the policies `new`, hung at one layer by themselves, grant no more than the policies `old`.
    #[must_use]
    pub fn no_more_than(
        &self,
        layer: Layer,
        new: &[PolicyId],
        old: &[PolicyId],
        budget: &mut Budget,
    ) -> Answer {
        let (layers, other) = (layers(layer, new), layers(layer, old));
        let scope = Scope::Alone(vec![layer]);
        let region = Region::default();
        let question = Question {
            model: self.model,
            layers: &layers,
            scope: &scope,
            region: &region,
            claim: Claim::NoMoreThan(&other),
        };
        whatever_comes(&question, self.answer(&question, layer, budget))
    }

    fn answer(&self, question: &Question<'_>, layer: Layer, budget: &mut Budget) -> Answer {
        let Some(other) = question.claim.other() else { return search(question, None, budget) };
        match self.verdict(question.layers.policies(layer), other.policies(layer)) {
            Verdict::Included => Answer::Proved(Proof::default()),
            Verdict::Escapes(cube) => {
                // A search of the cube finds a request that is easier to read, and knows all that real requests are.
                match self.search_cube(question, cube, budget) {
                    answer @ Answer::Refuted(_) => answer,
                    Answer::Proved(_) => search(question, None, budget),
                    answer @ Answer::Unknown(_) => self
                        .witness(question, layer, cube)
                        .map_or(answer, |witness| Answer::Refuted(Box::new(witness))),
                }
            }
            Verdict::Open(cubes) => self.search_cubes(question, &cubes, budget),
        }
    }

    fn verdict(&self, new: &[PolicyId], old: &[PolicyId]) -> Verdict {
        let new: Vec<_> = new.iter().filter_map(|id| self.ready(*id)).collect();
        let old: Vec<_> = old.iter().filter_map(|id| self.ready(*id)).collect();
        let keys = self.model.keys();
        Inclusion { keys, new: &new, old: &old, denies: OnceCell::new() }.verdict()
    }

    fn ready(&self, id: PolicyId) -> Option<(&'m CompiledPolicy, &Digest)> {
        let policy = self.model.policy(id)?;
        let make = || Digest::new(policy, &self.grounds, self.model.keys());
        Some((policy, self.digests.get(id.index())?.get_or_init(make)))
    }

    fn search_cubes(&self, question: &Question<'_>, cubes: &[Cube], budget: &mut Budget) -> Answer {
        let mut all = Proof::default();
        let mut unknown = None;
        for cube in cubes {
            match self.search_cube(question, *cube, budget) {
                Answer::Proved(proof) => {
                    all.assumptions.extend(proof.assumptions);
                    all.situations = all.situations.max(proof.situations);
                    all.ties_keys |= proof.ties_keys;
                }
                Answer::Unknown(reason) => unknown = unknown.or(Some(reason)),
                refuted @ Answer::Refuted(_) => return refuted,
            }
        }
        all.assumptions.sort_unstable();
        all.assumptions.dedup();
        unknown.map_or(Answer::Proved(all), Answer::Unknown)
    }

    fn search_cube(&self, question: &Question<'_>, cube: Cube, budget: &mut Budget) -> Answer {
        let Some(statement) = self.model.statement(cube.statement) else {
            return search(question, None, budget);
        };
        let digest = self.ready(cube.statement.policy);
        let digest = digest.and_then(|(_, digest)| digest.statements.get(cube.statement.index as usize));
        let entry = |entries: &'_ crate::subsume::Entries, at| entries.pattern(at).cloned();
        let (action, resource): (Option<Pattern>, Option<Pattern>) = match (digest, cube.entries) {
            (Some(digest), Some((action, resource))) => {
                (entry(&digest.actions, action), entry(&digest.resources, resource))
            }
            _ => (None, None),
        };
        let focus = Focus { statement, action: action.as_ref(), resource: resource.as_ref() };
        search(question, Some(&focus), budget)
    }

    /// The request that shows that a part of a policy escapes; what follows from it is not filled in.
    #[must_use]
    pub fn example(&self, cube: Cube) -> Option<Request> {
        let (_, digest) = self.ready(cube.statement.policy)?;
        let statement = digest.statements.get(cube.statement.index as usize)?;
        let (action, resource) = cube.entries?;
        let (_, word) = statement.actions.each().nth(action)?;
        let (_, text) = statement.resources.each().nth(resource)?;
        self.grounds.request(statement.sample.as_ref()?, word?, text?, self.model.keys())
    }

    fn witness(&self, question: &Question<'_>, layer: Layer, cube: Cube) -> Option<Witness> {
        let mut request = self.example(cube)?;
        request.complete().ok()?;
        if !question.region.unreal(&request).is_empty() {
            return None;
        }
        let side = Side { chain: Chain::of_layers(&[layer], request.path), is_bounded: false };
        confirm(question, (&side, Some(&side)), request, Readings::default()).ok()?
    }
}

fn layers(layer: Layer, policies: &[PolicyId]) -> Layers {
    let mut layers = Layers::default();
    let first = policies.first().copied();
    match layer {
        Layer::Identity => layers.identity = policies.to_vec(),
        Layer::Boundary => layers.boundary = Some(policies.to_vec()),
        Layer::Session => layers.session = Some(policies.to_vec()),
        Layer::Scp(_) => layers.scps = Some(vec![policies.to_vec()]),
        Layer::Rcp(_) => layers.rcps = Some(vec![policies.to_vec()]),
        Layer::Endpoint => layers.endpoint = first,
        Layer::Resource => layers.resource = first,
        Layer::AccessPoint => layers.access_point = first,
    }
    layers
}

/// The answer to a claim that one layer grants no more than another one, as far as the first tier has one; the rest of
/// a question about all requests is searched cube by cube.
pub(crate) fn first_tier(question: &Question<'_>, budget: &mut Budget) -> Option<Answer> {
    let (Claim::NoMoreThan(other), Scope::Alone(layers)) = (question.claim, question.scope) else {
        return None;
    };
    let [layer] = layers.as_slice() else { return None };
    let comparer = Comparer::new(question.model);
    if is_everything(question.region) {
        return Some(comparer.answer(question, *layer, budget));
    }
    let verdict = comparer.verdict(question.layers.policies(*layer), other.policies(*layer));
    matches!(verdict, Verdict::Included).then(|| Answer::Proved(Proof::default()))
}

fn is_everything(region: &Region) -> bool {
    region.actions.is_empty()
        && region.resources.is_empty()
        && region.principal == PrincipalRegion::Anyone
        && region.keys.is_empty()
        && region.known.is_empty()
        && region.paths.is_empty()
        && region.resource_account.is_none()
}
