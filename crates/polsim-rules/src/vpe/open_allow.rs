//! What an Allow of an endpoint policy reaches that is not a closed list.

use crate::keys::tests;
use crate::s3r::bucket_grammar::projections;
use crate::s3r::path::S3Path;
use polsim_lint::Subject;
use polsim_policy::Statement;

/// An object in a bucket that a stranger may have.
const ANY_OBJECT: &str = "arn:aws:s3:::evil-bucket/payload";

/// An object in a stranger's bucket that the resources of a statement match.
pub(crate) fn example_of(statement: &Statement, subject: &Subject<'_>) -> Option<String> {
    let resource = statement.resource.as_ref()?;
    if resource.is_negated() {
        return Some(ANY_OBJECT.to_owned());
    }
    let version = subject.policy().effective_version();
    resource.listed().iter().find_map(|entry| {
        let Some(path) = S3Path::read(&entry.value, version) else {
            return polsim_arn::Pattern::wildcard(&entry.value)
                .matches(ANY_OBJECT)
                .then(|| ANY_OBJECT.to_owned());
        };
        let ways = projections(&path.pattern);
        ways.iter().filter(|way| way.is_open() && way.key.is_some()).find_map(|way| {
            let name = way.free_name()?;
            Some(format!("{}{name}/{}", path.head, way.example_key()))
        })
    })
}

/// Whether the resources of a statement may belong to a stranger: ARNs of one account and named buckets may not.
pub(crate) fn is_open(statement: &Statement, subject: &Subject<'_>) -> bool {
    let Some(resource) = &statement.resource else { return true };
    let version = subject.policy().effective_version();
    resource.is_negated()
        || resource.listed().iter().any(|entry| match S3Path::read(&entry.value, version) {
            Some(path) => {
                projections(&path.pattern).iter().any(|way| way.is_open() && way.free_name().is_some())
            }
            None => entry.value.split(':').nth(4).is_none_or(|account| account.contains('*')),
        })
}

/// Whether a statement is for named or tagged principals only.
pub(crate) fn is_for_exceptions(statement: &Statement) -> bool {
    tests(statement).any(|test| {
        let (key, _) = test.block.key.value.split_tag();
        ["aws:PrincipalTag", "aws:PrincipalArn"].iter().any(|name| key.eq_ignore_ascii_case(name))
    })
}
