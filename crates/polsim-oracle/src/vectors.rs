//! The conformance vectors (S7): from the text of the file to cases.

use crate::{
    Case, Context, EndpointKind, Policies, Principal, PrincipalKind, Request, ResourceKind, Settings, Value,
};
use polsim_policy::{Policy, PolicyType, Problem, ProblemKind, Severity};
use polsim_text::{Limits, Source};
use serde::Deserialize;
use serde_json::value::RawValue;
use std::collections::BTreeMap;

/// One line of the file.
#[derive(Clone, Debug)]
pub struct Vector {
    /// `V001`.
    pub id: String,
    /// The clauses that it tests.
    pub clauses: Vec<String>,
    /// What it is about.
    pub title: String,
    /// The case, or why it is not a request vector.
    pub subject: Result<Case, NoRequest>,
    /// The expected outcome, in the word of the file: a verdict, or `Invalid` for an input error (S7.5).
    pub expect: String,
    /// The expected primary cause, as [`Decision::primary`](crate::Decision::primary) spells it.
    pub expect_primary: Option<String>,
    /// The ambiguity of S8 that the expectation rests on.
    pub ambiguity: Option<String>,
}

/// Why a line holds no case.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NoRequest {
    /// It judges a document.
    #[error("the vector judges a document")]
    Validate,
    /// It judges the routes of a subnet.
    #[error("the vector judges routes")]
    Network,
    /// A policy of it is not lawful for its type, so that the request has no verdict (S0.2).
    #[error("the {policy_type} policy is not lawful: {problem}")]
    UnlawfulPolicy {
        /// The type it was read as.
        policy_type: PolicyType,
        /// What the parser says.
        problem: String,
    },
}

/// A line that is no vector.
#[derive(Debug, thiserror::Error)]
#[error("line {line} is not a vector: {source}")]
pub struct VectorError {
    /// The line, from one.
    pub line: usize,
    /// What `serde_json` says.
    pub source: serde_json::Error,
}

/// Reads the text of `vectors.jsonl`.
///
/// # Errors
/// A line does not have the form of S7.1–S7.3.
pub fn read(text: &str) -> Result<Vec<Vector>, VectorError> {
    let lines = text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
    lines
        .map(|(at, line)| match serde_json::from_str::<Line>(line) {
            Ok(line) => Ok(line.vector()),
            Err(source) => Err(VectorError { line: at + 1, source }),
        })
        .collect()
}

#[derive(Deserialize)]
struct Line {
    id: String,
    #[serde(default)]
    clause: Vec<String>,
    #[serde(default)]
    title: String,
    expect: String,
    expect_primary: Option<String>,
    ambiguity: Option<String>,
    policies: Option<PoliciesText>,
    request: Option<RequestText>,
    #[serde(default)]
    settings: SettingsText,
    validate: Option<serde::de::IgnoredAny>,
}

impl Line {
    fn vector(self) -> Vector {
        let subject = match (self.request, self.validate) {
            (Some(request), _) => {
                let reader = Reader { legacy: self.settings.legacy_notprincipal_allow };
                reader.policies(self.policies.unwrap_or_default()).map(|policies| Case {
                    policies,
                    request: request.read(),
                    settings: self.settings.read(),
                })
            }
            (None, Some(_)) => Err(NoRequest::Validate),
            (None, None) => Err(NoRequest::Network),
        };
        Vector {
            id: self.id,
            clauses: self.clause,
            title: self.title,
            subject,
            expect: self.expect,
            expect_primary: self.expect_primary,
            ambiguity: self.ambiguity,
        }
    }
}

/// S7.2. The documents are kept as text, so that the parser sees what is written.
#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct PoliciesText {
    identity: Vec<Box<RawValue>>,
    boundary: Vec<Box<RawValue>>,
    session: Option<Vec<Box<RawValue>>>,
    scp: Option<Vec<Vec<Box<RawValue>>>>,
    rcp: Option<Vec<Vec<Box<RawValue>>>>,
    resource: Option<Box<RawValue>>,
    resource_kind: Option<KindText>,
    accesspoint: Option<Box<RawValue>>,
    endpoint: Option<Box<RawValue>>,
}

#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "lowercase")]
enum KindText {
    Resource,
    Trust,
    Kms,
}

/// Reads the documents of a vector.
struct Reader {
    /// A9: whether `NotPrincipal` with `Allow` is let through.
    legacy: bool,
}

impl Reader {
    fn policies(&self, text: PoliciesText) -> Result<Policies, NoRequest> {
        let (resource_kind, resource_type) = match text.resource_kind {
            None | Some(KindText::Resource) => (ResourceKind::Resource, PolicyType::Resource),
            Some(KindText::Trust) => (ResourceKind::Trust, PolicyType::Trust),
            Some(KindText::Kms) => (ResourceKind::Kms, PolicyType::Kms),
        };
        let optional = |document: Option<Box<RawValue>>, policy_type| {
            document.map(|document| self.policy(&document, policy_type)).transpose()
        };
        let boundary = self.list(&text.boundary, PolicyType::Boundary)?;
        Ok(Policies {
            identity: self.list(&text.identity, PolicyType::Identity)?,
            // S4.1.2: zero or one boundary.
            boundary: (!boundary.is_empty()).then_some(boundary),
            session: text.session.map(|documents| self.list(&documents, PolicyType::Session)).transpose()?,
            scp: self.levels(text.scp, PolicyType::Scp)?,
            rcp: self.levels(text.rcp, PolicyType::Rcp)?,
            resource: optional(text.resource, resource_type)?,
            resource_kind,
            accesspoint: optional(text.accesspoint, PolicyType::AccessPoint)?,
            endpoint: optional(text.endpoint, PolicyType::Endpoint)?,
        })
    }

