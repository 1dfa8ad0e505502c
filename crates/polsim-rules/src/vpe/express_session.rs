//! VPE020: directory buckets, with actions that they do not ask for.

use crate::s3r::stranger::OBJECT_ACTIONS;
use polsim_lint::{Check, Doc, Example, Findings, Rule, Severity, Subject, Types};
use polsim_policy::{PolicyType, Statement};

pub(crate) const RULE: Rule = Rule {
    code: "VPE020",
    name: "express-session",
    severity: Severity::Medium,
    applies: Types::IDENTITY.and(Types::RESOURCE).and(Types::ENDPOINT).and(Types::SCP),
    check: Check::Statement(check),
    doc: Doc {
        what: "A statement about directory buckets (S3 Express One Zone) names an action of objects or lists.",
        why: "Reading, writing and listing there is authorized by `s3express:CreateSession` alone; there is no `s3express:GetObject`, and `s3:GetObject` is not asked for.",
        bad: &[
            Example::statements(
                PolicyType::Endpoint,
                r#"{"Effect": "Allow", "Principal": "*", "Action": "s3express:GetObject",
                    "Resource": "arn:aws:s3express:eu-west-1:111122223333:bucket/acme--euw1-az1--x-s3"}"#,
            ),
            Example::statements(
                PolicyType::Identity,
                r#"{"Effect": "Allow", "Action": "s3:GetObject",
                    "Resource": "arn:aws:s3express:eu-west-1:111122223333:bucket/acme--euw1-az1--x-s3/*"}"#,
            ),
        ],
        good: &[Example::statements(
            PolicyType::Endpoint,
            r#"{"Effect": "Allow", "Principal": "*", "Action": "s3express:CreateSession",
                "Resource": "arn:aws:s3express:eu-west-1:111122223333:bucket/acme--euw1-az1--x-s3"}"#,
        )],
        fix: "Name `s3express:CreateSession`; `s3express:SessionMode` keeps a session to reading.",
        source: "the service reference of S3 Express",
    },
    ..Rule::DEFAULT
};

const LISTS: [&str; 2] = ["s3:ListBucket", "s3:ListMultipartUploadParts"];

fn check(_: &Subject<'_>, statement: &Statement, findings: &mut Findings<'_>) {
    let listed = statement.resource.iter().flat_map(|resource| resource.listed());
    let mut services = listed.map(|entry| entry.value.split(':').nth(2)).peekable();
    let all_express = services.peek().is_some() && services.all(|service| service == Some("s3express"));
    for action in statement.action.listed() {
        let (service, name) = action.value.folded().split_once(':').unwrap_or_default();
        let is_of_objects = OBJECT_ACTIONS
            .iter()
            .chain(&LISTS)
            .any(|known| known.split_once(':').is_some_and(|(_, known)| known.eq_ignore_ascii_case(name)));
        if is_of_objects && (service == "s3express" || (service == "s3" && all_express)) {
            findings
                .add(action.span, format!("directory buckets do not ask for `{}`", action.value.as_str()))
                .help("they ask for s3express:CreateSession");
        }
    }
}
