//! VPC endpoints as they are deployed.

use crate::fields::Fields;
use polsim_env::Place;
use polsim_env::schema::EndpointKind;
use std::fmt;

/// A VPC endpoint.
#[derive(Clone, Debug)]
pub struct Endpoint {
    /// Its id.
    pub id: String,
    /// Gateway or interface; `None` for those of load balancers and other kinds that lead to no AWS service.
    pub kind: Option<EndpointKind>,
    /// The service.
    pub service: Service,
    /// The VPC that it is in.
    pub vpc: String,
    /// Whether it takes requests: its state is `available`; `None` when the state is not said.
    pub is_available: Option<bool>,
    /// The route tables that a gateway is associated with.
    pub route_tables: Vec<String>,
    /// The subnets that an interface has a network interface in.
    pub subnets: Vec<String>,
    /// The security groups of an interface.
    pub groups: Vec<String>,
    /// The network interfaces of an interface.
    pub interfaces: Vec<String>,
    /// Whether the standard names of the service lead to it; `None` when it is not said.
    pub private_dns: Option<bool>,
    /// Whether they do so only for who asks from outside of the VPC (S6.4.2); `None` when it is not said.
    pub only_inbound: Option<bool>,
    /// The text of its policy with its place; `None` when the output has none.
    pub policy: Option<(String, Place)>,
    /// Its place in the input.
    pub place: Place,
}

/// What an endpoint leads to.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Service {
    /// The whole name: `com.amazonaws.eu-west-1.ecr.api`.
    pub full: String,
    /// The Region in it.
    pub region: Option<String>,
    /// The service in it: `ecr.api`.
    pub name: String,
}

impl Endpoint {
    pub(crate) fn read(fields: Fields<'_>) -> Option<Self> {
        let kind = match fields.text("VpcEndpointType").as_deref() {
            Some("Gateway") => Some(EndpointKind::Gateway),
            Some("Interface") => Some(EndpointKind::Interface),
            _ => None,
        };
        let mut service = Service::read(&fields.required("ServiceName")?);
        if let Some(region) = fields.text("ServiceRegion") {
            service.region = Some(region);
        }
        let options = fields.object("DnsOptions", "the DNS options of an endpoint");
        let policy = fields.get("PolicyDocument").and_then(|node| {
            Some((node.as_str()?.to_owned(), Place { source: fields.source.clone(), span: node.span }))
        });
        Some(Self {
            id: fields.required("VpcEndpointId")?,
            kind,
            service,
            vpc: fields.required("VpcId")?,
            // The API writes the state in lower case, the CLI's examples also with a capital.
            is_available: fields.text("State").map(|state| state.eq_ignore_ascii_case("available")),
            route_tables: fields.plain_texts("RouteTableIds"),
            subnets: fields.plain_texts("SubnetIds"),
            groups: fields
                .list("Groups", "a security group of an endpoint")
                .iter()
                .filter_map(|group| group.text("GroupId"))
                .collect(),
            interfaces: fields.plain_texts("NetworkInterfaceIds"),
            private_dns: fields.flag("PrivateDnsEnabled"),
            only_inbound: options
                .and_then(|options| options.flag("PrivateDnsOnlyForInboundResolverEndpoint")),
            policy,
            place: fields.place_of(&["VpcEndpointId"]),
        })
    }

    /// The endpoint as an environment has it, without its policy; `None` for kinds that lead to no AWS service.
    #[must_use]
    pub fn adopted(&self) -> Option<polsim_env::environment::Endpoint> {
        Some(polsim_env::environment::Endpoint {
            name: self.id.clone(),
            id: self.id.clone(),
            kind: self.kind?,
            service: self.service.name.clone(),
            vpc: self.vpc.clone(),
            region: self.service.region.clone(),
            policy: None,
        })
    }

    /// Whether it is a gateway.
    #[must_use]
    pub fn is_gateway(&self) -> bool {
        self.kind == Some(EndpointKind::Gateway)
    }
}

impl Service {
    /// Reads the name of an endpoint service.
    #[must_use]
    pub fn read(full: &str) -> Self {
        let plain = full.strip_prefix("cn.").unwrap_or(full);
        let rest = plain.strip_prefix("com.amazonaws.").or_else(|| plain.strip_prefix("aws.sagemaker."));
        let (region, name) = match rest.and_then(|rest| rest.split_once('.')) {
            Some((region, name)) if region.contains('-') => (Some(region.to_owned()), name.to_owned()),
            _ => (None, rest.unwrap_or(full).to_owned()),
        };
        Self { full: full.to_owned(), region, name }
    }
}

impl fmt::Display for Service {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.full)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_name_of_a_service_has_its_region() {
        let read = |full: &str| {
            let service = Service::read(full);
            (service.region, service.name)
        };
        let eu = || Some("eu-west-1".to_owned());
        assert_eq!(read("com.amazonaws.eu-west-1.s3"), (eu(), "s3".into()));
        assert_eq!(read("com.amazonaws.eu-west-1.ecr.api"), (eu(), "ecr.api".into()));
        assert_eq!(read("cn.com.amazonaws.cn-north-1.s3").1, "s3");
        assert_eq!(
            read("com.amazonaws.vpce.eu-west-1.vpce-svc-1"),
            (None, "vpce.eu-west-1.vpce-svc-1".into())
        );
    }
}
