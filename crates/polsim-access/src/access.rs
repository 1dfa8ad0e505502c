//! Who can perform an action on a resource: every principal that an environment describes, whom its policies let in
//! besides, and nobody at all (`anonymous`).

use crate::likeness::Likeness;
use crate::outsiders::{Outside, outsiders};
use crate::relevance::Relevance;
use crate::standing::{Place, Standing};
use polsim_claim::{Binding, Everywhere, Extent, NO_ENDPOINT, Refusal, RegionText};
use polsim_env::Environment;
use polsim_eval::{Layers, Model, PolicyId};
use polsim_policy::PolicyType;
use polsim_prove::Assumption;
use polsim_text::{Limits, Source};
use rayon::prelude::*;
use rustc_hash::FxHashMap;
use std::sync::Arc;

/// Who can do what was asked.
#[derive(Clone, Debug)]
pub struct Access {
    /// Everybody who was asked about, in the order of the environment; outsiders at the end.
    pub holders: Vec<Holder>,
    /// Where it was asked.
    pub extent: Extent,
    /// How many questions that took: places that nothing tells apart are asked once.
    pub questions: usize,
    /// The facts about real requests that the answers rest on.
    pub assumptions: Vec<Assumption>,
}

/// Somebody, and what of the requests is allowed.
#[derive(Clone, Debug)]
pub struct Holder {
    /// The ARN, the name of a service, or `anonymous`.
    pub principal: String,
    /// What the environment says of it.
    pub outside: Option<Outside>,
    /// How it stands on each way and for each group of resources; ways that make no difference are told together.
    pub means: Vec<Means>,
}

/// How somebody stands on some ways.
#[derive(Clone, Debug)]
pub struct Means {
    /// The ways: ids of endpoints, or `none`.
    pub ways: Vec<String>,
    /// The resource of the environment that it is about; `*` for all that it does not describe.
    pub resource: String,
    /// How it stands.
    pub standing: Arc<Standing>,
}

/// A place that stands for all that are like it.
struct Asked {
    layers: Layers,
    binding: Binding,
}

/// Everything that is to be asked, as it is gathered.
struct Gathering<'a> {
    environment: &'a Environment,
    model: Model,
    relevance: &'a Relevance<'a>,
    known: FxHashMap<Likeness, usize>,
    asked: Vec<Asked>,
}

/// Somebody with the questions about it: way, resource and number of the question.
struct Pending {
    principal: String,
    outside: Option<Outside>,
    places: Vec<(String, String, usize)>,
}

/// Who can perform the actions of a region on its resources.
///
/// `progress` is told how many questions were answered, and of how many.
///
/// # Errors
/// The region names what the environment does not know.
pub fn who_can(
    environment: &Environment,
    region: &RegionText,
    budget: u64,
    progress: &(dyn Fn(usize, usize) + Sync),
) -> Result<Access, Vec<Refusal>> {
    let mut whole = environment.model().clone();
    let allows_everything = add_everything(&mut whole);
    let relevance = Relevance::new(&whole, &region.texts()?);
    let mut gathering = Gathering {
        environment,
        model: whole.clone(),
        relevance: &relevance,
        known: FxHashMap::default(),
        asked: Vec::new(),
    };
    let everywhere = Everywhere::new(region, environment)?;
    let mut extent = everywhere.extent();
    let mut pending = Vec::new();
    gathering.gather(&everywhere, region, None, &mut pending)?;
    if region.principal.is_none() {
        for (text, outside) in outsiders(environment, &relevance) {
            let region = RegionText { principal: Some(text), ..region.clone() };
            let everywhere = Everywhere::new(&region, environment)?;
            gathering.gather(&everywhere, &region, Some((outside, allows_everything)), &mut pending)?;
        }
    }
    extent.asked = pending.iter().map(|pending| pending.places.len()).sum();
    let Gathering { model, asked, .. } = gathering;
    let number = asked.len();
    let done = std::sync::atomic::AtomicUsize::new(0);
    let answered: Vec<(Arc<Standing>, Vec<Assumption>)> = asked
        .par_iter()
        .map(|asked| {
            let mut assumed = Vec::new();
            let place = Place {
                model: &model,
                relevance: &relevance,
                layers: &asked.layers,
                region: &asked.binding.region,
                budget,
            };
            let standing = Arc::new(place.standing(&mut assumed));
            progress(done.fetch_add(1, std::sync::atomic::Ordering::Relaxed) + 1, number);
            (standing, assumed)
        })
        .collect();
    let mut assumptions: Vec<Assumption> =
        answered.iter().flat_map(|(_, assumed)| assumed).copied().collect();
    assumptions.sort_unstable();
    assumptions.dedup();
    let holders = pending.into_iter().map(|pending| pending.holder(&answered)).collect();
    Ok(Access { holders, extent, questions: number, assumptions })
}

