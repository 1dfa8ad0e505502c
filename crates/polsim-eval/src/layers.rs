//! The policies that bind a request, by type (S4.1.2).

use crate::PolicyId;
use polsim_policy::PolicyType;

/// The policies that bind a request.
#[derive(Clone, Debug, Default)]
pub struct Layers {
    /// Attached to the user and its groups, or to the role.
    pub identity: Vec<PolicyId>,
    /// The permissions boundary, if there is one.
    pub boundary: Option<Vec<PolicyId>>,
    /// Session policies; `None` when none were passed, which is not the same as an empty list (S4.8.7).
    pub session: Option<Vec<PolicyId>>,
    /// Service control policies by level, the root first; `None` outside of organizations.
    pub scps: Option<Vec<Vec<PolicyId>>>,
    /// Resource control policies by level, without the implied `RCPFullAWSAccess`.
    pub rcps: Option<Vec<Vec<PolicyId>>>,
    /// The policy of the resource.
    pub resource: Option<PolicyId>,
    /// Of what kind the resource is.
    pub resource_kind: ResourceKind,
    /// The policy of the access point.
    pub access_point: Option<PolicyId>,
    /// The policy of the endpoint that the request passes.
    pub endpoint: Option<PolicyId>,
    /// Whether RestrictPublicBuckets is in effect (S4.17.1).
    pub restrict_public_buckets: bool,
    /// Whether the root user may always mend the policy of its own bucket (S4.12.3).
    pub root_bucket_policy_escape: bool,
}

/// What a resource policy hangs on, where that changes the rules.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum ResourceKind {
    /// Anything without rules of its own.
    #[default]
    Ordinary,
    /// A role: the policy is its trust policy (S4.15).
    Trust,
    /// A KMS key (S4.16).
    Kms,
}

/// A place where policies hang, as a request meets them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Layer {
    /// A level of resource control policies, the root's is 0.
    Rcp(u8),
    /// A level of service control policies, the root's is 0.
    Scp(u8),
    /// The VPC endpoint.
    Endpoint,
    /// The resource.
    Resource,
    /// The S3 access point.
    AccessPoint,
    /// User and groups, or role.
    Identity,
    /// The permissions boundary.
    Boundary,
    /// The session.
    Session,
}

impl Layers {
    /// Hangs a policy where its type belongs and says where that is. An SCP or RCP is a new level below the others; a
    /// resource, access point or endpoint has one policy, which takes the place of an earlier one.
    pub fn hang(&mut self, policy_type: PolicyType, id: PolicyId) -> Layer {
        match policy_type {
            PolicyType::Identity => {
                self.identity.push(id);
                Layer::Identity
            }
            PolicyType::Boundary => {
                self.boundary.get_or_insert_default().push(id);
                Layer::Boundary
            }
            PolicyType::Session => {
                self.session.get_or_insert_default().push(id);
                Layer::Session
            }
            PolicyType::Resource | PolicyType::Trust | PolicyType::Kms => {
                self.resource = Some(id);
                self.resource_kind = match policy_type {
                    PolicyType::Trust => ResourceKind::Trust,
                    PolicyType::Kms => ResourceKind::Kms,
                    _ => ResourceKind::Ordinary,
                };
                Layer::Resource
            }
            PolicyType::AccessPoint => {
                self.access_point = Some(id);
                Layer::AccessPoint
            }
            PolicyType::Endpoint => {
                self.endpoint = Some(id);
                Layer::Endpoint
            }
            PolicyType::Scp => new_level(self.scps.get_or_insert_default(), id, Layer::Scp),
            PolicyType::Rcp => new_level(self.rcps.get_or_insert_default(), id, Layer::Rcp),
        }
    }

    /// All policies, each as often as it hangs somewhere.
    pub fn all(&self) -> impl Iterator<Item = PolicyId> + '_ {
        let lists = [&self.boundary, &self.session].into_iter().flatten().flatten();
        let levels = [&self.scps, &self.rcps].into_iter().flatten().flatten().flatten();
        let single = [self.resource, self.access_point, self.endpoint].into_iter().flatten();
        self.identity.iter().chain(lists).chain(levels).copied().chain(single)
    }

    /// The layers that have a policy or, where that alone says something, are there without one.
    #[must_use]
    pub fn present(&self) -> Vec<Layer> {
        let levels = |levels: &Option<Vec<Vec<PolicyId>>>| {
            levels.as_ref().map_or(0, |levels| u8::try_from(levels.len()).unwrap_or(u8::MAX))
        };
        let single = [
            (Layer::Endpoint, self.endpoint.is_some()),
            (Layer::Resource, self.resource.is_some()),
            (Layer::AccessPoint, self.access_point.is_some()),
            (Layer::Identity, !self.identity.is_empty()),
            (Layer::Boundary, self.boundary.is_some()),
            (Layer::Session, self.session.is_some()),
        ];
        let single = single.into_iter().filter_map(|(layer, is_present)| is_present.then_some(layer));
        (0..levels(&self.rcps))
            .map(Layer::Rcp)
            .chain((0..levels(&self.scps)).map(Layer::Scp))
            .chain(single)
            .collect()
    }

    /// The policies of a layer.
    #[must_use]
    pub fn policies(&self, layer: Layer) -> &[PolicyId] {
        match layer {
            Layer::Rcp(at) => level_of(self.rcps.as_deref(), at),
            Layer::Scp(at) => level_of(self.scps.as_deref(), at),
            Layer::Endpoint => self.endpoint.as_slice(),
            Layer::Resource => self.resource.as_slice(),
            Layer::AccessPoint => self.access_point.as_slice(),
            Layer::Identity => &self.identity,
            Layer::Boundary => self.boundary.as_deref().unwrap_or_default(),
            Layer::Session => self.session.as_deref().unwrap_or_default(),
        }
    }
}

fn new_level(levels: &mut Vec<Vec<PolicyId>>, id: PolicyId, layer: fn(u8) -> Layer) -> Layer {
    levels.push(vec![id]);
    layer(u8::try_from(levels.len() - 1).unwrap_or(u8::MAX))
}

fn level_of(levels: Option<&[Vec<PolicyId>]>, at: u8) -> &[PolicyId] {
    levels.and_then(|levels| levels.get(usize::from(at))).map_or(&[], Vec::as_slice)
}
