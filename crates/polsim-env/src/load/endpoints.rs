//! `aws ec2 describe-vpc-endpoints`, whose `PolicyDocument` is a string.

use super::page::tell_truncated;
use super::{EndpointFact, Loaded, Loader, Object, Sniffed};
use crate::schema::EndpointKind;
use polsim_policy::PolicyType;

/// VPC endpoints.
pub(super) struct VpcEndpoints;

impl Loader for VpcEndpoints {
    fn name(&self) -> &'static str {
        "vpc-endpoints"
    }

    fn about(&self) -> &'static str {
        "aws ec2 describe-vpc-endpoints"
    }

    fn recognizes(&self, document: &Sniffed<'_>) -> bool {
        document.has(&["VpcEndpoints"])
    }

    fn load(&self, documents: &Sniffed<'_>, loaded: &mut Loaded) {
        for node in documents.documents {
            endpoints(Object { host: documents.host, form: documents.form, node }, loaded);
        }
        tell_truncated(documents, loaded);
    }
}

/// The endpoints in an output.
pub(super) fn endpoints(output: Object<'_>, loaded: &mut Loaded) {
    for entry in output.list("VpcEndpoints", loaded) {
        endpoint(entry, loaded);
    }
}

/// One endpoint. Those that lead to services of other customers, and load balancers, are left out: no request to AWS
/// goes through them.
pub(super) fn endpoint(endpoint: Object<'_>, loaded: &mut Loaded) {
    let kind = match endpoint.text("VpcEndpointType").map(|kind| kind.value).as_deref() {
        Some("Gateway") => EndpointKind::Gateway,
        Some("Interface") => EndpointKind::Interface,
        _ => return,
    };
    let (Some(id), Some(service), Some(vpc)) = (
        endpoint.needed("VpcEndpointId", loaded),
        endpoint.needed("ServiceName", loaded),
        endpoint.needed("VpcId", loaded),
    ) else {
        return;
    };
    if service.value.contains(".vpce.") {
        return;
    }
    let name = format!("policy of {}", id.value);
    let policy = endpoint.policy("PolicyDocument", &name, PolicyType::Endpoint, loaded);
    loaded.facts.endpoints.push(EndpointFact { id, kind, service, vpc, policy });
}
