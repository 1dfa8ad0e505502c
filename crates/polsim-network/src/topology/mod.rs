//! What a network is made of (S6.1), one file each, as the AWS CLI describes it.

mod acl;
mod endpoint;
mod interface;
mod internet_gateway;
mod nat;
mod ports;
mod prefix_list;
mod route_table;
mod security_group;
mod subnet;
mod vpc;

pub use acl::{Acl, AclEntry};
pub use endpoint::{Endpoint, Service};
pub use interface::NetworkInterface;
pub use internet_gateway::InternetGateway;
pub use nat::NatGateway;
pub use ports::Ports;
pub use prefix_list::PrefixList;
pub use route_table::{Route, RouteTable, RouteTo, Target};
pub use security_group::{Permission, SecurityGroup};
pub use subnet::Subnet;
pub use vpc::{Vpc, VpcAttributes};

macro_rules! described {
    ($($type:ty),*) => {$(
        impl crate::listing::Described for $type {
            fn id(&self) -> &str {
                &self.id
            }

            fn place(&self) -> &polsim_env::Place {
                &self.place
            }
        }
    )*};
}

described!(
    Acl,
    Endpoint,
    InternetGateway,
    NatGateway,
    NetworkInterface,
    PrefixList,
    RouteTable,
    SecurityGroup,
    Subnet,
    Vpc,
    VpcAttributes
);
