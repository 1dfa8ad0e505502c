//! One statement, and `eval` of S4.18.

use crate::operator::Comparer;
use crate::principal::{Asker, Class};
use crate::template::Reader;
use crate::{Context, Principal, Settings, action, condition, resource};
use polsim_policy::{Effect, Element, Policy, Statement, Version};
use std::collections::BTreeSet;

/// What all statements are asked about.
#[derive(Clone, Copy)]
pub(crate) struct Facts<'a> {
    pub(crate) principal: &'a Principal,
    pub(crate) action: &'a str,
    pub(crate) context: &'a Context,
    pub(crate) settings: &'a Settings,
}

/// S2.4.10: whether `Deny` with `NotPrincipal` applies whatever is listed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum NotPrincipalRule {
    /// It spares who is listed.
    Usual,
    /// It spares nobody: a resource policy, and a principal with a permissions boundary.
    DenyAlways,
}

/// `(D, A)` of S4.18.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Answer {
    /// Some Deny applies.
    pub(crate) deny: bool,
    /// The classes of the Allows that apply (S4.2.5).
    pub(crate) allow: BTreeSet<Class>,
}

impl Answer {
    /// Whether any Allow applies.
    pub(crate) fn allows(&self) -> bool {
        !self.allow.is_empty()
    }
}

impl Facts<'_> {
    /// S4.18 `eval`, S4.2.4: every applicable statement of every policy.
    pub(crate) fn eval(&self, policies: &[Policy], resource: &str, rule: NotPrincipalRule) -> Answer {
        let mut answer = Answer::default();
        for policy in policies {
            for statement in &policy.statements {
                let Some(class) = self.applies(statement, policy.effective_version(), resource, rule) else {
                    continue;
                };
                match statement.effect.value {
                    Effect::Deny => answer.deny = true,
                    Effect::Allow => {
                        answer.allow.insert(class);
                    }
                }
            }
        }
        answer
    }

    /// S4.2.1: action, resource, principal and condition all match. The class is that of the principal; without a
    /// `Principal` element it says nothing.
    fn applies(
        &self,
        statement: &Statement,
        version: Version,
        resource: &str,
        rule: NotPrincipalRule,
    ) -> Option<Class> {
        let readings = self.settings.readings;
        let reader = Reader { version, context: self.context, substituted: readings.substituted_wildcards };
        let class = self.principal_class(statement, rule)?;
        let applies = action::applies(statement, self.action)
            && resource::applies(statement, resource, reader, readings)
            && condition::holds(&statement.condition, Comparer { reader, readings });
        applies.then_some(class)
    }

    fn principal_class(&self, statement: &Statement, rule: NotPrincipalRule) -> Option<Class> {
        let Some(element) = &statement.principal else {
            return Some(Class::Direct);
        };
        let is_deny_with_not = statement.effect.value == Effect::Deny && matches!(element, Element::Not(_));
        if is_deny_with_not && rule == NotPrincipalRule::DenyAlways {
            return Some(Class::Everyone);
        }
        let asker =
            Asker { principal: self.principal, context: self.context, readings: self.settings.readings };
        asker.class(element)
    }
}
