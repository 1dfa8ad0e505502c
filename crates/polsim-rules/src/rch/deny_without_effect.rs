//! RCH003: a Deny of what nothing allows.

use polsim_arn::Budget;
use polsim_eval::{Layers, Model};
use polsim_lint::{Check, Confidence, Doc, Example, Findings, Phase, Rule, Severity, Subject, Types};
use polsim_policy::{Effect, PolicyType, Statement};
use polsim_prove::{Answer, Comparer};

pub(crate) const RULE: Rule = Rule {
    code: "RCH003",
    name: "deny-without-effect",
    severity: Severity::Info,
    confidence: Confidence::Medium,
    applies: Types::ENDPOINT,
    phase: Phase::Prover,
    check: Check::Document(check),
    doc: Doc {
        what: "A Deny in the policy of a VPC endpoint is about requests that no Allow of the policy reaches.",
        why: "They are denied without it: an endpoint has this one policy. It may be meant as a guard for what is allowed later.",
        bad: &[Example::statements(
            PolicyType::Endpoint,
            r#"{"Effect": "Allow", "Principal": "*", "Action": "s3:GetObject", "Resource": "*"},
               {"Effect": "Deny", "Principal": "*", "Action": "s3:PutObject", "Resource": "*"}"#,
        )],
        good: &[Example::statements(
            PolicyType::Endpoint,
            r#"{"Effect": "Allow", "Principal": "*", "Action": "s3:*", "Resource": "*"},
               {"Effect": "Deny", "Principal": "*", "Action": "s3:PutObject", "Resource": "*"}"#,
        )],
        fix: "Remove it, or keep it and know that it does nothing today.",
        source: "S4.11.2",
    },
    ..Rule::DEFAULT
};

/// The most steps for one statement.
const STEPS: u64 = 100_000;

fn check(subject: &Subject<'_>, findings: &mut Findings<'_>) {
    let allows: Vec<&Statement> = subject.of(Effect::Allow).collect();
    if allows.is_empty() {
        return;
    }
    for deny in subject.of(Effect::Deny) {
        let mut model = Model::new();
        let without = model.add(&subject.policy_of(allows.iter().copied()));
        let with = model.add(&subject.policy_of(allows.iter().copied().chain([deny])));
        let layer = Layers::default().hang(subject.policy_type(), with);
        let answer = Comparer::new(&model).no_more_than(layer, &[without], &[with], &mut Budget::new(STEPS));
        if let Answer::Proved(_) = answer {
            let sentence = format!("{} denies only what no Allow of this policy reaches", subject.name(deny));
            findings.add(subject.opening(deny), sentence);
        }
    }
}
