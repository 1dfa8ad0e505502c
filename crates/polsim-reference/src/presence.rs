//! When a request has a global key (S5.3): the table of the written semantics, a row a key.
//!
//! The package says which global keys there are and of what type; who sends them stands in AWS's prose, so it is
//! written down here. Keys that the semantics does not tell about are [`Presence::Untold`].

use crate::folded;

/// When a request has a key (S5.3).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Presence {
    /// Always.
    Always,
    /// In signed requests: when the caller is not anonymous.
    Signed,
    /// When the caller is a service principal.
    ServicePrincipal,
    /// When the account of the caller is in an organization.
    PrincipalInOrganization,
    /// When the caller has the tag.
    PrincipalTag,
    /// When the caller is an IAM user.
    User,
    /// In sessions from web identity or SAML.
    Federation,
    /// With temporary credentials.
    TemporaryCredentials,
    /// When the caller signed in with MFA.
    Mfa,
    /// In sessions that have a source identity.
    SourceIdentity,
    /// In assumed-root sessions.
    AssumedRoot,
    /// With credentials of the role of an EC2 instance.
    Ec2Credentials,
    /// With credentials that the service of the key delivered.
    DeliveredCredentials,
    /// Outside of VPC endpoints.
    OutsideEndpoint,
    /// Through a VPC endpoint.
    ThroughEndpoint,
    /// Through a VPC endpoint, for services that support the key.
    ThroughSupportedEndpoint,
    /// The same, when the owner of the endpoint is in an organization.
    EndpointInOrganization,
    /// When a service calls with the credentials of the principal.
    OnBehalf,
    /// When a service calls for itself, for a resource.
    ServiceToService,
    /// The same, when the account of that resource is in an organization.
    SourceInOrganization,
    /// For most actions.
    MostActions,
    /// When the account of the resource is in an organization.
    ResourceInOrganization,
    /// When the resource has the tag, and the service supports the key.
    ResourceTag,
    /// When the request passes the tag.
    RequestTag,
    /// For actions that take tags.
    TaggingAction,
    /// From browsers.
    Browser,
    /// The semantics does not say.
    Untold,
}

/// What the presence of a key hangs on (S5.1.3).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum PresenceClass {
    /// Nothing: it is always there.
    Always,
    /// Who calls.
    Principal,
    /// Which way the request goes.
    Network,
    /// Whether a service stands in between.
    ServiceCall,
    /// The resource.
    Resource,
    /// What the request asks for.
    Request,
}

/// The rows of S5.3. A name ends in `/` when it begins a family.
const TABLE: [(&str, Presence); 50] = [
    ("aws:CurrentTime", Presence::Always),
    ("aws:EpochTime", Presence::Always),
    ("aws:SecureTransport", Presence::Always),
    ("aws:RequestedRegion", Presence::Always),
    ("aws:UserAgent", Presence::Always),
    ("aws:ViaAWSService", Presence::Always),
    ("aws:PrincipalAccount", Presence::Always),
    ("aws:PrincipalType", Presence::Always),
    ("aws:userid", Presence::Always),
    ("aws:PrincipalArn", Presence::Signed),
    ("aws:PrincipalIsAWSService", Presence::Signed),
    ("aws:PrincipalServiceName", Presence::ServicePrincipal),
    ("aws:PrincipalServiceNamesList", Presence::ServicePrincipal),
    ("aws:PrincipalOrgID", Presence::PrincipalInOrganization),
    ("aws:PrincipalOrgPaths", Presence::PrincipalInOrganization),
    ("aws:PrincipalTag/", Presence::PrincipalTag),
    ("aws:username", Presence::User),
    ("aws:FederatedProvider", Presence::Federation),
    ("aws:TokenIssueTime", Presence::TemporaryCredentials),
    ("aws:MultiFactorAuthPresent", Presence::TemporaryCredentials),
    ("aws:MultiFactorAuthAge", Presence::Mfa),
    ("aws:SourceIdentity", Presence::SourceIdentity),
    ("aws:AssumedRoot", Presence::AssumedRoot),
    ("aws:Ec2InstanceSourceVpc", Presence::Ec2Credentials),
    ("aws:Ec2InstanceSourcePrivateIPv4", Presence::Ec2Credentials),
    ("ec2:SourceInstanceArn", Presence::DeliveredCredentials),
    ("lambda:SourceFunctionArn", Presence::DeliveredCredentials),
    ("ssm:SourceInstanceArn", Presence::DeliveredCredentials),
    ("aws:SourceIp", Presence::OutsideEndpoint),
    ("aws:VpcSourceIp", Presence::ThroughEndpoint),
    ("aws:SourceVpc", Presence::ThroughEndpoint),
    ("aws:SourceVpce", Presence::ThroughEndpoint),
    ("aws:SourceVpcArn", Presence::ThroughSupportedEndpoint),
    ("aws:VpceAccount", Presence::ThroughSupportedEndpoint),
    ("aws:VpceOrgID", Presence::EndpointInOrganization),
    ("aws:VpceOrgPaths", Presence::EndpointInOrganization),
    ("aws:CalledVia", Presence::OnBehalf),
    ("aws:CalledViaFirst", Presence::OnBehalf),
    ("aws:CalledViaLast", Presence::OnBehalf),
    ("aws:SourceArn", Presence::ServiceToService),
    ("aws:SourceAccount", Presence::ServiceToService),
    ("aws:SourceOrgID", Presence::SourceInOrganization),
    ("aws:SourceOrgPaths", Presence::SourceInOrganization),
    ("aws:ResourceAccount", Presence::MostActions),
    ("aws:ResourceOrgID", Presence::ResourceInOrganization),
    ("aws:ResourceOrgPaths", Presence::ResourceInOrganization),
    ("aws:ResourceTag/", Presence::ResourceTag),
    ("aws:RequestTag/", Presence::RequestTag),
    ("aws:TagKeys", Presence::TaggingAction),
    ("aws:referer", Presence::Browser),
];

