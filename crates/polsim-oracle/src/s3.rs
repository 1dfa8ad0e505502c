//! What S3 adds (S4.12.3, S4.17).

use crate::attribution::Causes;
use crate::bpa::is_public;
use crate::chain::Chain;
use crate::context::lookup;
use crate::{PrincipalKind, Value, action};

impl Chain<'_> {
    /// S4.12.3, behind its switch.
    pub(crate) fn is_root_at_its_bucket_policy(&self) -> bool {
        let request = &self.case.request;
        let action = request.action.to_ascii_lowercase();
        self.case.settings.root_bucket_policy_escape
            && self.kind() == PrincipalKind::Root
            && request.principal.account.as_deref() == Some(request.resource_account.as_str())
            && ["s3:getbucketpolicy", "s3:putbucketpolicy", "s3:deletebucketpolicy"]
                .contains(&action.as_str())
    }

    /// S4.17.6: an access point of network origin VPC takes requests of its VPC only. When its VPC is not known, a request
    /// without `aws:SourceVpc` is from another one for certain.
    pub(crate) fn is_outside_the_accesspoints_vpc(&self) -> bool {
        let request = &self.case.request;
        let value = |key| lookup(self.context, key).map(Value::all);
        let of_a_vpc = value("s3:AccessPointNetworkOrigin") == Some(vec!["VPC".to_string()]);
        let source = value("aws:SourceVpc");
        let other_vpc = match (&source, &request.accesspoint_vpc) {
            (None, _) => true,
            (Some(_), None) => false,
            (Some(source), Some(own)) => source.as_slice() != [own.clone()],
        };
        request.underlying_resource.is_some() && of_a_vpc && other_vpc
    }

    /// S4.17.1, S4.17.7; after all policies have allowed.
    pub(crate) fn block_public_access(&self, causes: &mut Causes) {
        let request = &self.case.request;
        let policies = &self.case.policies;
        let restricted = match action::service(&request.action).as_str() {
            "s3" => self.case.settings.bpa_restrict_public_buckets,
            "s3express" => true,
            _ => false,
        };
        let of_owner = request.principal.account.as_deref() == Some(request.resource_account.as_str());
        // S4.15.7: who comes with an assertion is not signed in, in whosever account the provider is.
        let signed =
            !matches!(self.kind(), PrincipalKind::Anonymous | PrincipalKind::Saml | PrincipalKind::Oidc);
        let passes = self.kind() == PrincipalKind::Service || (signed && of_owner);
        let public = policies.resource.iter().chain(&policies.accesspoint).any(is_public);
        if causes.deny.is_empty() && causes.missing.is_empty() && restricted && public && !passes {
            causes.deny.push("s3-bpa".into());
        }
    }
}
