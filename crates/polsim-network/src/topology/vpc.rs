//! VPCs, and what their DNS attributes are.

use crate::fields::Fields;
use ipnet::IpNet;
use polsim_env::Place;

/// A VPC.
#[derive(Clone, Debug)]
pub struct Vpc {
    /// Its id.
    pub id: String,
    /// Its ranges of addresses.
    pub ranges: Vec<IpNet>,
    /// Its place in the input.
    pub place: Place,
}

/// The DNS attributes of a VPC (S6.1).
#[derive(Clone, Debug)]
pub struct VpcAttributes {
    /// The id of the VPC.
    pub id: String,
    /// `enableDnsSupport`, when it is said.
    pub dns_support: Option<bool>,
    /// `enableDnsHostnames`, when it is said.
    pub dns_hostnames: Option<bool>,
    /// Its place in the input.
    pub place: Place,
}

impl Vpc {
    pub(crate) fn read(fields: Fields<'_>) -> Option<Self> {
        let mut ranges: Vec<IpNet> = fields.net("CidrBlock").into_iter().collect();
        for (list, member) in
            [("CidrBlockAssociationSet", "CidrBlock"), ("Ipv6CidrBlockAssociationSet", "Ipv6CidrBlock")]
        {
            for block in fields.list(list, "a range of a VPC") {
                ranges.extend(block.net(member).filter(|net| !ranges.contains(net)));
            }
        }
        Some(Self { id: fields.required("VpcId")?, ranges, place: fields.place_of(&["VpcId"]) })
    }
}

impl VpcAttributes {
    /// Reads an output of `describe-vpc-attribute`, or a VPC whose description was completed by its attributes.
    pub(crate) fn read(fields: Fields<'_>) -> Option<Self> {
        let dns_support = fields.flag("EnableDnsSupport");
        let dns_hostnames = fields.flag("EnableDnsHostnames");
        if dns_support.is_none() && dns_hostnames.is_none() {
            return None;
        }
        Some(Self {
            id: fields.required("VpcId")?,
            dns_support,
            dns_hostnames,
            place: fields.place_of(&["EnableDnsSupport", "EnableDnsHostnames"]),
        })
    }
}