impl Presence {
    /// When a request has the global key of this name, or a key of this family.
    #[must_use]
    pub fn of(key: &str) -> Self {
        let is_it = |row: &str| match row.strip_suffix('/') {
            Some(family) => key.split_once('/').is_some_and(|(head, _)| head.eq_ignore_ascii_case(family)),
            None => folded::compare(row, key).is_eq(),
        };
        TABLE.iter().find(|(row, _)| is_it(row)).map_or(Self::Untold, |(_, presence)| *presence)
    }

    /// What it hangs on (S5.1.3).
    #[must_use]
    pub fn class(self) -> Option<PresenceClass> {
        Some(match self {
            Self::Always => PresenceClass::Always,
            Self::Signed
            | Self::ServicePrincipal
            | Self::PrincipalInOrganization
            | Self::PrincipalTag
            | Self::User
            | Self::Federation
            | Self::TemporaryCredentials
            | Self::Mfa
            | Self::SourceIdentity
            | Self::AssumedRoot
            | Self::Ec2Credentials
            | Self::DeliveredCredentials => PresenceClass::Principal,
            Self::OutsideEndpoint
            | Self::ThroughEndpoint
            | Self::ThroughSupportedEndpoint
            | Self::EndpointInOrganization => PresenceClass::Network,
            Self::OnBehalf | Self::ServiceToService | Self::SourceInOrganization => {
                PresenceClass::ServiceCall
            }
            Self::MostActions | Self::ResourceInOrganization | Self::ResourceTag => PresenceClass::Resource,
            Self::RequestTag | Self::TaggingAction | Self::Browser => PresenceClass::Request,
            Self::Untold => return None,
        })
    }

    /// In words that follow “a request has it …”.
    #[must_use]
    pub fn words(self) -> Option<&'static str> {
        Some(match self {
            Self::Always => "always",
            Self::Signed => "when it is signed",
            Self::ServicePrincipal => "when the caller is a service principal",
            Self::PrincipalInOrganization => "when the caller's account is in an organization",
            Self::PrincipalTag => "when the caller has the tag",
            Self::User => "when the caller is an IAM user",
            Self::Federation => "in sessions from web identity or SAML",
            Self::TemporaryCredentials => "with temporary credentials",
            Self::Mfa => "when the caller signed in with MFA",
            Self::SourceIdentity => "in sessions that have a source identity",
            Self::AssumedRoot => "in assumed-root sessions",
            Self::Ec2Credentials => "with the credentials of an EC2 instance's role",
            Self::DeliveredCredentials => "with credentials that the key's service delivered",
            Self::OutsideEndpoint => "when it does not come through a VPC endpoint",
            Self::ThroughEndpoint => "when it comes through a VPC endpoint",
            Self::ThroughSupportedEndpoint => {
                "when it comes through a VPC endpoint, to a service that supports the key"
            }
            Self::EndpointInOrganization => {
                "when it comes through a VPC endpoint whose owner is in an organization, to a service that supports the key"
            }
            Self::OnBehalf => "when a service calls with the caller's credentials",
            Self::ServiceToService => "when a service calls another for a resource",
            Self::SourceInOrganization => {
                "when a service calls another for a resource whose account is in an organization"
            }
            Self::MostActions => "for most actions",
            Self::ResourceInOrganization => "when the resource's account is in an organization",
            Self::ResourceTag => "when the resource has the tag and its service supports the key",
            Self::RequestTag => "when it passes the tag",
            Self::TaggingAction => "when its action takes tags",
            Self::Browser => "when a browser sends it",
            Self::Untold => return None,
        })
    }
}
