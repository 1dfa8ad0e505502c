//! Random environments: a request with policies that speak of it often enough to matter.

use super::numbers::Random;
use super::statement::{self, Scene};
use polsim_oracle as oracle;
use polsim_policy::{Policy, PolicyType};
use polsim_text::{Limits, Source};
use serde_json::{Map, Value, json};

pub(crate) const ACCOUNTS: [&str; 2] = ["111111111111", "222222222222"];

/// How many documents were made, and how many of them were lawful.
#[derive(Default)]
pub(crate) struct Tally {
    pub(crate) made: usize,
    pub(crate) lawful: usize,
}

/// What kind of thing a request is about: action, resource, what is behind it, kind of resource policy.
struct Subject {
    actions: &'static [&'static str],
    resource: &'static str,
    underlying: Option<&'static str>,
    policy_type: PolicyType,
    kind: oracle::ResourceKind,
}

const S3_ACTIONS: &[&str] =
    &["s3:GetObject", "s3:PutObject", "s3:GetObject", "s3:ListBucket", "S3:getobject"];
const SUBJECTS: &[Subject] = &[
    Subject::ordinary(S3_ACTIONS, "arn:aws:s3:::b/k"),
    Subject::ordinary(S3_ACTIONS, "arn:aws:s3:::b/k/*"),
    Subject::ordinary(S3_ACTIONS, "arn:aws:s3:::b/bob/team-a"),
    Subject::ordinary(&["s3:ListBucket", "s3:GetBucketPolicy", "s3:PutBucketPolicy"], "arn:aws:s3:::b"),
    Subject::ordinary(&["sqs:SendMessage"], "arn:aws:sqs:eu-west-1:222222222222:q"),
    Subject::ordinary(&["sqs:SendMessage"], "arn:aws-cn:sqs:cn-north-1:222222222222:q"),
    Subject::ordinary(&["ec2:RunInstances"], "arn:aws:ec2:eu-west-1:111111111111:instance/i-1"),
    Subject::ordinary(
        &["s3express:CreateSession"],
        "arn:aws:s3express:eu-west-1:222222222222:bucket/b--x-s3",
    ),
    Subject::ordinary(&["s3:ListAllMyBuckets", "ec2:DescribeInstances", "sts:GetCallerIdentity"], "*"),
    Subject::ordinary(&["kms:Decrypt"], "arn:aws:kms:eu-west-1:222222222222:alias/a"),
    Subject {
        policy_type: PolicyType::Kms,
        kind: oracle::ResourceKind::Kms,
        ..Subject::ordinary(&["kms:Decrypt", "kms:RetireGrant"], "arn:aws:kms:eu-west-1:222222222222:key/k")
    },
    Subject {
        policy_type: PolicyType::Trust,
        kind: oracle::ResourceKind::Trust,
        ..Subject::ordinary(
            &["sts:AssumeRole", "sts:AssumeRoleWithSAML", "sts:TagSession"],
            "arn:aws:iam::222222222222:role/r",
        )
    },
    Subject {
        underlying: Some("arn:aws:s3:::b/k"),
        ..Subject::ordinary(S3_ACTIONS, "arn:aws:s3:eu-west-1:222222222222:accesspoint/ap/object/k")
    },
];

impl Subject {
    const fn ordinary(actions: &'static [&'static str], resource: &'static str) -> Self {
        Self {
            actions,
            resource,
            underlying: None,
            policy_type: PolicyType::Resource,
            kind: oracle::ResourceKind::Resource,
        }
    }
}

/// An environment; the same number makes the same one.
pub(crate) fn environment(number: u64, tally: &mut Tally) -> oracle::Case {
    let mut random = Random::new(number);
    let subject = &SUBJECTS[random.below(SUBJECTS.len())];
    let principal = principal(&mut random);
    let request = oracle::Request {
        action: random.pick(subject.actions).to_string(),
        resource: subject.resource.into(),
        resource_account: random.pick(&ACCOUNTS).to_string(),
        via_endpoint: match random.below(5) {
            0 => Some(oracle::EndpointKind::Gateway),
            1 => Some(oracle::EndpointKind::Interface),
            _ => None,
        },
        resource_mgmt: random.percent(5),
        underlying_resource: subject.underlying.map(Into::into),
        accesspoint_vpc: random.percent(30).then(|| "vpc-1".into()),
        context: context(&mut random, &principal),
        principal,
    };
    let scene = Scene::of(&request);
    let mut maker = Maker { random, scene, tally };
    let policies = maker.policies(subject);
    oracle::Case {
        policies,
        request,
        settings: oracle::Settings {
            bpa_restrict_public_buckets: maker.random.percent(25),
            root_bucket_policy_escape: maker.random.percent(25),
            ..oracle::Settings::default()
        },
    }
}

