//! How a whole environment is judged.

use super::Placed;
use super::record::record;

record! {
    /// Switches of the judgement.
    pub struct Settings {
        /// Whether the root user may always read, put and delete the policy of its own bucket
        "root-bucket-policy-escape" => root_bucket_policy_escape: Option<bool>,
    }
}

/// The names of readings that are taken the other way.
pub type ReadingNames = Vec<Placed<String>>;
