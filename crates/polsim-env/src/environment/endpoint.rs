//! A VPC endpoint that the environment describes.

use crate::schema::EndpointKind;
use polsim_eval::PolicyId;

/// A VPC endpoint that the environment describes.
#[derive(Clone, Debug)]
pub struct Endpoint {
    /// Its name in the file.
    pub name: String,
    /// Its id, `vpce-…`.
    pub id: String,
    /// Gateway or interface.
    pub kind: EndpointKind,
    /// The service, without Region: `s3`, `ecr.api`.
    pub service: String,
    /// The VPC that it is in.
    pub vpc: String,
    /// The Region, when it is known.
    pub region: Option<String>,
    /// Its policy; `None` is AWS's own, which allows everything (S4.11.1).
    pub policy: Option<PolicyId>,
}
