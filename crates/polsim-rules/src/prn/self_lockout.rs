//! PRN104: nobody may change the policy any more.

use crate::scene::speaks_of;
use polsim_arn::{ActionName, ActionPattern, Arn, Pattern};
use polsim_lint::{Check, Doc, Example, Findings, Phase, Rule, Severity, Subject, Types};
use polsim_policy::{Effect, PolicyType, Statement};
use polsim_prove::{Expectation, Region};

/// The actions that change the policy of a resource, by the service of its ARN. A key policy has no ARN.
const CHANGES: [(&str, &[&str]); 5] = [
    ("s3", &["s3:PutBucketPolicy", "s3:DeleteBucketPolicy"]),
    ("secretsmanager", &["secretsmanager:PutResourcePolicy", "secretsmanager:DeleteResourcePolicy"]),
    ("sqs", &["sqs:SetQueueAttributes", "sqs:RemovePermission"]),
    ("sns", &["sns:SetTopicAttributes", "sns:RemovePermission"]),
    ("ecr", &["ecr:SetRepositoryPolicy", "ecr:DeleteRepositoryPolicy"]),
];

pub(crate) const RULE: Rule = Rule {
    code: "PRN104",
    name: "self-lockout",
    severity: Severity::High,
    applies: Types::RESOURCE,
    phase: Phase::Prover,
    check: Check::Document(check),
    doc: Doc {
        what: "A resource policy leaves nobody who may change it: a key policy allows `kms:PutKeyPolicy` to no one, or \
               another policy denies every request that would change it.",
        why: "The resource stays as it is for ever. For a bucket or a queue the root user of its account can mend it; \
              for a key only AWS Support can.",
        bad: &[
            Example::statements(
                PolicyType::Kms,
                r#"{"Effect": "Allow", "Principal": {"AWS": "arn:aws:iam::111122223333:role/reader"},
                    "Action": "kms:Decrypt", "Resource": "*"}"#,
            ),
            Example::statements(
                PolicyType::Resource,
                r#"{"Effect": "Deny", "Principal": "*", "Action": "s3:*",
                    "Resource": ["arn:aws:s3:::acme-data", "arn:aws:s3:::acme-data/*"]}"#,
            ),
        ],
        good: &[
            Example::statements(
                PolicyType::Kms,
                r#"{"Effect": "Allow", "Principal": {"AWS": "arn:aws:iam::111122223333:root"},
                    "Action": "kms:*", "Resource": "*"}"#,
            ),
            Example::statements(
                PolicyType::Resource,
                r#"{"Effect": "Deny", "Principal": "*", "Action": "s3:*",
                    "Resource": ["arn:aws:s3:::acme-data", "arn:aws:s3:::acme-data/*"],
                    "Condition": {"ArnNotEquals": {"aws:PrincipalArn": "arn:aws:iam::111122223333:role/admin"}}}"#,
            ),
        ],
        fix: "Allow the account of a key `kms:*`; leave the administrators out of a Deny with aws:PrincipalArn.",
        source: "S4.12.3, S4.16",
    },
    ..Rule::DEFAULT
};

fn check(subject: &Subject<'_>, findings: &mut Findings<'_>) {
    if subject.policy_type() == PolicyType::Kms {
        check_key(subject, findings);
    } else {
        for statement in subject.of(Effect::Deny) {
            check_deny(subject, statement, findings);
        }
    }
}

fn check_key(subject: &Subject<'_>, findings: &mut Findings<'_>) {
    let Some(first) = subject.statements().first() else { return };
    let region = region(&["kms:PutKeyPolicy"], None);
    if let Some(confidence) = subject.judge().holds(&region, Expectation::Deny) {
        findings
            .add(
                subject.opening(first),
                "nobody may change this key policy: no statement allows kms:PutKeyPolicy",
            )
            .help("allow the account of the key `kms:*`")
            .confidence(confidence);
    }
}

fn check_deny(subject: &Subject<'_>, statement: &Statement, findings: &mut Findings<'_>) {
    let Some(resource) = statement.resource.as_ref().filter(|resource| !resource.is_negated()) else {
        return;
    };
    for entry in resource.listed() {
        let Some(arn) =
            Arn::parse(&entry.value).filter(|arn| arn.service != "s3" || !arn.resource.contains('/'))
        else {
            continue;
        };
        let Some((_, changes)) = CHANGES.iter().find(|(service, _)| *service == arn.service) else {
            continue;
        };
        let is_denied = |change: &&str| {
            let region = region(&[change], Some(&entry.value));
            let holds = subject.judge().holds(&region, Expectation::ExplicitDeny);
            // The Deny that is looked at is one of those that do it.
            holds.filter(|_| ActionName::parse(change).is_ok_and(|name| speaks_of(statement, &name)))
        };
        let all: Option<Vec<_>> = changes.iter().map(is_denied).collect();
        if let Some(confidence) = all.and_then(|all| all.into_iter().min()) {
            let name = subject.name(statement);
            findings
                .add(entry.span, format!("{name} leaves nobody who may change the policy of this resource"))
                .help("leave the administrators out with aws:PrincipalArn")
                .confidence(confidence);
            return;
        }
    }
}

fn region(actions: &[&str], resource: Option<&str>) -> Region {
    Region {
        actions: actions.iter().filter_map(|action| ActionPattern::parse(action).ok()).collect(),
        resources: resource.map(Pattern::exact).into_iter().collect(),
        ..Region::default()
    }
}
