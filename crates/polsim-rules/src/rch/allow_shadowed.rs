//! RCH001: an Allow that Denies of the same policy take back.

use polsim_lint::{Check, Doc, Example, Findings, Judge, Phase, Rule, Severity, Subject};
use polsim_policy::{Effect, PolicyType, Statement};
use polsim_prove::{Expectation, Region};

pub(crate) const RULE: Rule = Rule {
    code: "RCH001",
    name: "allow-shadowed",
    severity: Severity::Medium,
    phase: Phase::Prover,
    check: Check::Document(check),
    doc: Doc {
        what: "Every request that an Allow applies to is denied by the same policy.",
        why: "It grants nothing, and its reader believes otherwise.",
        bad: &[Example::statements(
            PolicyType::Identity,
            r#"{"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::acme-data/*"},
               {"Effect": "Deny", "Action": "s3:Get*", "Resource": "arn:aws:s3:::acme-*"}"#,
        )],
        good: &[Example::statements(
            PolicyType::Identity,
            r#"{"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::acme-data/*"},
               {"Effect": "Deny", "Action": "s3:*", "Resource": "*", "Condition": {"Bool": {"aws:SecureTransport": "false"}}}"#,
        )],
        fix: "Narrow the Deny, or remove the Allow.",
        source: "S4.2",
    },
    ..Rule::DEFAULT
};

fn check(subject: &Subject<'_>, findings: &mut Findings<'_>) {
    let denies: Vec<&Statement> = subject.of(Effect::Deny).collect();
    if denies.is_empty() {
        return;
    }
    for allow in subject.of(Effect::Allow) {
        let denied = |others: &[&Statement]| {
            let judge = Judge::new(&subject.policy_of([allow].into_iter().chain(others.iter().copied())));
            judge.holds(&Region::default(), Expectation::Deny)
        };
        let Some(confidence) = denied(&denies) else { continue };
        // What applies to nothing anyway is the business of another rule.
        if denied(&[]).is_some() {
            continue;
        }
        let sentence =
            format!("{} grants nothing: all of it is denied by the same policy", subject.name(allow));
        let finding = findings.add(subject.opening(allow), sentence);
        finding.confidence(confidence);
        match denies.iter().find(|deny| denied(&[deny]).is_some()) {
            Some(deny) => {
                finding.also(subject.opening(deny), "denies all of it");
            }
            None => {
                finding.help("no Deny does it alone; several together do");
            }
        }
    }
}
