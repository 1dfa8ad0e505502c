//! Identity providers that many organizations share, and the claims that tell their tenants apart.
//!
//! A newcomer would doubt that the issuer does not suffice: every customer of such a provider gets tokens of the same
//! issuer, so a role that asks for no more lets all of them in.

use crate::scene::Scene;
use polsim_eval::{Principal, PrincipalKind};
use polsim_lint::Judge;
use polsim_policy::{Effect, KeyBlock, Operator, OperatorName, PrincipalType, SetQuantifier, Statement};
use polsim_prove::PrincipalRegion;
use polsim_text::Span;

/// A provider that several organizations share.
#[derive(Clone, Copy, Debug)]
pub(super) struct Shared {
    /// Its URL without `https://`, in lower case.
    pub(super) url: &'static str,
    /// The claims each of which tells the tenant.
    pub(super) claims: &'static [&'static str],
    /// How the first claim is built: what stands before the name of the tenant, and what ends it.
    pub(super) form: Option<Form>,
}

/// How a claim is built.
#[derive(Clone, Copy, Debug)]
pub(super) struct Form {
    /// What stands before the name of the tenant.
    pub(super) before: &'static str,
    /// What ends the name.
    pub(super) end: char,
    /// A value of the claim for the tenant `{}`.
    pub(super) example: &'static str,
}

/// GitHub Actions.
pub(super) const GITHUB_URL: &str = "token.actions.githubusercontent.com";

const SUB: &[&str] = &["sub"];
const AUD: &[&str] = &["aud"];

/// Providers that IAM takes for shared, with the claims that it demands of trust policies (page
/// `id_roles_providers_oidc_secure-by-default` of the IAM guide), and others whose guides say the same; as of 2026-11.
const SHARED: [Shared; 18] = [
    Shared {
        url: GITHUB_URL,
        claims: &[
            "sub",
            "job_workflow_ref",
            "repository",
            "repository_id",
            "repository_owner",
            "repository_owner_id",
        ],
        form: GITHUB,
    },
    Shared { url: "vstoken.actions.githubusercontent.com", claims: SUB, form: GITHUB },
    Shared { url: "oidc-configuration.audit-log.githubusercontent.com", claims: SUB, form: None },
    Shared {
        url: "gitlab.com",
        claims: SUB,
        form: Some(Form {
            before: "project_path:",
            end: '/',
            example: "project_path:{}/example:ref_type:branch:ref:main",
        }),
    },
    Shared {
        url: "app.terraform.io",
        claims: SUB,
        form: Some(Form {
            before: "organization:",
            end: ':',
            example: "organization:{}:project:example:workspace:example:run_phase:apply",
        }),
    },
    Shared {
        url: "agent.buildkite.com",
        claims: SUB,
        form: Some(Form {
            before: "organization:",
            end: ':',
            example: "organization:{}:pipeline:example:ref:refs/heads/main:commit:0:step:example",
        }),
    },
    Shared { url: "oidc.codefresh.io", claims: SUB, form: None },
    Shared { url: "studio.datachain.ai/api", claims: SUB, form: None },
    Shared { url: "scalr.io", claims: SUB, form: None },
    Shared { url: "tokens.cloud.shisho.dev", claims: SUB, form: None },
    Shared { url: "proidc.upbound.io", claims: SUB, form: None },
    Shared { url: "api.pulumi.com/oidc", claims: AUD, form: None },
    Shared { url: "sandboxes.cloud", claims: AUD, form: None },
    Shared { url: "oidc.vercel.com", claims: AUD, form: None },
    Shared { url: "cognito-identity.amazonaws.com", claims: AUD, form: None },
    Shared {
        url: "accounts.google.com",
        claims: &["aud", "sub", "oaud", "google/organization_number"],
        form: None,
    },
    Shared { url: "www.amazon.com", claims: &["app_id", "user_id"], form: None },
    Shared { url: "graph.facebook.com", claims: &["app_id", "id"], form: None },
];

const GITHUB: Option<Form> =
    Some(Form { before: "repo:", end: '/', example: "repo:{}/example:ref:refs/heads/main" });

/// A provider that an Allow of a trust policy names.
#[derive(Clone, Copy, Debug)]
pub(super) struct Trusted<'s> {
    /// As it is written.
    pub(super) principal: &'s str,
    /// Its URL without `https://`.
    pub(super) url: &'s str,
    /// Where it is named.
    pub(super) span: Span,
}

impl<'s> Trusted<'s> {
    /// The OIDC providers that an Allow lets in.
    pub(super) fn all(statement: &'s Statement) -> Vec<Self> {
        let Some(principal) = &statement.principal else { return Vec::new() };
        let polsim_policy::Principal::Entries(entries) = principal.listed() else { return Vec::new() };
        if principal.is_negated() || statement.effect.value != Effect::Allow {
            return Vec::new();
        }
        let federated = entries.iter().filter(|entry| entry.principal_type == PrincipalType::Federated);
        let read = federated.filter_map(|entry| {
            let principal = entry.value.value.as_str();
            let url = match principal.split_once(":oidc-provider/") {
                Some((_, url)) => url,
                None if principal.contains(":saml-provider/") => return None,
                None => principal,
            };
            Some(Self { principal, url, span: entry.value.span })
        });
        read.collect()
    }

    /// What is known of it when several organizations share it.
    pub(super) fn shared(&self) -> Option<&'static Shared> {
        let url = self.url.to_ascii_lowercase();
        SHARED.iter().find(|shared| shared.url == url)
    }

    /// The condition keys of the claims that tell its tenants apart, in lower case.
    pub(super) fn tenant_keys(&self) -> Vec<String> {
        let claims = self.shared().map_or(&[][..], |shared| shared.claims);
        claims.iter().map(|claim| self.key(claim)).collect()
    }

    /// The condition key of a claim, in lower case.
    pub(super) fn key(&self, claim: &str) -> String {
        format!("{}:{claim}", self.url).to_ascii_lowercase()
    }
}

/// Every test of a statement on one of these keys, in lower case.
pub(super) fn tests<'s>(statement: &'s Statement, keys: &[String]) -> Vec<(Operator, &'s KeyBlock)> {
    let blocks = statement.condition.blocks.iter();
    let all = blocks.flat_map(|block| block.keys.iter().map(|key| (block.operator.value, key)));
    all.filter(|(_, key)| keys.contains(&key.key.value.folded())).collect()
}

/// Whether a test also holds of a token without the claim, or of any token but some.
pub(super) fn fails_open(operator: Operator) -> bool {
    operator.if_exists
        || operator.quantifier == Some(SetQuantifier::ForAllValues)
        || operator.name.is_negated()
        || operator.name == OperatorName::Null
}

/// A question about tokens of a provider.
pub(super) fn tokens<'j>(judge: &'j Judge, trusted: &Trusted<'_>) -> Scene<'j> {
    let principal = Principal::new(PrincipalKind::Oidc, Some(trusted.principal));
    Scene::new(judge, &["sts:AssumeRoleWithWebIdentity"]).by(PrincipalRegion::One(Box::new(principal)))
}
