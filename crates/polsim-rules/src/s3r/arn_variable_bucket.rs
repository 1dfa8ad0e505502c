//! S3R008: a bucket whose name the caller puts in.

use super::bucket_grammar::{WORDS, projections};
use super::path::s3_entries;
use super::stranger::{OBJECT_ACTIONS, reaches};
use polsim_lint::{Check, Confidence, Doc, Example, Findings, Phase, Rule, Severity, Subject, Types};
use polsim_policy::{Effect, PolicyType, Statement};

pub(crate) const RULE: Rule = Rule {
    code: "S3R008",
    name: "arn-variable-bucket",
    severity: Severity::High,
    confidence: Confidence::Medium,
    applies: Types::of(&[PolicyType::Identity, PolicyType::Session, PolicyType::Endpoint]),
    phase: Phase::Prover,
    check: Check::Statement(check),
    doc: Doc {
        what: "The name of a bucket in an Allow has a policy variable whose value somebody else may choose.",
        why: "Tags, names of sessions and names of users come from whoever may set them. A value that makes the name of a stranger's bucket leads there, and a `/` in it ends the name.",
        bad: &[Example::statements(
            PolicyType::Identity,
            r#"{"Effect": "Allow", "Action": "s3:PutObject", "Resource": "arn:aws:s3:::acme-${aws:PrincipalTag/team}/*"}"#,
        )],
        good: &[
            Example::statements(
                PolicyType::Identity,
                r#"{"Effect": "Allow", "Action": "s3:PutObject", "Resource": "arn:aws:s3:::acme-teams/${aws:PrincipalTag/team}/*"}"#,
            ),
            Example::statements(
                PolicyType::Identity,
                r#"{"Effect": "Allow", "Action": "s3:PutObject", "Resource": "arn:aws:s3:::acme-${aws:PrincipalTag/team}/*",
                    "Condition": {"StringEquals": {"aws:ResourceAccount": "${aws:PrincipalAccount}"}}}"#,
            ),
        ],
        fix: "Put the variable into the key, or test `aws:ResourceAccount` or `aws:ResourceOrgID`.",
        source: "S2.3, S3.15",
    },
    ..Rule::DEFAULT
};

fn check(subject: &Subject<'_>, statement: &Statement, findings: &mut Findings<'_>) {
    if statement.effect.value != Effect::Allow {
        return;
    }
    for (entry, path) in s3_entries(statement, subject.policy().effective_version()) {
        let Some(variable) = path.bucket_variables.first() else { continue };
        let Some(key) = variable.key.as_ref() else { continue };
        let ways = projections(&path.pattern);
        let shown = ways.iter().filter(|way| !way.crosses && way.key.is_some()).find_map(|way| {
            let name = way.free_name()?;
            let word = WORDS.iter().find(|word| way.bucket.fill(word, 'e') == name)?;
            let keys = path.bucket_variables.iter().filter_map(|variable| variable.key.clone());
            let chosen: Vec<_> = keys.map(|key| (key, *word)).collect();
            let arn = format!("{}{name}/{}", path.head, way.example_key());
            Some((name, reaches(subject, statement, &OBJECT_ACTIONS, &arn, &chosen)?))
        });
        let Some((name, witness)) = shown else { continue };
        let sentence =
            format!("`${{{key}}}` chooses the bucket: with it {} reaches `{name}`", subject.name(statement));
        findings
            .add(entry.span, sentence)
            .witness(&witness.request)
            .help("put the variable into the key, or test aws:ResourceAccount or aws:ResourceOrgID");
    }
}
