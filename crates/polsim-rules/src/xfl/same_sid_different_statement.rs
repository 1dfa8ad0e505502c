//! XFL001: one Sid, two statements, in two policies of a project.

use polsim_lint::{Check, Doc, Example, Findings, Phase, Rule, Severity, Subject};
use polsim_policy::{PolicyType, Sid, Statement};
use std::collections::HashMap;

pub(crate) const RULE: Rule = Rule {
    code: "XFL001",
    name: "same-sid-different-statement",
    severity: Severity::Info,
    opt_in: true,
    phase: Phase::Project,
    check: Check::Project(check),
    doc: Doc {
        what: "Two policies of one type have statements with the same `Sid` that say different things.",
        why: "The same name in two environments promises the same guard; one of them has drifted.",
        bad: &[Example::statements(
            PolicyType::Scp,
            r#"{"Sid": "NoLeaving", "Effect": "Deny", "Action": "organizations:LeaveOrganization", "Resource": "*"}"#,
        )
        .beside(&[Example::statements(
            PolicyType::Scp,
            r#"{"Sid": "NoLeaving", "Effect": "Deny", "Action": "organizations:Leave", "Resource": "*"}"#,
        )])],
        good: &[Example::statements(
            PolicyType::Scp,
            r#"{"Sid": "NoLeaving", "Effect": "Deny", "Action": "organizations:LeaveOrganization", "Resource": "*"}"#,
        )
        .beside(&[Example::statements(
            PolicyType::Scp,
            r#"{"Sid": "NoLeaving", "Effect": "Deny", "Action": ["organizations:LeaveOrganization"], "Resource": "*"}"#,
        )])],
        fix: "Make them equal, or give them different names.",
        source: "S1.5",
    },
    ..Rule::DEFAULT
};

fn check(subjects: &[Subject<'_>], findings: &mut Findings<'_>) {
    let mut seen: HashMap<(PolicyType, &Sid), (&Subject<'_>, &Statement)> = HashMap::new();
    for subject in subjects {
        for statement in subject.statements() {
            let Some(sid) = statement.sid.as_ref().filter(|sid| !sid.value.0.is_empty()) else { continue };
            let (first_subject, first) =
                *seen.entry((subject.policy_type(), &sid.value)).or_insert((subject, statement));
            if first != statement && !std::ptr::eq(first_subject, subject) {
                let sentence =
                    format!("`{}` says something else in {}", sid.value.0, first_subject.source().name());
                findings.add_in(subject.source(), sid.span, sentence).also_in(
                    first_subject.source(),
                    first_subject.opening(first),
                    "the other one",
                );
            }
        }
    }
}
