//! VPC endpoints.

use super::record::record;
use super::{Placed, PolicyRef};
use crate::read::{Found, FromNode};
use polsim_text::json::Node;
use schemars::JsonSchema;

record! {
    /// A VPC endpoint.
    pub struct Endpoint {
        /// The id (`vpce-…`)
        "id" => id: Placed<String>,
        /// Whether it is a gateway or an interface
        "kind" => kind: EndpointKind,
        /// The service that it leads to: `s3`, or in full `com.amazonaws.eu-west-1.s3`
        "service" => service: Placed<String>,
        /// The VPC that it is in (`vpc-…`)
        "vpc" => vpc: Placed<String>,
        /// The Region that it is in
        "region" => region: Option<Placed<String>>,
        /// The endpoint policy; left out, AWS's own, which allows everything
        "policy" => policy: Option<PolicyRef>,
    }
}

/// The two kinds of VPC endpoint.
#[derive(Clone, Copy, Debug, PartialEq, Eq, JsonSchema)]
#[schemars(rename_all = "lowercase")]
pub enum EndpointKind {
    /// A target in route tables, for S3 and DynamoDB
    Gateway,
    /// Network interfaces in subnets
    Interface,
}

impl FromNode for EndpointKind {
    fn read(node: &Node, found: &mut Found<'_>) -> Option<Self> {
        match node.as_str() {
            Some("gateway") => Some(Self::Gateway),
            Some("interface") => Some(Self::Interface),
            _ => {
                found.wrong_kind("`gateway` or `interface`", node);
                None
            }
        }
    }
}
