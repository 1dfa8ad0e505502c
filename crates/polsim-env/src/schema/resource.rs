//! Resources with policies.

use super::record::record;
use super::{AccountId, Named, Placed, PolicyRef};

record! {
    /// A resource. It stands for everything in it as well: a bucket for its objects.
    pub struct Resource {
        /// The ARN
        "arn" => arn: Placed<String>,
        /// The account that owns it; needed where the ARN does not tell, as with S3 buckets
        "account" => account: Option<AccountId>,
        /// The resource policy: of a bucket, a queue, a key, …
        "policy" => policy: Option<PolicyRef>,
        /// Whether S3's RestrictPublicBuckets is on for the bucket
        "restrict-public-buckets" => restrict_public_buckets: Option<bool>,
        /// The S3 access points of the bucket
        "access-points" => access_points: Option<Named<AccessPoint>>,
    }
}

record! {
    /// An S3 access point of a bucket.
    pub struct AccessPoint {
        /// The ARN
        "arn" => arn: Placed<String>,
        /// The policy of the access point
        "policy" => policy: Option<PolicyRef>,
        /// The VPC that it takes requests from, when from no other
        "vpc" => vpc: Option<Placed<String>>,
        /// Whether RestrictPublicBuckets is on for the access point
        "restrict-public-buckets" => restrict_public_buckets: Option<bool>,
    }
}
