//! Which way a request goes through a VPC (S6), why, and which condition keys that way sets (S6.2, S5.5).
//!
//! What the AWS CLI prints becomes a [`Network`], the request or description of a SageMaker model a [`Workload`], and a
//! question to both a [`Path`]: for one subnet the way to one service, with every step that led there and its place in the
//! input. What the input does not say is unknown, with the reason; it is never taken for a closed road.
//!
//! ```
//! use polsim_network::{Destination, Network, Way};
//! use polsim_text::{Limits, Source};
//!
//! let text = r#"{
//!     "Vpcs": [{ "VpcId": "vpc-1", "CidrBlock": "10.0.0.0/16", "EnableDnsSupport": true, "EnableDnsHostnames": true }],
//!     "Subnets": [{ "SubnetId": "subnet-1", "VpcId": "vpc-1", "CidrBlock": "10.0.1.0/24",
//!                   "AvailabilityZone": "eu-west-1a" }],
//!     "RouteTables": [{ "RouteTableId": "rtb-1", "VpcId": "vpc-1", "Associations": [{ "Main": true }],
//!                       "Routes": [{ "DestinationCidrBlock": "10.0.0.0/16", "GatewayId": "local" }] }],
//!     "VpcEndpoints": []
//! }"#;
//! let network = Network::read(&[Source::new("network.json", text)], &Limits::default()).unwrap();
//! let path = network.path("subnet-1", &[], &Destination::service("s3"));
//! assert_eq!(path.way, Way::Nowhere);
//! assert_eq!(path.why().clause, "S6.2");
//! ```

mod address;
mod capacity;
mod fields;
mod gap;
mod listing;
mod network;
pub mod path;
mod problem;
mod service;
pub mod topology;
mod workload;

pub use capacity::{KEPT_BY_AWS, PER_INSTANCE};
pub use gap::{Gap, Output};
pub use listing::{Described, Listing};
pub use network::Network;
pub use path::{Destination, Name, Path, Step, Way};
pub use problem::{Problem, ProblemKind};
pub use service::endpoint_service;
pub use workload::{Workload, WorkloadKind};
