//! What a request is for, as far as the network is concerned.

/// A service in a Region, called by one of its names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Destination {
    /// The service, as endpoints call it: `s3`, `ecr.api`.
    pub service: String,
    /// The Region, where it is another one than the VPC's, or just known.
    pub region: Option<String>,
    /// The name that it is called by.
    pub name: Name,
}

/// The name that a service is called by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Name {
    /// The standard name of the service in the Region.
    Standard,
    /// A name of one interface endpoint (S6.4.4).
    OfEndpoint(String),
}

impl Destination {
    /// A service in the Region of the VPC, by its standard name.
    #[must_use]
    pub fn service(service: impl Into<String>) -> Self {
        Self { service: service.into(), region: None, name: Name::Standard }
    }
}
