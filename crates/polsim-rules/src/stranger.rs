//! Somebody from outside: what a request carries that comes from an account that no policy means.
//!
//! A newcomer would doubt that a stranger has one fixed address and one fixed endpoint: what AWS fills in cannot be
//! chosen, so a value that no policy names stands for all of them. Keys that are not in the table hold what the caller
//! or the request chooses, and the prover picks whatever lets the request through.

use crate::scene::Scene;
use polsim_arn::{Arn, ArnPattern, Pattern, TextSet};
use polsim_eval::{Answer, Attribute, Formula, NetworkPath, Principal, PrincipalKind, Test, Variable};
use polsim_lint::Judge;
use polsim_policy::{OperatorName, Statement};
use polsim_prove::{PrincipalRegion, Witness};

/// The account.
pub(crate) const ACCOUNT: &str = "637423187654";

const ORGANIZATION: &str = "o-stranger0000";
const ORG_PATH: &str = "o-stranger0000/r-str0/ou-str0-stranger/";
/// Of the network for measurements (RFC 2544): on the Internet, nobody's.
const ADDRESS: &str = "198.18.77.7";
const BUCKET: &str = "stranger-bucket";

/// Keys of who asks that AWS fills in, in lower case, with what they hold for the stranger. As of 2026-11; AWS lists in
/// the guides of S3 (“the meaning of public”), Lambda, KMS, SNS and EFS which keys it trusts.
const OF_CALLER: [(&str, &str); 9] = [
    ("aws:principalorgid", ORGANIZATION),
    ("aws:principalorgpaths", ORG_PATH),
    ("aws:sourceowner", ACCOUNT),
    ("kms:calleraccount", ACCOUNT),
    ("s3:dataaccesspointaccount", ACCOUNT),
    ("s3:dataaccesspointarn", "arn:aws:s3:us-east-1:637423187654:accesspoint/stranger"),
    ("sns:endpoint", "https://stranger.example/"),
    ("lambda:eventsourcetoken", "stranger"),
    ("sts:externalid", "stranger"),
];

/// Keys of where a service acts from, in lower case: they are in requests of services only.
const OF_SOURCE: [(&str, &str); 3] =
    [("aws:sourceaccount", ACCOUNT), ("aws:sourceorgid", ORGANIZATION), ("aws:sourceorgpaths", ORG_PATH)];
const SOURCE_ARN: &str = "aws:sourcearn";

/// Keys of the network in a request through the stranger's own endpoint. aws:VpcSourceIp is the stranger's choice.
const OF_ENDPOINT: [(&str, &str); 6] = [
    ("aws:sourcevpce", "vpce-0fedcba9876543210"),
    ("aws:sourcevpc", "vpc-0fedcba9876543210"),
    ("aws:sourcevpcarn", "arn:aws:ec2:us-east-1:637423187654:vpc/vpc-0fedcba9876543210"),
    ("aws:vpceaccount", ACCOUNT),
    ("aws:vpceorgid", ORGANIZATION),
    ("aws:vpceorgpaths", ORG_PATH),
];

/// Keys that a request of a stranger does not carry, in lower case.
const ABSENT: [&str; 6] = [
    "elasticfilesystem:accessedviamounttarget",
    "elasticfilesystem:accesspointarn",
    "aws:ec2instancesourcevpc",
    "lambda:sourcefunctionarn",
    "ssm:sourceinstancearn",
    "ec2:sourceinstancearn",
];

/// Whether a key says where a service acts from.
pub(crate) fn is_of_source(folded: &str) -> bool {
    folded == SOURCE_ARN || OF_SOURCE.iter().any(|(name, _)| *name == folded)
}

/// Whether a key tells from which network or organization a request comes.
pub(crate) fn is_of_place(folded: &str) -> bool {
    let of_caller = ["aws:sourceip", "aws:vpcsourceip", "aws:principalorgid", "aws:principalorgpaths"];
    of_caller.contains(&folded)
        || folded == "aws:principalaccount"
        || OF_ENDPOINT.iter().any(|(name, _)| *name == folded)
}

/// A request of a stranger that the policies allow: signed, unsigned, or through a service that acts for the stranger.
pub(crate) fn enters(judge: &Judge, statement: &Statement) -> Option<Box<Witness>> {
    let scene = Scene::new(judge, &[]);
    let by_itself = |scene: Scene<'_>| {
        let scene = without_source(known_caller(scene));
        direct(scene.clone()).allowed().or_else(|| through_endpoint(scene).allowed())
    };
    let any_service = PrincipalRegion::Kinds(vec![PrincipalKind::Service]);
    by_itself(signed(scene.clone(), ACCOUNT))
        .or_else(|| by_itself(unsigned(scene.clone())))
        .or_else(|| through_service(&scene.by(any_service), statement))
}

/// A request of this service that acts for a stranger.
pub(crate) fn uses_service(judge: &Judge, service: &str, statement: &Statement) -> Option<Box<Witness>> {
    let principal = Principal::new(PrincipalKind::Service, Some(service));
    through_service(&Scene::new(judge, &[]).by(PrincipalRegion::One(Box::new(principal))), statement)
}

fn through_service(scene: &Scene<'_>, statement: &Statement) -> Option<Box<Witness>> {
    let scene = direct(known_caller(without_identity(scene.clone())));
    source_arns(statement).into_iter().find_map(|arn| with_source(scene.clone(), &arn).allowed())
}

