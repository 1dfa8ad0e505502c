//! On which way a request comes.

use super::AskError;
use crate::environment::{Endpoint, Environment};
use crate::read::nearest;
use crate::schema::EndpointKind;
use polsim_arn::ActionName;
use polsim_eval::NetworkPath;
use std::net::IpAddr;

/// On which way a request comes.
#[derive(Clone, Copy, Debug)]
pub enum Way<'e> {
    /// Nothing is said: not through an endpoint, unless a key says otherwise.
    Unstated,
    /// Not through an endpoint.
    Direct,
    /// From an address of the internet.
    Internet(IpAddr),
    /// Through an endpoint of the environment.
    Endpoint(&'e Endpoint),
    /// Through an endpoint that the environment does not describe.
    Foreign,
}

impl Environment {
    /// Finds out which way is meant: `none`, `internet:IP`, or an endpoint by its name or id, with its kind in front
    /// (`gateway:vpce-…`, `interface:…`) or without.
    ///
    /// # Errors
    /// [`AskError`] when it is none of these, or an endpoint of the other kind.
    pub fn way(&self, text: &str) -> Result<Way<'_>, AskError> {
        if text == "none" {
            return Ok(Way::Direct);
        }
        if let Some(address) = text.strip_prefix("internet:") {
            let parsed = address.parse();
            return parsed.map(Way::Internet).map_err(|_| AskError::NoAddress(address.to_owned()));
        }
        let (kind, name) = match text.split_once(':') {
            Some(("gateway", name)) => (Some(EndpointKind::Gateway), name),
            Some(("interface", name)) => (Some(EndpointKind::Interface), name),
            _ => (None, text),
        };
        let Some(endpoint) = self.endpoint(name) else {
            let names = self.endpoints.iter().flat_map(|e| [e.name.as_str(), e.id.as_str()]);
            return Err(AskError::NoSuch {
                text: name.to_owned(),
                what: "an endpoint",
                else_: "`none` or `internet:IP`",
                near: nearest(name, names),
            });
        };
        if kind.is_some_and(|kind| kind != endpoint.kind) {
            return Err(AskError::OtherKind { name: endpoint.name.clone(), kind: endpoint.kind });
        }
        Ok(Way::Endpoint(endpoint))
    }

    /// An endpoint by its name or id.
    #[must_use]
    pub fn endpoint(&self, name_or_id: &str) -> Option<&Endpoint> {
        let is_it = |endpoint: &&Endpoint| endpoint.name == name_or_id || endpoint.id == name_or_id;
        self.endpoints.iter().find(is_it)
    }
}

impl<'e> Way<'e> {
    /// The way as the evaluator sees it.
    #[must_use]
    pub fn path(&self) -> NetworkPath {
        match self {
            Self::Unstated | Self::Direct | Self::Internet(_) => NetworkPath::Direct,
            Self::Endpoint(endpoint) if endpoint.kind == EndpointKind::Gateway => NetworkPath::Gateway,
            // Without its policy the kind of an endpoint makes no difference (S4.11.5).
            Self::Endpoint(_) | Self::Foreign => NetworkPath::Interface,
        }
    }

    /// The endpoint of the environment.
    #[must_use]
    pub fn endpoint(&self) -> Option<&'e Endpoint> {
        match self {
            Self::Endpoint(endpoint) => Some(endpoint),
            _ => None,
        }
    }

    /// That a gateway leads to one service only (S6.3.2). Services behind interfaces are not always called as in
    /// actions (`monitoring` is `cloudwatch`), so nothing is said of them.
    pub(super) fn check(&self, action: &ActionName) -> Result<(), AskError> {
        match self.endpoint() {
            Some(endpoint)
                if endpoint.kind == EndpointKind::Gateway && endpoint.service != action.service() =>
            {
                Err(AskError::OtherService {
                    endpoint: endpoint.name.clone(),
                    service: endpoint.service.clone(),
                    asked: action.service().to_owned(),
                })
            }
            _ => Ok(()),
        }
    }
}
