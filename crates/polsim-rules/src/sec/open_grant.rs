//! A grant of one delicate action that nothing limits, told apart by how the statement is written.
//!
//! A newcomer would doubt that the way of writing decides the code: Access Analyzer has one for each, so a pipeline that
//! knows its codes finds them again. Whether there is a finding at all the prover decides, after every Deny.

use crate::scene::{Scene, after_denies, covers};
use polsim_arn::ActionName;
use polsim_lint::{Findings, Subject};
use polsim_policy::{Effect, Statement};
use polsim_text::Span;

/// How a statement grants the action.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) struct Form {
    pub(super) action: ActionForm,
    pub(super) is_not_resource: bool,
}

/// How a statement names the action.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum ActionForm {
    /// By its name.
    Named,
    /// By a wildcard.
    Wildcard,
    /// By not naming it in `NotAction`.
    NotAction,
}

/// The action, and a role and a service that no policy means.
pub(super) struct Grant {
    pub(super) action: &'static str,
    /// The ARN behind the account.
    pub(super) role: &'static str,
    /// The key that holds the service, in lower case.
    pub(super) service_key: &'static str,
    /// What it lets one do, as the end of a sentence.
    pub(super) means: &'static str,
    pub(super) help: &'static str,
}

/// A service that no policy names.
const SERVICE: &str = "other.amazonaws.com";

impl Grant {
    /// Finds the grant in a statement of this form.
    pub(super) fn find(
        &self,
        form: Form,
        subject: &Subject<'_>,
        statement: &Statement,
        findings: &mut Findings<'_>,
    ) {
        let Some((written, span)) = self.form_of(statement) else { return };
        if written != form {
            return;
        }
        let judge = after_denies(subject, statement);
        let scene = Scene::new(&judge, &[self.action])
            .on_some("iam", self.role, [statement])
            .having(self.service_key, SERVICE)
            // A role that nobody has tagged.
            .untagged();
        let Some(witness) = scene.allowed() else { return };
        let name = subject.name(statement);
        let finding = findings.add(span, format!("{name} {}", self.means));
        if let Some(resource) = &statement.resource {
            finding.also(resource.span(), "no role is left out");
        }
        finding.help(self.help).witness(&witness.request);
    }

    /// How a statement grants the action, and where; `None` when it does not.
    fn form_of(&self, statement: &Statement) -> Option<(Form, Span)> {
        if statement.effect.value != Effect::Allow {
            return None;
        }
        let name = ActionName::parse(self.action).ok()?;
        let listed = statement.action.listed();
        let mut matching = listed.iter().filter(|pattern| covers(&pattern.value, &name));
        let (action, span) = if statement.action.is_negated() {
            matching.next().is_none().then_some((ActionForm::NotAction, statement.action.span()))?
        } else {
            let exact = |text: &str| text.eq_ignore_ascii_case(self.action);
            let by_name = listed.iter().find(|pattern| exact(pattern.value.as_str()));
            match by_name {
                Some(pattern) => (ActionForm::Named, pattern.span),
                None => (ActionForm::Wildcard, matching.next()?.span),
            }
        };
        let is_not_resource = statement.resource.as_ref()?.is_negated();
        Some((Form { action, is_not_resource }, span))
    }
}
