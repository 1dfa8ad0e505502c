//! Route tables: which subnets use them, and where they send what.

use super::subnet::name_tag;
use crate::fields::Fields;
use ipnet::IpNet;
use polsim_env::Place;
use std::fmt;

/// A route table.
#[derive(Clone, Debug)]
pub struct RouteTable {
    /// Its id.
    pub id: String,
    /// Its name, when it has a tag `Name`.
    pub name: Option<String>,
    /// The VPC that it is in.
    pub vpc: String,
    /// Whether subnets without a table of their own use it.
    pub is_main: bool,
    /// The subnets that are associated with it.
    pub subnets: Vec<String>,
    /// Its routes.
    pub routes: Vec<Route>,
    /// Its place in the input.
    pub place: Place,
}

/// A route.
#[derive(Clone, Debug)]
pub struct Route {
    /// Which addresses it is for.
    pub to: RouteTo,
    /// Where it sends them.
    pub target: Target,
    /// Whether a virtual private gateway propagated it.
    pub is_propagated: bool,
    /// Whether its target is gone.
    pub is_blackhole: bool,
    /// Its place in the input.
    pub place: Place,
}

/// Which addresses a route is for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RouteTo {
    /// A range.
    Range(IpNet),
    /// A prefix list, by its id.
    List(String),
}

/// Where a route leads.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Target {
    /// To the VPC itself.
    Local,
    /// To a VPC endpoint: a gateway, or one of a load balancer.
    Endpoint(String),
    /// To a NAT gateway.
    Nat(String),
    /// To an internet gateway.
    InternetGateway(String),
    /// To an egress-only internet gateway, which is for IPv6.
    EgressOnly(String),
    /// To another network: a transit gateway, a peering, a virtual private gateway, an appliance, and the like.
    Elsewhere(String),
    /// To nothing that is said.
    Unsaid,
}

/// The members that name a target, in the order in which they are looked at.
const TARGETS: [&str; 10] = [
    "NatGatewayId",
    "TransitGatewayId",
    "VpcPeeringConnectionId",
    "EgressOnlyInternetGatewayId",
    "LocalGatewayId",
    "CarrierGatewayId",
    "CoreNetworkArn",
    "OdbNetworkArn",
    "NetworkInterfaceId",
    "InstanceId",
];

impl RouteTable {
    pub(crate) fn read(fields: Fields<'_>) -> Option<Self> {
        let associations = fields.list("Associations", "an association of a route table");
        let holds = |association: &Fields<'_>| {
            let state =
                association.object("AssociationState", "a state").and_then(|state| state.text("State"));
            state.is_none_or(|state| state == "associated")
        };
        let associations: Vec<Fields<'_>> = associations.into_iter().filter(holds).collect();
        Some(Self {
            id: fields.required("RouteTableId")?,
            name: name_tag(fields),
            vpc: fields.required("VpcId")?,
            is_main: associations.iter().any(|association| association.flag("Main") == Some(true)),
            subnets: associations.iter().filter_map(|association| association.text("SubnetId")).collect(),
            routes: fields.list("Routes", "a route").into_iter().filter_map(Route::read).collect(),
            place: fields.place_of(&["RouteTableId"]),
        })
    }

    /// The name for people: the tag, with the id.
    #[must_use]
    pub fn label(&self) -> String {
        match &self.name {
            Some(name) => format!("{name} ({})", self.id),
            None => self.id.clone(),
        }
    }
}

impl Route {
    fn read(fields: Fields<'_>) -> Option<Self> {
        let to = if fields.get("DestinationCidrBlock").is_some() {
            RouteTo::Range(fields.net("DestinationCidrBlock")?)
        } else if fields.get("DestinationIpv6CidrBlock").is_some() {
            RouteTo::Range(fields.net("DestinationIpv6CidrBlock")?)
        } else {
            RouteTo::List(fields.required("DestinationPrefixListId")?)
        };
        Some(Self {
            to,
            target: Target::read(fields),
            is_propagated: fields.text("Origin").as_deref() == Some("EnableVgwRoutePropagation"),
            is_blackhole: fields.text("State").as_deref() == Some("blackhole"),
            place: fields.place_of(&[
                "DestinationCidrBlock",
                "DestinationIpv6CidrBlock",
                "DestinationPrefixListId",
            ]),
        })
    }
}

impl Target {
    fn read(fields: Fields<'_>) -> Self {
        if let Some(gateway) = fields.text("GatewayId") {
            return match gateway.split_once('-') {
                None if gateway == "local" => Self::Local,
                Some(("vpce", _)) => Self::Endpoint(gateway),
                Some(("igw", _)) => Self::InternetGateway(gateway),
                _ => Self::Elsewhere(gateway),
            };
        }
        let found = TARGETS.into_iter().find_map(|member| Some((member, fields.text(member)?)));
        match found {
            Some(("NatGatewayId", id)) => Self::Nat(id),
            Some(("EgressOnlyInternetGatewayId", id)) => Self::EgressOnly(id),
            Some((_, id)) => Self::Elsewhere(id),
            None => Self::Unsaid,
        }
    }
}

impl fmt::Display for RouteTo {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Range(net) => write!(f, "{net}"),
            Self::List(id) => f.write_str(id),
        }
    }
}

impl fmt::Display for Target {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Local => "local",
            Self::Endpoint(id)
            | Self::Nat(id)
            | Self::InternetGateway(id)
            | Self::EgressOnly(id)
            | Self::Elsewhere(id) => id,
            Self::Unsaid => "a target that is not said",
        })
    }
}
