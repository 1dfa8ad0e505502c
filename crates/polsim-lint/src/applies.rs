//! Which types of policy a rule looks at.

use polsim_policy::PolicyType;

/// A set of policy types.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Types(u16);

impl Types {
    /// Every type.
    pub const ALL: Self = Self::of(&PolicyType::ALL);
    /// The types that hang on who asks: identity policies, boundaries, session policies.
    pub const IDENTITY: Self = Self::of(&[PolicyType::Identity, PolicyType::Boundary, PolicyType::Session]);
    /// The types that hang on a resource, trust policies left out.
    pub const RESOURCE: Self = Self::of(&[PolicyType::Resource, PolicyType::Kms, PolicyType::AccessPoint]);
    /// The trust policies of roles.
    pub const TRUST: Self = Self::of(&[PolicyType::Trust]);
    /// The policies of VPC endpoints.
    pub const ENDPOINT: Self = Self::of(&[PolicyType::Endpoint]);
    /// Service control policies.
    pub const SCP: Self = Self::of(&[PolicyType::Scp]);
    /// Resource control policies.
    pub const RCP: Self = Self::of(&[PolicyType::Rcp]);
    /// The types whose statements name a principal.
    pub const WITH_PRINCIPAL: Self = Self::RESOURCE.and(Self::TRUST).and(Self::ENDPOINT).and(Self::RCP);

    /// The set of these.
    #[must_use]
    pub const fn of(types: &[PolicyType]) -> Self {
        let mut bits = 0;
        let mut rest = types;
        while let [first, others @ ..] = rest {
            bits |= 1 << (*first as u16);
            rest = others;
        }
        Self(bits)
    }

    /// These and others.
    #[must_use]
    pub const fn and(self, others: Self) -> Self {
        Self(self.0 | others.0)
    }

    /// Whether a type is among them.
    #[must_use]
    pub const fn contains(self, policy_type: PolicyType) -> bool {
        self.0 & (1 << (policy_type as u16)) != 0
    }

    /// Those among them, in their order.
    pub fn iter(self) -> impl Iterator<Item = PolicyType> {
        PolicyType::ALL.into_iter().filter(move |policy_type| self.contains(*policy_type))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_set_has_what_it_was_made_of() {
        for policy_type in PolicyType::ALL {
            assert!(Types::ALL.contains(policy_type));
            assert_eq!(Types::WITH_PRINCIPAL.contains(policy_type), policy_type.has_principal());
        }
        assert_eq!(Types::SCP.and(Types::RCP).iter().collect::<Vec<_>>(), [PolicyType::Scp, PolicyType::Rcp]);
    }
}
