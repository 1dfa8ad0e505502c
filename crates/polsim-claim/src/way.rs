//! The way of a request as people write it, and the condition keys that follow from it (S5.5, I1 and I2).

use crate::refusal::Refusal;
use polsim_eval::{Derived, KeyState, NetworkPath, Request};
use polsim_policy::ConditionKey;
use std::net::IpAddr;

/// What a way is called where a key follows from it.
const WAY: &str = "way of the request";

/// Services that have gateway endpoints.
const GATEWAY_SERVICES: [&str; 2] = ["s3", "dynamodb"];

/// A way with the keys that follow from it.
#[derive(Clone, Debug)]
pub struct Way {
    /// The way.
    pub path: NetworkPath,
    keys: Vec<Derived>,
}

impl Way {
    /// Reads `gateway:vpce-…`, `interface:vpce-…` or `internet:ADDRESS`.
    ///
    /// # Errors
    /// It is none of these.
    pub fn read(text: &str) -> Result<Self, Refusal> {
        let wrong = |sentence: String| {
            let help = "write `gateway:vpce-…`, `interface:vpce-…` or `internet:ADDRESS`";
            Refusal::new("INP015", sentence).with_help(help)
        };
        let Some((way, what)) = text.split_once(':') else {
            return Err(wrong(format!("`{text}` is no way of a request")));
        };
        let path = match way {
            "gateway" => NetworkPath::Gateway,
            "interface" => NetworkPath::Interface,
            "internet" if what.parse::<IpAddr>().is_err() => {
                return Err(wrong(format!("`{what}` is no address")));
            }
            "internet" => NetworkPath::Direct,
            _ => return Err(wrong(format!("`{way}` is no way of a request"))),
        };
        if path != NetworkPath::Direct && !what.starts_with("vpce-") {
            return Err(wrong(format!("`{what}` is no id of a VPC endpoint")));
        }
        Ok(Self::of(path, Some(what)))
    }

    /// The way through the endpoint of a service, about which nothing else is known.
    #[must_use]
    pub fn through_endpoint_of(service: &str) -> Self {
        let is_gateway = GATEWAY_SERVICES.contains(&service);
        Self::of(if is_gateway { NetworkPath::Gateway } else { NetworkPath::Interface }, None)
    }

    /// I1, I2: through an endpoint there is no `aws:SourceIp`, and without one there are no keys of endpoints.
    fn of(path: NetworkPath, what: Option<&str>) -> Self {
        let known = what.map(|what| KeyState::One(what.to_owned()));
        let (own, others): (&str, &[&str]) = match path {
            NetworkPath::Direct => ("aws:SourceIp", &["aws:SourceVpce", "aws:SourceVpc", "aws:VpcSourceIp"]),
            NetworkPath::Gateway | NetworkPath::Interface => ("aws:SourceVpce", &["aws:SourceIp"]),
        };
        let own = known.map(|state| (own, state));
        let states = own.into_iter().chain(others.iter().map(|name| (*name, KeyState::Absent)));
        let keys = states
            .filter_map(|(name, state)| Some(Derived { key: ConditionKey::new(name)?, state, from: WAY }));
        Self { path, keys: keys.collect() }
    }

    /// Sends a request on this way; gives the keys that it cannot carry then.
    ///
    /// # Errors
    /// The request states a key that the way contradicts.
    pub fn send(self, request: &mut Request) -> Result<Vec<ConditionKey>, Refusal> {
        request.path = self.path;
        let mut absent = Vec::new();
        for Derived { key, state, from } in self.keys {
            match request.context.stated(&key) {
                None => {
                    absent.extend(Some(key.clone()).filter(|_| state == KeyState::Absent));
                    request.context.replace(key, state);
                }
                Some(stated) if *stated == state || *stated == KeyState::Open => {}
                Some(stated) => {
                    let derived = Derived { key, state, from };
                    let contradiction = polsim_eval::Contradiction { derived, stated: stated.clone() };
                    let sentence = contradiction.to_string();
                    return Err(Refusal::new("INP020", sentence));
                }
            }
        }
        Ok(absent)
    }
}
