//! NAT gateways.

use crate::fields::Fields;
use polsim_env::Place;
use std::net::IpAddr;

/// A NAT gateway.
#[derive(Clone, Debug)]
pub struct NatGateway {
    /// Its id.
    pub id: String,
    /// The subnet that it is in; regional ones are in none.
    pub subnet: Option<String>,
    /// Whether it is `available`; `None` when the state is not said.
    pub is_available: Option<bool>,
    /// Whether it leads to the internet; private ones lead to other networks.
    pub is_public: bool,
    /// Its Elastic IP addresses.
    pub addresses: Vec<IpAddr>,
    /// Its place in the input.
    pub place: Place,
}

impl NatGateway {
    pub(crate) fn read(fields: Fields<'_>) -> Option<Self> {
        let addresses = fields.list("NatGatewayAddresses", "an address of a NAT gateway");
        let state = |address: &Fields<'_>| address.text("Status").is_none_or(|status| status == "succeeded");
        Some(Self {
            id: fields.required("NatGatewayId")?,
            subnet: fields.text("SubnetId"),
            is_available: fields.text("State").map(|state| state == "available"),
            is_public: fields.text("ConnectivityType").is_none_or(|kind| kind == "public"),
            addresses: addresses
                .iter()
                .filter(|address| state(address))
                .filter_map(|address| address.text("PublicIp")?.parse().ok())
                .collect(),
            place: fields.place_of(&["NatGatewayId"]),
        })
    }
}
