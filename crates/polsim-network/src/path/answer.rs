//! The answer: the way from one subnet, whether requests arrive on it, and the keys that it sets.

use super::step::Step;
use ipnet::IpNet;
use polsim_eval::{KeyState, NetworkPath, Truth};
use std::net::IpAddr;

/// The way of requests from a subnet.
#[derive(Clone, Debug)]
pub struct Path {
    /// The subnet.
    pub subnet: String,
    /// The VPC that it is in; empty when the subnet is not described.
    pub vpc: String,
    /// Its range of addresses, which `aws:VpcSourceIp` is in; `None` when the subnet is not described.
    pub range: Option<IpNet>,
    /// Its route table, when it is known and was asked.
    pub table: Option<String>,
    /// The route that takes the requests, as `destination → target`.
    pub route: Option<String>,
    /// Where requests go.
    pub way: Way,
    /// Whether they arrive there.
    pub arrives: Truth,
    /// Every step that led to this, in order.
    pub steps: Vec<Step>,
}

/// Where requests go (S6.2).
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Way {
    /// Through a gateway endpoint.
    Gateway(String),
    /// Through an interface endpoint.
    Interface(String),
    /// Through a NAT gateway, with its Elastic IP addresses.
    Nat(String, Vec<IpAddr>),
    /// To an internet gateway.
    Internet(String),
    /// Into another network.
    Elsewhere(String),
    /// Nowhere: the request never arrives.
    Nowhere,
    /// That is not known.
    Unknown,
}

impl Way {
    /// The word for it.
    #[must_use]
    pub fn as_str(&self) -> &'static str {
        match self {
            Self::Gateway(_) => "gateway",
            Self::Interface(_) => "interface",
            Self::Nat(..) => "nat",
            Self::Internet(_) => "internet",
            Self::Elsewhere(_) => "elsewhere",
            Self::Nowhere => "unreachable",
            Self::Unknown => "unknown",
        }
    }

    /// The id of what the requests pass.
    #[must_use]
    pub fn id(&self) -> Option<&str> {
        match self {
            Self::Gateway(id)
            | Self::Interface(id)
            | Self::Nat(id, _)
            | Self::Internet(id)
            | Self::Elsewhere(id) => Some(id),
            Self::Nowhere | Self::Unknown => None,
        }
    }

    /// The endpoint that the requests pass.
    #[must_use]
    pub fn endpoint(&self) -> Option<&str> {
        match self {
            Self::Gateway(id) | Self::Interface(id) => Some(id),
            _ => None,
        }
    }

    /// The way as the evaluator sees it; `None` when it is not known.
    #[must_use]
    pub fn network_path(&self) -> Option<NetworkPath> {
        match self {
            Self::Gateway(_) => Some(NetworkPath::Gateway),
            Self::Interface(_) => Some(NetworkPath::Interface),
            Self::Nat(..) | Self::Internet(_) => Some(NetworkPath::Direct),
            Self::Elsewhere(_) | Self::Nowhere | Self::Unknown => None,
        }
    }
}

impl Path {
    /// The step that decided.
    #[must_use]
    pub fn why(&self) -> &Step {
        static NONE: Step = Step::NONE;
        let decided = self.steps.iter().find(|step| step.holds == self.arrives && self.arrives != Truth::Yes);
        decided
            .or_else(|| self.steps.iter().find(|step| step.is_choice))
            .or(self.steps.last())
            .unwrap_or(&NONE)
    }

    /// The keys that the way sets, by name (S6.2, S5.5 I1 and I2). The address of the caller is one of its subnet, so
    /// that `aws:VpcSourceIp` is open; so is `aws:SourceIp` where one of several addresses is used.
    #[must_use]
    pub fn keys(&self) -> Vec<(&'static str, KeyState)> {
        let one = |text: &str| KeyState::One(text.to_owned());
        match &self.way {
            Way::Gateway(endpoint) | Way::Interface(endpoint) => vec![
                ("aws:SourceVpce", one(endpoint)),
                ("aws:SourceVpc", one(&self.vpc)),
                ("aws:VpcSourceIp", KeyState::Open),
                ("aws:SourceIp", KeyState::Absent),
            ],
            Way::Nat(_, addresses) => {
                let address = match addresses.as_slice() {
                    [only] => one(&only.to_string()),
                    _ => KeyState::Open,
                };
                direct(address)
            }
            Way::Internet(_) => direct(KeyState::Open),
            Way::Elsewhere(_) | Way::Nowhere | Way::Unknown => Vec::new(),
        }
    }
}

fn direct(source_ip: KeyState) -> Vec<(&'static str, KeyState)> {
    vec![
        ("aws:SourceIp", source_ip),
        ("aws:SourceVpce", KeyState::Absent),
        ("aws:SourceVpc", KeyState::Absent),
        ("aws:VpcSourceIp", KeyState::Absent),
    ]
}
