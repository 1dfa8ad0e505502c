//! ESC001: whoever has the policy can become an administrator.

use super::method::{METHODS, Method};
use super::reach::Reach;
use polsim_lint::{
    Check, Confidence, Doc, Example, Findings, Phase, Rule, Severity, Subject, Types, cloudsplaining,
    parliament,
};
use polsim_policy::PolicyType;

/// How many ways are told.
const TOLD: usize = 3;

pub(crate) const RULE: Rule = Rule {
    code: "ESC001",
    name: "privilege-escalation",
    severity: Severity::High,
    aliases: &[cloudsplaining("PrivilegeEscalation"), parliament("PRIVILEGE_ESCALATION")],
    applies: Types::of(&[PolicyType::Identity]),
    phase: Phase::Project,
    check: Check::Project(check),
    doc: Doc {
        what: "What an identity policy allows adds up to a way to get the permissions of anybody else. Asked is what is \
               left after every Deny, on users, roles and resources that the policy does not mean, and within the \
               permissions boundary when the project has one.",
        why: "The policy is then as good as an administrator's, without looking like one.",
        bad: &[
            Example::statements(
                PolicyType::Identity,
                r#"{"Effect": "Allow", "Action": ["iam:Get*", "iam:CreatePolicyVersion"], "Resource": "*"}"#,
            ),
            Example::statements(
                PolicyType::Identity,
                r#"{"Effect": "Allow", "Action": "iam:PassRole", "Resource": "*"},
                   {"Effect": "Allow", "Action": ["lambda:CreateFunction", "lambda:InvokeFunction"], "Resource": "*"}"#,
            ),
        ],
        good: &[
            Example::statements(
                PolicyType::Identity,
                r#"{"Effect": "Allow", "Action": "iam:PassRole", "Resource": "*",
                    "Condition": {"StringEquals": {"iam:PassedToService": "ecs-tasks.amazonaws.com"}}},
                   {"Effect": "Allow", "Action": ["lambda:CreateFunction", "lambda:InvokeFunction"], "Resource": "*"}"#,
            ),
            Example::statements(
                PolicyType::Identity,
                r#"{"Effect": "Allow", "Action": ["iam:CreateAccessKey", "iam:DeleteAccessKey"],
                    "Resource": "arn:aws:iam::*:user/${aws:username}"}"#,
            ),
            Example::statements(
                PolicyType::Identity,
                r#"{"Effect": "Allow", "Action": "iam:*", "Resource": "*"}"#,
            )
            .beside(&[Example::statements(
                PolicyType::Boundary,
                r#"{"Effect": "Allow", "Action": ["iam:Get*", "iam:List*"], "Resource": "*"}"#,
            )]),
        ],
        fix: "Take one of the actions away, or limit it to resources that are no way up: users below a path, roles with \
              a boundary (iam:PermissionsBoundary), policies of a list (iam:PolicyARN).",
        source: "S4.2, S4.7; Rhino Security Labs, cloudsplaining, pathfinding.cloud",
    },
    ..Rule::DEFAULT
};

fn check(subjects: &[Subject<'_>], findings: &mut Findings<'_>) {
    let of = |policy_type| subjects.iter().filter(move |subject| subject.policy_type() == policy_type);
    let boundaries: Vec<&Subject<'_>> =
        of(PolicyType::Boundary).filter(|boundary| boundary.is_lawful_whole()).collect();
    for subject in of(PolicyType::Identity) {
        let Some(mut free) = Reach::new(subject, None, METHODS) else { continue };
        let found = if boundaries.is_empty() {
            let ways = free.ways();
            (!ways.is_empty()).then_some((free, ways))
        } else {
            // A boundary only takes away, so within one only those ways are asked about that are open without it. Which
            // one binds whom is not said: one that leaves a way open is enough.
            let open: Vec<&'static Method> = free.open().into_iter().map(|(method, _)| method).collect();
            boundaries.iter().find_map(|boundary| {
                let mut reach = Reach::new(subject, Some(boundary), open.iter().copied())?;
                let ways = reach.ways();
                (!ways.is_empty()).then_some((reach, ways))
            })
        };
        let Some((reach, ways)) = found else { continue };
        let Some((_, witness)) = ways.first() else { continue };
        let Some(granting) = reach.granting(witness) else { continue };
        let mut how: Vec<&str> = ways.iter().map(|(method, _)| method.how).take(TOLD).collect();
        let more = format!("take {} more ways up", ways.len().saturating_sub(TOLD));
        if ways.len() > TOLD {
            how.push(&more);
        }
        let sentence = format!("whoever has this policy can {}", listed(&how));
        let finding = findings.add_in(subject.source(), subject.opening(granting), sentence);
        if !boundaries.is_empty() {
            finding.confidence(Confidence::Medium);
        }
        finding
            .help("limit the actions to resources that are no way up, or deny them")
            .witness(&witness.request);
    }
}

fn listed(how: &[&str]) -> String {
    match how {
        [] => String::new(),
        [only] => (*only).to_owned(),
        [first @ .., last] => format!("{} or {last}", first.join(", ")),
    }
}