    fn levels(
        &self,
        levels: Option<Vec<Vec<Box<RawValue>>>>,
        policy_type: PolicyType,
    ) -> Result<Option<Vec<Vec<Policy>>>, NoRequest> {
        levels
            .map(|levels| levels.iter().map(|documents| self.list(documents, policy_type)).collect())
            .transpose()
    }

    fn list(&self, documents: &[Box<RawValue>], policy_type: PolicyType) -> Result<Vec<Policy>, NoRequest> {
        documents.iter().map(|document| self.policy(document, policy_type)).collect()
    }

    fn policy(&self, document: &RawValue, policy_type: PolicyType) -> Result<Policy, NoRequest> {
        let source = Source::new(policy_type.as_str(), document.get());
        let parsed = polsim_policy::parse(&source, policy_type, &Limits::default());
        let reasons: Vec<&Problem> =
            parsed.problems.iter().filter(|problem| problem.severity() == Severity::Invalid).collect();
        let forgiven =
            self.legacy && reasons.iter().all(|problem| problem.kind == ProblemKind::NotPrincipalWithAllow);
        let only = match parsed.documents.as_slice() {
            [only] if reasons.is_empty() || forgiven => Some(only.policy.clone()),
            _ => None,
        };
        only.ok_or_else(|| NoRequest::UnlawfulPolicy { policy_type, problem: format!("{reasons:?}") })
    }
}

/// S7.3.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RequestText {
    principal: PrincipalText,
    action: String,
    resource: String,
    resource_account: String,
    #[serde(default)]
    context: BTreeMap<String, ValueText>,
    via_endpoint: Option<EndpointText>,
    #[serde(default)]
    resource_mgmt: bool,
    underlying_resource: Option<String>,
    accesspoint_vpc: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PrincipalText {
    kind: PrincipalKindText,
    arn: Option<String>,
    account: Option<String>,
    role_arn: Option<String>,
    user_arn: Option<String>,
    unique_id: Option<String>,
    canonical_id: Option<String>,
    #[serde(default)]
    mgmt: bool,
    #[serde(default)]
    slr: bool,
}

#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum PrincipalKindText {
    User,
    RoleSession,
    FederatedUser,
    Root,
    Service,
    Saml,
    Oidc,
    Anonymous,
}

#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "lowercase")]
enum EndpointText {
    Gateway,
    Interface,
}

/// S5.1.1.
#[derive(Deserialize)]
#[serde(untagged)]
enum ValueText {
    One(String),
    Many(Vec<String>),
}

impl RequestText {
    fn read(self) -> Request {
        let context: Context = self
            .context
            .into_iter()
            .map(|(key, value)| {
                let value = match value {
                    ValueText::One(value) => Value::One(value),
                    ValueText::Many(values) => Value::Many(values),
                };
                (key, value)
            })
            .collect();
        Request {
            principal: self.principal.read(),
            action: self.action,
            resource: self.resource,
            resource_account: self.resource_account,
            context,
            via_endpoint: self.via_endpoint.map(|endpoint| match endpoint {
                EndpointText::Gateway => EndpointKind::Gateway,
                EndpointText::Interface => EndpointKind::Interface,
            }),
            resource_mgmt: self.resource_mgmt,
            underlying_resource: self.underlying_resource,
            accesspoint_vpc: self.accesspoint_vpc,
        }
    }
}

impl PrincipalText {
    fn read(self) -> Principal {
        Principal {
            kind: match self.kind {
                PrincipalKindText::User => PrincipalKind::User,
                PrincipalKindText::RoleSession => PrincipalKind::RoleSession,
                PrincipalKindText::FederatedUser => PrincipalKind::FederatedUser,
                PrincipalKindText::Root => PrincipalKind::Root,
                PrincipalKindText::Service => PrincipalKind::Service,
                PrincipalKindText::Saml => PrincipalKind::Saml,
                PrincipalKindText::Oidc => PrincipalKind::Oidc,
                PrincipalKindText::Anonymous => PrincipalKind::Anonymous,
            },
            arn: self.arn,
            account: self.account,
            role_arn: self.role_arn,
            user_arn: self.user_arn,
            unique_id: self.unique_id,
            canonical_id: self.canonical_id,
            mgmt: self.mgmt,
            slr: self.slr,
        }
    }
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct SettingsText {
    bpa_restrict_public_buckets: bool,
    root_bucket_policy_escape: bool,
    legacy_notprincipal_allow: bool,
}

impl SettingsText {
    fn read(self) -> Settings {
        Settings {
            bpa_restrict_public_buckets: self.bpa_restrict_public_buckets,
            root_bucket_policy_escape: self.root_bucket_policy_escape,
            legacy_notprincipal_allow: self.legacy_notprincipal_allow,
            ..Settings::default()
        }
    }
}
