//! Resources: whose they are, and of which type their policies.

use super::accounts::Accounts;
use super::builder::{Builder, is_network_id};
use super::policies::Hook;
use crate::environment::{AccessPoint, Resource};
use crate::hang::Hang;
use crate::problem::ProblemKind;
use crate::schema::{self, AccountId, EnvironmentFile, Placed, entries};
use polsim_arn::Arn;
use polsim_eval::ResourceKind;
use polsim_policy::PolicyType;

pub(super) fn build(
    builder: &mut Builder<'_>,
    file: &EnvironmentFile,
    accounts: &mut Accounts,
) -> Vec<Resource> {
    let points = entries(file.resources.as_ref())
        .flat_map(|(_, entry)| entries(entry.access_points.as_ref()).map(|(name, point)| (&point.arn, name)));
    let own = entries(file.resources.as_ref()).map(|(name, entry)| (&entry.arn, name));
    builder.tell_repeated(own.chain(points));
    let mut resources = Vec::new();
    for (name, entry) in entries(file.resources.as_ref()) {
        resources.extend(resource(builder, name, entry, accounts));
    }
    resources
}

fn resource(
    builder: &mut Builder<'_>,
    name: &Placed<String>,
    entry: &schema::Resource,
    accounts: &mut Accounts,
) -> Option<Resource> {
    let arn = &entry.arn;
    let Some(parts) = Arn::parse(&arn.value) else {
        builder.tell(ProblemKind::NoArn(arn.value.clone()), arn.span);
        return None;
    };
    if let Some(wanted) = not_here(&parts) {
        let kind = ProblemKind::OtherArn { arn: arn.value.clone(), wanted };
        builder.tell(kind, arn.span);
        return None;
    }
    let account = owner(builder, arn, &parts, entry.account.as_ref());
    if let Some(account) = &account {
        accounts.meet(builder, &account.value, account.span);
    }
    let (kind, policy_type) = if parts.service == "kms" && parts.resource.starts_with("key/") {
        (ResourceKind::Kms, PolicyType::Kms)
    } else {
        (ResourceKind::Ordinary, PolicyType::Resource)
    };
    let hook = Hook {
        policy_type,
        hang: Hang::Resource(name.value.clone()),
        owner: &format!("resources.{}", name.value),
    };
    let policy = entry.policy.as_ref().and_then(|policy| builder.policies.hang(policy, "policy", &hook));
    let is_bucket = parts.service == "s3";
    if let Some((first, _)) = entries(entry.access_points.as_ref()).next().filter(|_| !is_bucket) {
        builder.tell(ProblemKind::NoBucket, first.span);
    }
    let mut access_points = Vec::new();
    for (point, entry) in entries(entry.access_points.as_ref()) {
        access_points.extend(access_point(builder, &name.value, point, entry));
    }
    Some(Resource {
        name: name.value.clone(),
        arn: arn.value.clone(),
        account: account?.value,
        policy,
        kind,
        restrict_public_buckets: entry.restrict_public_buckets.unwrap_or(false),
        access_points,
    })
}

/// What should be here, when an ARN belongs elsewhere in the file.
fn not_here(arn: &Arn<'_>) -> Option<&'static str> {
    if arn.text.contains(['*', '?']) {
        Some("one resource; `*` and `?` stand for many")
    } else if arn.service == "iam" && arn.resource.starts_with("role/") {
        Some("a resource; a role goes under `principals`, with its `trust` policy")
    } else if is_access_point(arn) {
        Some("a resource; an access point goes under the `access-points` of its bucket")
    } else if arn.service == "s3" && arn.resource.contains('/') {
        Some("a bucket; its policy covers the objects in it")
    } else {
        None
    }
}

fn is_access_point(arn: &Arn<'_>) -> bool {
    arn.service == "s3" && arn.resource.starts_with("accesspoint/")
}

/// The account that owns a resource, from its ARN or its entry (I11).
fn owner(
    builder: &mut Builder<'_>,
    arn: &Placed<String>,
    parts: &Arn<'_>,
    declared: Option<&AccountId>,
) -> Option<Placed<String>> {
    if parts.account.is_empty() {
        if declared.is_none() {
            builder.tell(ProblemKind::NoAccount(arn.value.clone()), arn.span);
        }
        return declared.map(|account| account.0.clone());
    }
    if !AccountId::is_valid(parts.account) {
        builder.tell(ProblemKind::AccountId(parts.account.to_owned()), arn.span);
        return None;
    }
    if let Some(declared) = declared.filter(|declared| declared.as_str() != parts.account) {
        let kind = ProblemKind::OtherAccount {
            of_arn: parts.account.to_owned(),
            declared: declared.as_str().to_owned(),
        };
        builder.tell_with(kind, declared.0.span, (arn.span, "the ARN"));
    }
    Some(Placed::new(parts.account.to_owned(), arn.span))
}

fn access_point(
    builder: &mut Builder<'_>,
    bucket: &str,
    name: &Placed<String>,
    entry: &schema::AccessPoint,
) -> Option<AccessPoint> {
    let is_valid = Arn::parse(&entry.arn.value).is_some_and(|arn| {
        let point = arn.resource.strip_prefix("accesspoint/");
        is_access_point(&arn)
            && point.is_some_and(|point| !point.is_empty() && !point.contains(['/', '*', '?']))
    });
    if !is_valid {
        let kind = ProblemKind::OtherArn {
            arn: entry.arn.value.clone(),
            wanted: "an access point: `arn:aws:s3:region:account:accesspoint/name`",
        };
        builder.tell(kind, entry.arn.span);
        return None;
    }
    if let Some(vpc) = entry.vpc.as_ref().filter(|vpc| !is_network_id(&vpc.value, "vpc-")) {
        builder.tell(ProblemKind::vpc(&vpc.value), vpc.span);
    }
    let hook = Hook {
        policy_type: PolicyType::AccessPoint,
        hang: Hang::AccessPoint(name.value.clone()),
        owner: &format!("resources.{bucket}.access-points.{}", name.value),
    };
    let policy = entry.policy.as_ref().and_then(|policy| builder.policies.hang(policy, "policy", &hook));
    Some(AccessPoint {
        name: name.value.clone(),
        arn: entry.arn.value.clone(),
        policy,
        vpc: entry.vpc.as_ref().map(|vpc| vpc.value.clone()),
        restrict_public_buckets: entry.restrict_public_buckets.unwrap_or(false),
    })
}
