//! ESC004: an insider can make the bucket that a pattern leaves open.

use crate::scene::{Scene, granting};
use polsim_arn::{Arn, Pattern};
use polsim_lint::{Check, Confidence, Doc, Example, Findings, Phase, Rule, Severity, Subject, Types};
use polsim_policy::{Effect, PolicyType};

pub(crate) const RULE: Rule = Rule {
    code: "ESC004",
    name: "create-bucket",
    severity: Severity::Medium,
    confidence: Confidence::Medium,
    applies: Types::of(&[PolicyType::Identity, PolicyType::Endpoint]),
    phase: Phase::Project,
    check: Check::Project(check),
    doc: Doc {
        what: "An endpoint policy lets data go to every bucket whose name fits a pattern, and an identity policy of the \
               project allows a bucket of such a name to be made.",
        why: "Who has the identity policy makes the bucket, and the endpoint lets the data out to it.",
        bad: &[Example::statements(
            PolicyType::Endpoint,
            r#"{"Effect": "Allow", "Principal": "*", "Action": "s3:PutObject", "Resource": "arn:aws:s3:::acme-*/*"}"#,
        )
        .beside(&[Example::statements(
            PolicyType::Identity,
            r#"{"Effect": "Allow", "Action": ["s3:CreateBucket", "s3:PutObject"], "Resource": "*"}"#,
        )])],
        good: &[Example::statements(
            PolicyType::Endpoint,
            r#"{"Effect": "Allow", "Principal": "*", "Action": "s3:PutObject", "Resource": "arn:aws:s3:::acme-*/*"}"#,
        )
        .beside(&[Example::statements(
            PolicyType::Identity,
            r#"{"Effect": "Allow", "Action": ["s3:CreateBucket", "s3:PutObject"], "Resource": "arn:aws:s3:::test-*"}"#,
        )])],
        fix: "List the buckets, or test aws:ResourceAccount in the endpoint policy; or deny s3:CreateBucket.",
        source: "S2.3, S4.11",
    },
    ..Rule::DEFAULT
};

fn check(subjects: &[Subject<'_>], findings: &mut Findings<'_>) {
    let of = |policy_type| {
        subjects
            .iter()
            .filter(move |subject| subject.policy_type() == policy_type && subject.is_lawful_whole())
    };
    for endpoint in of(PolicyType::Endpoint) {
        let resources = endpoint.of(Effect::Allow).filter_map(|statement| statement.resource.as_ref());
        for entry in
            resources.filter(|resource| !resource.is_negated()).flat_map(|resource| resource.listed())
        {
            let Some(bucket) = open_bucket(&entry.value) else { continue };
            let writes =
                Scene::new(endpoint.judge(), &["s3:PutObject"]).on(&format!("arn:aws:s3:::{bucket}/*"));
            // The bucket of an insider is in no account that the policy asks for.
            let writes = writes.having("aws:resourceaccount", crate::stranger::ACCOUNT);
            let writes = writes.without("aws:resourceorgid").without("aws:resourceorgpaths").untagged();
            if writes.allowed().is_none() {
                continue;
            }
            for identity in of(PolicyType::Identity) {
                let scene =
                    Scene::new(identity.judge(), &["s3:CreateBucket"]).on(&format!("arn:aws:s3:::{bucket}"));
                let Some(witness) = scene.allowed() else { continue };
                let sentence =
                    format!("the bucket `{bucket}` fits, and a policy of the project allows it to be made");
                let finding = findings.add_in(endpoint.source(), entry.span, sentence);
                if let Some(granting) = granting(identity, &witness) {
                    finding.also_in(identity.source(), identity.opening(granting), "allows s3:CreateBucket");
                }
                finding.help("list the buckets, or test aws:ResourceAccount").witness(&witness.request);
            }
        }
    }
}

/// A bucket that nobody means and that a resource with a wildcard in the name covers.
fn open_bucket(resource: &str) -> Option<String> {
    let arn = Arn::parse(resource).filter(|arn| arn.service == "s3" && arn.account.is_empty())?;
    let name = arn.resource.split('/').next().unwrap_or(arn.resource);
    // `*` alone is every bucket there is; none has to be made.
    if !name.contains(['*', '?']) || name.chars().all(|c| c == '*') || name.contains('$') {
        return None;
    }
    let bucket = Pattern::wildcard(name).fill("evil", 'x').to_ascii_lowercase();
    let is_name = (3..=63).contains(&bucket.len()) && Pattern::wildcard(name).matches(&bucket);
    is_name.then_some(bucket)
}
