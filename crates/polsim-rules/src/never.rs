//! Whether a statement applies to any request at all.

use polsim_lint::{Confidence, Judge, Subject};
use polsim_policy::{Effect, Statement};
use polsim_prove::{Expectation, Region};

/// What is decided of every request when a statement, alone in its policy, applies to none.
pub(crate) fn when_idle(effect: Effect) -> Expectation {
    match effect {
        Effect::Allow => Expectation::Deny,
        Effect::Deny => Expectation::ImplicitDeny,
    }
}

/// How sure it is that a statement applies to no request; `None` when it applies to one, or that is not decided.
pub(crate) fn applies_to_nothing(subject: &Subject<'_>, statement: &Statement) -> Option<Confidence> {
    let judge = Judge::new(&subject.policy_of([statement]));
    judge.holds(&Region::default(), when_idle(statement.effect.value))
}
