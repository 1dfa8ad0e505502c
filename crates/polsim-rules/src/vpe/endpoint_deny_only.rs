//! VPE001: an endpoint policy without an Allow.

use polsim_lint::{Check, Doc, Example, Findings, Fix, Rule, Severity, Subject, Types};
use polsim_policy::{Effect, PolicyType};
use polsim_text::Edit;

pub(crate) const RULE: Rule = Rule {
    code: "VPE001",
    name: "endpoint-deny-only",
    severity: Severity::High,
    applies: Types::ENDPOINT,
    check: Check::Document(check),
    doc: Doc {
        what: "The policy of a VPC endpoint has no Allow.",
        why: "It takes the place of the default policy, which allows everything; what no statement allows is denied. So it blocks everything, not only what it names.",
        bad: &[Example::statements(
            PolicyType::Endpoint,
            r#"{"Effect": "Deny", "Principal": "*", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::packages.*.amazonaws.com/*"}"#,
        )],
        good: &[Example::statements(
            PolicyType::Endpoint,
            r#"{"Effect": "Allow", "Principal": "*", "Action": "*", "Resource": "*"},
               {"Effect": "Deny", "Principal": "*", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::packages.*.amazonaws.com/*"}"#,
        )],
        fix: "Allow what is to pass beside what is not. `--unsafe-fixes` puts the statement of the default policy in front, which grants more.",
        source: "S4.11.1, S4.11.2",
    },
    ..Rule::DEFAULT
};

const DEFAULT: &str = r#"{"Effect": "Allow", "Principal": "*", "Action": "*", "Resource": "*"}"#;

fn check(subject: &Subject<'_>, findings: &mut Findings<'_>) {
    let Some(first) = subject.statements().first() else { return };
    if !subject.is_whole() || subject.of(Effect::Allow).next().is_some() {
        return;
    }
    let finding =
        findings.add(subject.opening(first), "this policy has no Allow, so nothing passes the endpoint");
    finding.help(
        "a custom policy takes the place of the default one, which allows everything; allow what is to pass",
    );
    let Some(list) = subject.node().get("Statement") else { return };
    let edits = match list.items() {
        Some(_) => vec![Edit::insert(first.span.start(), format!("{DEFAULT}, "))],
        None => {
            vec![Edit::insert(list.span.start(), format!("[{DEFAULT}, ")), Edit::insert(list.span.end(), "]")]
        }
    };
    finding.fix(Fix::offered("allow everything else", edits));
}
