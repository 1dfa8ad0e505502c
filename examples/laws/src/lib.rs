//! An example: a service that comes with the policies it is deployed with, and the laws that these keep.
//!
//! The policies stand beside the code that needs them; `tests/laws.rs` is all there is to it. `cargo test -p laws` proves
//! the laws, and shows the request that breaks one and the statement that lets it through. The name of the crate would be
//! that of your service.

/// The policy of the role that the service runs as.
pub const ROLE: &str = include_str!("../policies/role.json");

/// The policy of the bucket with the models.
pub const BUCKET: &str = include_str!("../policies/bucket.json");

/// The policy of the endpoint through which the service reaches S3.
pub const ENDPOINT: &str = include_str!("../policies/endpoint.json");
