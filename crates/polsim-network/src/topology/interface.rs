//! Network interfaces: which addresses are in use.

use crate::fields::Fields;
use polsim_env::Place;
use std::net::IpAddr;

/// A network interface.
#[derive(Clone, Debug)]
pub struct NetworkInterface {
    /// Its id.
    pub id: String,
    /// The subnet that it is in.
    pub subnet: Option<String>,
    /// Its private addresses.
    pub addresses: Vec<IpAddr>,
    /// Its place in the input.
    pub place: Place,
}

impl NetworkInterface {
    pub(crate) fn read(fields: Fields<'_>) -> Option<Self> {
        let read = |fields: &Fields<'_>| fields.text("PrivateIpAddress")?.parse::<IpAddr>().ok();
        let mut addresses: Vec<IpAddr> = read(&fields).into_iter().collect();
        for further in fields.list("PrivateIpAddresses", "an address of a network interface") {
            addresses.extend(read(&further).filter(|address| !addresses.contains(address)));
        }
        Some(Self {
            id: fields.required("NetworkInterfaceId")?,
            subnet: fields.text("SubnetId"),
            addresses,
            place: fields.place_of(&["NetworkInterfaceId"]),
        })
    }
}
