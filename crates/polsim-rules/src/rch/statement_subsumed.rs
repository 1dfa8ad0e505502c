//! RCH002: a statement that others of the same effect make superfluous.

use crate::red::redundant_statement::removal;
use polsim_arn::{Budget, Pattern};
use polsim_eval::{Layers, Model, PolicyId};
use polsim_lint::{Check, Doc, Example, Findings, Fix, Phase, Rule, Severity, Subject};
use polsim_policy::{Effect, Element, Policy, PolicyType, Statement};
use polsim_prove::{Answer, Comparer, Glance};

pub(crate) const RULE: Rule = Rule {
    code: "RCH002",
    name: "statement-subsumed",
    severity: Severity::Low,
    phase: Phase::Prover,
    check: Check::Document(check),
    doc: Doc {
        what: "A statement applies to nothing that others of the same effect do not apply to.",
        why: "It changes nothing, costs part of the quota, and whoever removes it to take access away is wrong. Statements that are equal are another rule's business (RED023).",
        bad: &[Example::statements(
            PolicyType::Identity,
            r#"{"Effect": "Allow", "Action": "s3:Get*", "Resource": "*"},
               {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::acme-data/*",
                "Condition": {"Bool": {"aws:SecureTransport": "true"}}}"#,
        )],
        good: &[Example::statements(
            PolicyType::Identity,
            r#"{"Effect": "Allow", "Action": "s3:Get*", "Resource": "*", "Condition": {"Bool": {"aws:SecureTransport": "true"}}},
               {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::acme-data/*"}"#,
        )],
        fix: "Remove it. `--fix` does when it has no `Sid` that someone may refer to.",
        source: "S4.2",
    },
    ..Rule::DEFAULT
};

/// The most steps for one statement.
const STEPS: u64 = 50_000;

fn check(subject: &Subject<'_>, findings: &mut Findings<'_>) {
    for effect in [Effect::Allow, Effect::Deny] {
        let statements: Vec<&Statement> = subject.of(effect).collect();
        if statements.len() < 2 {
            continue;
        }
        for statement in superfluous(subject, &statements) {
            let sentence = format!("{} is covered by other statements", subject.name(statement));
            let finding = findings.add(subject.opening(statement), sentence);
            let others = statements.iter().filter(|other| !std::ptr::eq(**other, statement));
            let alone =
                others.into_iter().find(|other| !superfluous(subject, &[other, statement]).is_empty());
            if let Some(other) = alone {
                finding.also(subject.opening(other), "covers it");
            }
            if let Some(edit) = removal(subject, statement) {
                let title = "remove it";
                let safe = statement.sid.as_ref().is_none_or(|sid| sid.value.0.is_empty());
                finding.fix(if safe { Fix::safe(title, [edit]) } else { Fix::offered(title, [edit]) });
            }
        }
    }
}

/// Statements that can all be removed together, the later ones first. Equal ones and those that apply to nothing are
/// left to other rules.
fn superfluous<'s>(subject: &Subject<'_>, statements: &[&'s Statement]) -> Vec<&'s Statement> {
    let actions: Vec<Actions> = statements.iter().map(|statement| Actions::of(statement)).collect();
    let candidates: Vec<bool> = (0..actions.len()).map(|at| Actions::may_be_covered(&actions, at)).collect();
    if !candidates.contains(&true) {
        return Vec::new();
    }
    let mut model = Model::new();
    let ids: Vec<_> =
        statements.iter().map(|statement| model.add(&as_allows(subject, [*statement]))).collect();
    let comparer = Comparer::new(&model);
    let mut kept: Vec<(PolicyId, &'s Statement)> = ids.into_iter().zip(statements.iter().copied()).collect();
    let mut found = Vec::new();
    for ((id, statement), is_candidate) in kept.clone().into_iter().zip(candidates).rev() {
        if !is_candidate {
            continue;
        }
        // Who is meant is part of what a grant does (S4.5), so only statements for the same principals are compared.
        let others: Vec<_> = kept
            .iter()
            .filter(|(other, of)| *other != id && of.principal == statement.principal)
            .copied()
            .collect();
        let is_negated = matches!(statement.principal, Some(Element::Not(_)));
        if is_negated || others.is_empty() || others.iter().any(|(_, other)| say_the_same(other, statement)) {
            continue;
        }
        let old: Vec<_> = others.iter().map(|(id, _)| *id).collect();
        let is_covered = match comparer.glance(&[id], &old) {
            Glance::Included => !matches!(comparer.glance(&[id], &[]), Glance::Included),
            Glance::Escapes(_) => false,
            Glance::Open => is_no_more(subject, statement, others.iter().map(|(_, other)| *other)),
        };
        if is_covered {
            kept.retain(|(other, _)| *other != id);
            found.push(statement);
        }
    }
    found
}

/// The actions of a statement, to see at a glance that others do not cover it.
struct Actions {
    is_negated: bool,
    patterns: Vec<Pattern>,
}

impl Actions {
    fn of(statement: &Statement) -> Self {
        let patterns = statement.action.listed().iter().map(|action| action.value.pattern()).collect();
        Self { is_negated: statement.action.is_negated(), patterns }
    }

    fn speak_of(&self, action: &str) -> bool {
        self.patterns.iter().any(|pattern| pattern.matches(action)) != self.is_negated
    }

    /// Whether one example of each action is an action of some other statement too.
    fn may_be_covered(all: &[Self], at: usize) -> bool {
        let Some(own) = all.get(at) else { return false };
        let others = || all.iter().enumerate().filter(|(other, _)| *other != at).map(|(_, actions)| actions);
        own.is_negated
            || own.patterns.iter().all(|pattern| {
                let example = pattern.fill("x", 'x');
                others().any(|other| other.speak_of(&example))
            })
    }
}

/// A policy of the statements as if they allowed, so that one comparison serves both effects. A resource control policy
/// has no Allow of its own; what it says is read as a resource policy.
fn as_allows<'s>(subject: &Subject<'_>, statements: impl IntoIterator<Item = &'s Statement>) -> Policy {
    let mut policy = subject.policy_of(statements);
    for statement in &mut policy.statements {
        statement.effect.value = Effect::Allow;
    }
    if policy.policy_type == PolicyType::Rcp {
        policy.policy_type = PolicyType::Resource;
    }
    policy
}

/// Whether a statement applies to no more than others together, by search; not when it applies to nothing at all.
fn is_no_more<'s>(
    subject: &Subject<'_>,
    statement: &Statement,
    others: impl Iterator<Item = &'s Statement>,
) -> bool {
    let mut model = Model::new();
    let (one, rest) = (as_allows(subject, [statement]), as_allows(subject, others));
    let (new, old, none) = (model.add(&one), model.add(&rest), model.add(&as_allows(subject, [])));
    let layer = Layers::default().hang(one.policy_type, new);
    let comparer = Comparer::new(&model);
    let proved = |old| {
        let answer = comparer.no_more_than(layer, &[new], &[old], &mut Budget::new(STEPS));
        matches!(answer, Answer::Proved(_))
    };
    proved(old) && !proved(none)
}

fn say_the_same(one: &Statement, other: &Statement) -> bool {
    one.action == other.action && one.resource == other.resource && one.condition == other.condition
}