/// A user or a session of an account.
pub(crate) fn signed<'j>(scene: Scene<'j>, account: &str) -> Scene<'j> {
    let mut scene = scene.by(PrincipalRegion::Arn(arns(&format!("arn:*:iam::{account}:*"))));
    let ids = ["AIDASTRANGERSTRANGER", "AROASTRANGERSTRANGER:*", account].map(Pattern::wildcard);
    let test = Test::text(Variable::Principal(Attribute::UniqueId), TextSet::union(ids));
    let absent = Answer::Fixed(true);
    scene.region().keys.push(Formula::test(Test { absent, ..test }));
    scene
}

/// The ARNs of a pattern; its wildcards stay in their fields.
pub(crate) fn arns(pattern: &str) -> Pattern {
    ArnPattern::parse(pattern).unwrap_or_else(|| Pattern::exact(pattern))
}

/// Anybody without an account.
fn unsigned(scene: Scene<'_>) -> Scene<'_> {
    without_identity(scene.by(PrincipalRegion::Kinds(vec![PrincipalKind::Anonymous])))
}

/// Without what AWS knows of users and sessions.
fn without_identity(scene: Scene<'_>) -> Scene<'_> {
    let keys = ["aws:principalorgid", "aws:principalorgpaths", "kms:calleraccount", "aws:sourceowner"];
    keys.into_iter().fold(scene, Scene::without)
}

/// What of the caller AWS fills in, where the scene does not say it already.
pub(crate) fn known_caller(scene: Scene<'_>) -> Scene<'_> {
    let scene = OF_CALLER.into_iter().fold(scene, |scene, (name, value)| scene.having(name, value));
    ABSENT.into_iter().fold(scene, Scene::without)
}

fn without_source(scene: Scene<'_>) -> Scene<'_> {
    let scene = scene.without(SOURCE_ARN);
    OF_SOURCE.into_iter().fold(scene, |scene, (name, _)| scene.without(name))
}

fn with_source<'j>(scene: Scene<'j>, arn: &str) -> Scene<'j> {
    let scene = scene.having(SOURCE_ARN, arn);
    OF_SOURCE.into_iter().fold(scene, |scene, (name, value)| scene.having(name, value))
}

/// Over the Internet.
fn direct(scene: Scene<'_>) -> Scene<'_> {
    let scene = scene.through(NetworkPath::Direct).without("aws:vpcsourceip").having("aws:sourceip", ADDRESS);
    OF_ENDPOINT.into_iter().fold(scene, |scene, (name, _)| scene.without(name))
}

/// Through an endpoint of the stranger.
fn through_endpoint(scene: Scene<'_>) -> Scene<'_> {
    let scene = scene.through(NetworkPath::Gateway).without("aws:sourceip");
    OF_ENDPOINT.into_iter().fold(scene, |scene, (name, value)| scene.having(name, value))
}

/// ARNs of resources of the stranger, made so that they fit what the statement says of aws:SourceArn where they can.
fn source_arns(statement: &Statement) -> Vec<String> {
    let mut arns =
        vec![format!("arn:aws:s3:::{BUCKET}"), format!("arn:aws:sns:us-east-1:{ACCOUNT}:stranger")];
    for block in &statement.condition.blocks {
        if block.operator.value.name.is_negated() || block.operator.value.name == OperatorName::Null {
            continue;
        }
        for key in block.keys.iter().filter(|key| key.key.value.folded() == SOURCE_ARN) {
            arns.extend(key.values.iter().filter_map(|value| of_stranger(&value.value.text)));
        }
    }
    arns
}

/// The ARN of a resource of the stranger that a pattern matches.
fn of_stranger(pattern: &str) -> Option<String> {
    let fields: Vec<&str> = pattern.splitn(6, ':').collect();
    let [arn, partition, service, region, account, resource] = fields.as_slice() else {
        // A `*` that stands for several fields.
        return pattern.ends_with('*').then(|| fill(pattern, "aws:sns:us-east-1:637423187654:stranger"));
    };
    // The name of a bucket is its owner's, and its ARN has no account.
    let is_bucket = *service == "s3" && !resource.contains('/');
    if is_bucket && !resource.contains(['*', '?']) {
        return None;
    }
    let own = Pattern::wildcard(account).matches(ACCOUNT).then_some(ACCOUNT);
    let account = own.or((is_bucket && account.is_empty()).then_some(""))?;
    let (partition, region) = (fill(partition, "aws"), fill(region, "us-east-1"));
    let (service, resource) = (fill(service, "sns"), fill(resource, "stranger"));
    let text = format!("{arn}:{partition}:{service}:{region}:{account}:{resource}");
    Arn::parse(&text).is_some().then_some(text)
}

fn fill(pattern: &str, many: &str) -> String {
    Pattern::wildcard(pattern).fill(many, 's')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_arn_of_the_stranger_fits_the_pattern_unless_the_account_is_another() {
        for pattern in
            ["arn:aws:sns:*:*:*", "arn:*:s3:::acme-*", "arn:aws:sqs:us-east-1:6374*:q", "arn:aws:*", "*"]
        {
            let arn = of_stranger(pattern).unwrap();
            assert!(Pattern::wildcard(pattern).matches(&arn), "{pattern}: {arn}");
        }
        assert_eq!(of_stranger("arn:aws:sns:us-east-1:111122223333:*"), None);
        assert_eq!(of_stranger("arn:aws:s3:::acme-data"), None);
        assert_eq!(of_stranger("arn:aws:s3:*:*:acme-data"), None);
    }
}
