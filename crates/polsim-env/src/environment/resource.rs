//! A resource that the environment describes.

use polsim_eval::{PolicyId, ResourceKind};

/// A resource that the environment describes.
#[derive(Clone, Debug)]
pub struct Resource {
    /// Its name in the file.
    pub name: String,
    /// Its ARN.
    pub arn: String,
    /// The account that owns it.
    pub account: String,
    /// Its policy.
    pub policy: Option<PolicyId>,
    /// Whether it is one with rules of its own.
    pub kind: ResourceKind,
    /// Whether RestrictPublicBuckets is on for the bucket.
    pub restrict_public_buckets: bool,
    /// Its access points, when it is a bucket.
    pub access_points: Vec<AccessPoint>,
}

/// An access point of a bucket (S4.17.6).
#[derive(Clone, Debug)]
pub struct AccessPoint {
    /// Its name in the file.
    pub name: String,
    /// Its ARN.
    pub arn: String,
    /// Its policy.
    pub policy: Option<PolicyId>,
    /// The VPC that it takes requests from, when from no other.
    pub vpc: Option<String>,
    /// Whether RestrictPublicBuckets is on for the access point.
    pub restrict_public_buckets: bool,
}

impl Resource {
    /// Whether an ARN names this resource or something in it.
    pub(crate) fn covers(&self, arn: &str) -> bool {
        is_in(arn, &self.arn)
    }
}

impl AccessPoint {
    /// The bucket or object that an ARN of this access point leads to, given the ARN of the bucket (S2.3.10); `None`
    /// when the ARN is of something else.
    pub(crate) fn underlying(&self, arn: &str, bucket: &str) -> Option<String> {
        let rest = arn.strip_prefix(self.arn.as_str())?;
        match rest.strip_prefix("/object/") {
            Some(key) => Some(format!("{bucket}/{key}")),
            None => rest.is_empty().then(|| bucket.to_owned()),
        }
    }
}

/// Whether an ARN is `whole` or continues it behind a separator: an object of a bucket, a stream of a log group.
fn is_in(arn: &str, whole: &str) -> bool {
    arn.strip_prefix(whole).is_some_and(|rest| rest.is_empty() || rest.starts_with(['/', ':']))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bucket_covers_its_objects_and_no_other_bucket() {
        assert!(is_in("arn:aws:s3:::b/k", "arn:aws:s3:::b"));
        assert!(is_in("arn:aws:s3:::b", "arn:aws:s3:::b"));
        assert!(!is_in("arn:aws:s3:::bb/k", "arn:aws:s3:::b"));
    }

    #[test]
    fn s2_3_10_an_access_point_leads_to_its_bucket() {
        let point = AccessPoint {
            name: "ap".into(),
            arn: "arn:aws:s3:eu-west-1:111122223333:accesspoint/ap".into(),
            policy: None,
            vpc: None,
            restrict_public_buckets: false,
        };
        let of = |rest: &str| point.underlying(&format!("{}{rest}", point.arn), "arn:aws:s3:::b");
        assert_eq!(of("/object/a/b").as_deref(), Some("arn:aws:s3:::b/a/b"));
        assert_eq!(of("").as_deref(), Some("arn:aws:s3:::b"));
        assert_eq!(of("2"), None);
    }
}
