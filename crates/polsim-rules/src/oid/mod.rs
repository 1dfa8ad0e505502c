//! OID: roles that identity providers of the OpenID Connect kind may be used for.

mod aud_missing;
mod github_immutable_sub;
mod provider;
mod shared_idp_no_tenant_claim;
mod tenant_claim_fail_open;
mod tenant_claim_open;
mod untrusted_context;

use polsim_lint::Rule;

pub(crate) const RULES: &[&Rule] = &[
    &shared_idp_no_tenant_claim::RULE,
    &tenant_claim_open::RULE,
    &tenant_claim_fail_open::RULE,
    &aud_missing::RULE,
    &untrusted_context::RULE,
    &github_immutable_sub::RULE,
];
