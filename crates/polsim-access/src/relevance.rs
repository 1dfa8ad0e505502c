//! Which statements can apply to what is asked for at all. What cannot is left out of every question.

use polsim_arn::{Budget, TextSet};
use polsim_claim::Texts;
use polsim_eval::{CompiledStatement, Formula, Layers, Model, Operand, PolicyId};
use std::sync::OnceLock;

/// The most steps for one look at two sets; what takes more is taken to matter.
const STEPS: u64 = 20_000;

/// The statements that can apply, found once a policy.
pub(crate) struct Relevance<'m> {
    model: &'m Model,
    actions: TextSet,
    resources: TextSet,
    found: Vec<OnceLock<Vec<&'m CompiledStatement>>>,
}

impl<'m> Relevance<'m> {
    /// For the actions and resources of a region.
    pub(crate) fn new(model: &'m Model, asked: &Texts) -> Self {
        let all_if = |is_empty: bool, set: TextSet| if is_empty { TextSet::all() } else { set };
        let actions = TextSet::union(asked.actions.iter().map(polsim_arn::ActionPattern::pattern));
        let resources = TextSet::union(asked.resources.iter().cloned());
        Self {
            model,
            actions: all_if(asked.actions.is_empty(), actions),
            resources: all_if(asked.resources.is_empty(), resources),
            found: std::iter::repeat_with(OnceLock::new).take(model.len()).collect(),
        }
    }

    /// The statements of a policy that can apply.
    pub(crate) fn statements(&self, id: PolicyId) -> &[&'m CompiledStatement] {
        let Some(slot) = self.found.get(id.index()) else { return &[] };
        slot.get_or_init(|| {
            let policy = self.model.policy(id);
            let statements = policy.into_iter().flat_map(|policy| &policy.statements);
            statements
                .filter(|statement| {
                    may_hold(&statement.action, &self.actions)
                        && may_hold(&statement.resource, &self.resources)
                })
                .collect()
        })
    }

    /// The layers without policies that say nothing of what is asked for. Levels stay: one without any Allow denies.
    pub(crate) fn trimmed(&self, layers: &Layers) -> Layers {
        let mut layers = layers.clone();
        let trim = |list: &mut Vec<PolicyId>| list.retain(|id| !self.statements(*id).is_empty());
        trim(&mut layers.identity);
        layers.boundary.iter_mut().chain(&mut layers.session).for_each(trim);
        layers.scps.iter_mut().chain(&mut layers.rcps).flatten().for_each(trim);
        layers
    }
}

/// Whether a formula about one text variable may hold of a member of a set.
fn may_hold(formula: &Formula, asked: &TextSet) -> bool {
    match formula {
        Formula::Never => false,
        Formula::Always | Formula::Not(_) => true,
        Formula::All(parts) => parts.iter().all(|part| may_hold(part, asked)),
        Formula::Any(parts) => parts.iter().any(|part| may_hold(part, asked)),
        Formula::Choice { chosen, alternative, .. } => {
            may_hold(chosen, asked) || may_hold(alternative, asked)
        }
        Formula::Test(test) => match &test.operand {
            Operand::Closed(set) => set
                .as_texts()
                .is_none_or(|set| set.intersects(asked, &mut Budget::new(STEPS)).unwrap_or(true)),
            Operand::Open(_) => true,
        },
    }
}