fn principal(random: &mut Random) -> oracle::Principal {
    use oracle::PrincipalKind as Kind;
    let account = random.pick(&ACCOUNTS);
    let partition = if random.percent(4) { "aws-cn" } else { "aws" };
    let mut who = oracle::Principal {
        mgmt: random.percent(5),
        canonical_id: random.percent(20).then(|| "c".repeat(64)),
        ..oracle::Principal::default()
    };
    let (kind, arn) = match random.below(16) {
        0..=4 => {
            who.unique_id = random.percent(40).then(|| "AIDAEXAMPLEBOB".into());
            let path = if random.percent(20) { "team/" } else { "" };
            (Kind::User, format!("arn:{partition}:iam::{account}:user/{path}bob"))
        }
        5..=9 => {
            who.slr = random.percent(5);
            who.unique_id = match random.below(4) {
                0 => Some("AROAEXAMPLEAPP".into()),
                1 => Some("AROAEXAMPLEAPP:s".into()),
                _ => None,
            };
            let path = random.pick(&["", "", "team/", "aws-service-role/"]);
            who.role_arn =
                random.percent(70).then(|| format!("arn:{partition}:iam::{account}:role/{path}app"));
            (Kind::RoleSession, format!("arn:{partition}:sts::{account}:assumed-role/app/s"))
        }
        10 | 11 => {
            who.user_arn = random.percent(80).then(|| format!("arn:{partition}:iam::{account}:user/bob"));
            (Kind::FederatedUser, format!("arn:{partition}:sts::{account}:federated-user/fed"))
        }
        12 => (Kind::Root, format!("arn:{partition}:iam::{account}:root")),
        13 => (Kind::Service, random.pick(&["sns.amazonaws.com", "ec2.amazonaws.com"]).into()),
        14 => (Kind::Saml, format!("arn:aws:iam::{account}:saml-provider/idp")),
        _ => {
            who.kind = Kind::Anonymous;
            if random.percent(50) {
                (Kind::Oidc, "accounts.google.com".into())
            } else {
                return who;
            }
        }
    };
    let has_account = !matches!(kind, Kind::Service | Kind::Saml | Kind::Oidc);
    oracle::Principal { kind, arn: Some(arn), account: has_account.then(|| (*account).into()), ..who }
}

/// Keys of any sort, absent, with one value, with a list, with none.
fn context(random: &mut Random, principal: &oracle::Principal) -> oracle::Context {
    let mut context = oracle::Context::new();
    for (key, sort) in statement::KEYS {
        let is_derived = statement::DERIVED_KEYS.contains(key);
        let keeps = if is_derived { random.below(200) == 0 } else { random.percent(60) };
        if !keeps || (*key == "aws:userid" && principal.unique_id.is_some()) {
            continue;
        }
        let mut value = || statement::value(random, *sort);
        let (one, two) = (value(), value());
        let value = match random.below(20) {
            0..=12 => oracle::Value::One(one),
            13 => oracle::Value::One(String::new()),
            14 => oracle::Value::Many(vec![]),
            15 => oracle::Value::Many(vec![one]),
            16 => oracle::Value::Many(vec![String::new()]),
            17 => oracle::Value::Many(vec![String::new(), String::new()]),
            18 => oracle::Value::Many(vec![one, String::new()]),
            _ => oracle::Value::Many(vec![one, two]),
        };
        context.insert(statement::spelling(random, key), value);
    }
    context
}

struct Maker<'t> {
    random: Random,
    scene: Scene,
    tally: &'t mut Tally,
}

impl Maker<'_> {
    fn policies(&mut self, subject: &Subject) -> oracle::Policies {
        let kind = subject.kind;
        oracle::Policies {
            identity: self.some(PolicyType::Identity, 2),
            boundary: self.random.percent(25).then(|| self.some(PolicyType::Boundary, 1)),
            session: self.random.percent(30).then(|| self.some(PolicyType::Session, 2)),
            scp: self.random.percent(25).then(|| self.levels(PolicyType::Scp)),
            rcp: self.random.percent(25).then(|| self.levels(PolicyType::Rcp)),
            resource: self.random.percent(75).then(|| self.policy(subject.policy_type)),
            resource_kind: if self.random.percent(95) { kind } else { oracle::ResourceKind::Resource },
            accesspoint: (subject.underlying.is_some() && self.random.percent(85))
                .then(|| self.policy(PolicyType::AccessPoint)),
            endpoint: self.random.percent(60).then(|| self.policy(PolicyType::Endpoint)),
        }
    }

    fn levels(&mut self, policy_type: PolicyType) -> Vec<Vec<Policy>> {
        let levels = self.random.below(3);
        (0..levels).map(|_| self.some(policy_type, 2)).collect()
    }

    fn some(&mut self, policy_type: PolicyType, most: usize) -> Vec<Policy> {
        let count = if self.random.percent(5) { 0 } else { 1 + self.random.below(most) };
        (0..count).map(|_| self.policy(policy_type)).collect()
    }

    /// A lawful policy; the unlawful ones are counted and thrown away.
    fn policy(&mut self, policy_type: PolicyType) -> Policy {
        loop {
            let text = self.document(policy_type).to_string();
            self.tally.made += 1;
            let source = Source::new("random.json", text);
            let parsed = polsim_policy::parse(&source, policy_type, &Limits::default());
            if let Some(policy) = parsed.single() {
                self.tally.lawful += 1;
                return policy.clone();
            }
        }
    }

    fn document(&mut self, policy_type: PolicyType) -> Value {
        let mut document = Map::new();
        let version = match self.random.below(10) {
            _ if policy_type == PolicyType::Rcp => Some("2012-10-17"),
            0 => None,
            1 => Some("2008-10-17"),
            _ => Some("2012-10-17"),
        };
        if let Some(version) = version {
            document.insert("Version".into(), version.into());
        }
        let count = [1, 1, 2, 2, 3][self.random.below(5)];
        let statements: Vec<Value> =
            (0..count).map(|_| statement::statement(&mut self.random, &self.scene, policy_type)).collect();
        document.insert("Statement".into(), json!(statements));
        Value::Object(document)
    }
}
