//! Which actions and resources are in one situation.
//!
//! The situation of a request depends on its action and resource at a few landmarks only ([`Situation`]): some actions,
//! the services of others, roles and keys. One example of each cell between the landmarks tells the law for the cell.

use polsim_arn::{ActionName, ArnPattern, Pattern, TextSet};
use polsim_eval::{Chain, Layers, Request, Situation, has_public_policy};
use polsim_question::question::Question;

/// Actions and resources with one law. `None` does not limit.
pub(crate) type Cell = (Option<TextSet>, Option<TextSet>);

/// The law, and where it holds; nowhere in particular when it holds of all actions and resources.
#[derive(Clone, Debug)]
pub(crate) struct Law {
    /// Of each side.
    pub(crate) chains: Vec<Chain>,
    pub(crate) cells: Vec<Cell>,
}

/// Some actions, with an example.
struct Actions {
    example: ActionName,
    set: TextSet,
}

/// For some resources, by their number, the numbers of actions.
type Numbers = Vec<(usize, Vec<usize>)>;

/// The laws for requests that differ from an example in nothing but action and resource.
pub(crate) fn laws(question: &Question<'_>, example: &Request) -> Vec<Law> {
    let actions = actions(question);
    let sides: Vec<(&Layers, bool)> =
        question.sides().map(|layers| (layers, has_public_policy(question.model, layers))).collect();
    let mut request = example.clone();
    let mut laws: Vec<(Vec<Chain>, Numbers)> = Vec::new();
    let resources = resources(question, example.principal.partition().unwrap_or("aws"));
    for (at, (resource, _)) in resources.iter().enumerate() {
        request.resource.clone_from(resource);
        for (number, actions) in actions.iter().enumerate() {
            request.action = actions.example.clone();
            let chain = |(layers, is_public): &(&Layers, bool)| {
                Chain::of(&Situation::of(&request, layers, *is_public))
            };
            let chains: Vec<Chain> = sides.iter().map(chain).collect();
            let place = laws.iter().position(|(other, _)| *other == chains).unwrap_or_else(|| {
                laws.push((chains, Vec::new()));
                laws.len() - 1
            });
            let Some((_, cells)) = laws.get_mut(place) else { continue };
            match cells.last_mut() {
                Some((last, numbers)) if *last == at => numbers.push(number),
                _ => cells.push((at, vec![number])),
            }
        }
    }
    let is_only = laws.len() == 1;
    let law = |(chains, cells): (Vec<Chain>, Numbers)| {
        let limited = if is_only { Vec::new() } else { cells };
        let cells = limited
            .into_iter()
            .filter_map(|(at, numbers)| Some((set_of(&actions, &numbers), resources.get(at)?.1.clone())));
        Law { chains, cells: merged(cells.collect(), resources.len()) }
    };
    laws.into_iter().map(law).collect()
}

/// Cells that cover every resource alike are one.
fn merged(cells: Vec<Cell>, resources: usize) -> Vec<Cell> {
    match cells.first() {
        Some((actions, _)) if cells.len() == resources && cells.iter().all(|(other, _)| other == actions) => {
            vec![(actions.clone(), None)]
        }
        _ => cells,
    }
}

/// The actions of some cells; the last cell is what the others leave.
fn set_of(all: &[Actions], numbers: &[usize]) -> Option<TextSet> {
    if numbers.len() == all.len() {
        return None;
    }
    let chosen = |number: usize| numbers.contains(&number);
    let has_rest = chosen(all.len() - 1);
    let listed = all.iter().enumerate().take(all.len() - 1).filter(|(number, _)| chosen(*number) != has_rest);
    let union = listed.fold(TextSet::none(), |union, (_, actions)| union.or(&actions.set));
    Some(if has_rest { union.not() } else { union })
}

/// The cells of actions that the region may meet, and at the end all others.
fn actions(question: &Question<'_>) -> Vec<Actions> {
    let region: Vec<Pattern> =
        question.region.actions.iter().map(polsim_arn::ActionPattern::pattern).collect();
    let is_met = |pattern: &Pattern| {
        region.is_empty() || region.iter().any(|other| !other.is_disjoint_at_a_glance(pattern))
    };
    let mut cells = Vec::new();
    let mut add = |example: &str, pattern: &Pattern, set: TextSet| {
        if let Ok(example) = ActionName::parse(example)
            && is_met(pattern)
        {
            cells.push(Actions { example, set });
        }
    };
    let landmarks = TextSet::union(Situation::landmark_actions().map(Pattern::exact));
    for action in Situation::landmark_actions() {
        add(action, &Pattern::exact(action), TextSet::only(action));
    }
    let mut services: Vec<&str> = Situation::landmark_services().collect();
    services.sort_unstable();
    services.dedup();
    for service in services {
        let pattern = Pattern::wildcard(&format!("{service}:*"));
        let set = TextSet::from(pattern.clone());
        let set = if Situation::landmark_actions().any(|action| pattern.matches(action)) {
            set.and(&landmarks.not())
        } else {
            set
        };
        add(&format!("{service}:Example"), &pattern, set);
    }
    // An action of no landmark; its own set is not asked for.
    add("example:Example", &Pattern::everything(), TextSet::all());
    cells
}

/// An example of each cell of resources that the region may meet, with the resources of the cell.
fn resources(question: &Question<'_>, partition: &str) -> Vec<(String, Option<TextSet>)> {
    let region = &question.region.resources;
    let mut cells = Vec::new();
    let mut others = TextSet::all();
    for (service, kind) in Situation::landmark_resources() {
        let Some(pattern) = ArnPattern::parse(&format!("arn:*:{service}:*:*:{kind}*")) else { continue };
        if region.is_empty() || region.iter().any(|other| !other.is_disjoint_at_a_glance(&pattern)) {
            let set = TextSet::from(pattern);
            others = others.and(&set.not());
            cells
                .push((format!("arn:{partition}:{service}:us-east-1:111122223333:{kind}example"), Some(set)));
        }
    }
    let rest = (!cells.is_empty()).then_some(others);
    cells.push(("*".to_owned(), rest));
    cells
}