impl Gathering<'_> {
    /// Binds the places of a region, and files each under what it is like. Of an outsider, `outside` says what it is, and
    /// the policy that stands for those of its own account.
    fn gather(
        &mut self,
        everywhere: &Everywhere,
        region: &RegionText,
        outside: Option<(Outside, Option<PolicyId>)>,
        pending: &mut Vec<Pending>,
    ) -> Result<(), Vec<Refusal>> {
        let things = everywhere.extent().things.max(1);
        let mut current: Option<Pending> = None;
        for (number, spot) in everywhere.spots().enumerate() {
            if current.as_ref().is_none_or(|current| current.principal != spot.principal) {
                pending.extend(current.take());
                current = Some(Pending {
                    principal: spot.principal.to_owned(),
                    outside: outside.as_ref().map(|(outside, _)| outside.clone()),
                    places: Vec::new(),
                });
            }
            let Some(mut binding) = spot.bind(self.environment, region, &mut self.model)? else { continue };
            if let Some((Outside::Account(_) | Outside::AnyAccount | Outside::Principal, Some(everything))) =
                &outside
            {
                binding.layers.identity = vec![*everything];
            }
            let layers = self.relevance.trimmed(&binding.layers);
            let likeness = Likeness::of(
                &self.model,
                self.relevance,
                &binding,
                &layers,
                number.checked_rem(things).unwrap_or(0),
            );
            let Some(likeness) = likeness else { continue };
            let next = self.asked.len();
            let question = *self.known.entry(likeness).or_insert(next);
            if question == next {
                self.asked.push(Asked { layers, binding });
            }
            if let Some(current) = &mut current {
                current.places.push((spot.way.to_owned(), spot.resource().to_owned(), question));
            }
        }
        pending.extend(current);
        Ok(())
    }
}

impl Pending {
    fn holder(self, answered: &[(Arc<Standing>, Vec<Assumption>)]) -> Holder {
        let mut means: Vec<(usize, Means)> = Vec::new();
        for (way, resource, question) in self.places {
            let Some((standing, _)) = answered.get(question) else { continue };
            // What nothing is allowed is told by leaving it out.
            if matches!(**standing, Standing::Never) {
                continue;
            }
            let is_like = |other: &&mut (usize, Means)| {
                other.1.resource == resource
                    && (other.0 == question
                        || matches!((&*other.1.standing, &**standing), (Standing::Always, Standing::Always)))
            };
            match means.iter_mut().find(is_like) {
                Some((_, means)) => means.ways.push(way),
                None => {
                    means.push((
                        question,
                        Means { ways: vec![way], resource, standing: Arc::clone(standing) },
                    ));
                }
            }
        }
        Holder {
            principal: self.principal,
            outside: self.outside,
            means: means.into_iter().map(|(_, means)| means).collect(),
        }
    }
}

impl Means {
    /// Whether these are requests past every endpoint, whatever else they are.
    #[must_use]
    pub fn is_direct(&self) -> bool {
        self.ways.iter().any(|way| way == NO_ENDPOINT)
    }
}

/// A policy that allows everything, in the place of those that an unknown account may have.
fn add_everything(model: &mut Model) -> Option<PolicyId> {
    let text =
        r#"{ "Version": "2012-10-17", "Statement": { "Effect": "Allow", "Action": "*", "Resource": "*" } }"#;
    let source = Source::new("policies of another account", text);
    let parsed = polsim_policy::parse(&source, PolicyType::Identity, &Limits::default());
    Some(model.add(parsed.single()?))
}
