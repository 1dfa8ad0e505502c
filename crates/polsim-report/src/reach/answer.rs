//! The answer of `polsim reach`, before it is drawn.

use crate::from::words;
use crate::report::{Conclusion, Exit, Report};
use polsim_eval::Truth;
use polsim_network::{Path, Way};

/// Which way a request goes from each subnet, and what becomes of it.
#[derive(Clone, Debug)]
pub struct Reached {
    /// What makes the request: `model forecast`.
    pub workload: String,
    /// The role that it makes it with.
    pub role: Option<String>,
    /// The action.
    pub action: String,
    /// The resource.
    pub resource: String,
    /// The service that is called, as endpoints name it.
    pub service: String,
    /// Its Region, when it is known.
    pub region: Option<String>,
    /// The subnets, in the order of the workload.
    pub subnets: Vec<SubnetReach>,
    /// Whether there are addresses enough for the instances that are asked for.
    pub capacity: Option<Capacity>,
    /// What is expected of all of them.
    pub expect: Option<String>,
    /// What one should know besides.
    pub notes: Vec<String>,
}

/// What is found for one subnet.
#[derive(Clone, Debug)]
pub struct SubnetReach {
    /// Its name, or its id.
    pub name: String,
    /// Its id.
    pub id: String,
    /// Its Availability Zone.
    pub zone: Option<String>,
    /// The name of its route table, or its id.
    pub table: Option<String>,
    /// The way.
    pub path: Path,
    /// What the policies say to a request that arrives; `None` where none does, or no policies are given.
    pub decision: Option<Report>,
    /// Whether what is expected holds.
    pub meets: Option<Truth>,
}

/// Addresses for instances (S6.6.2).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Capacity {
    /// How many instances there are to be.
    pub instances: u64,
    /// How many addresses they need.
    pub needed: u64,
    /// How many are free in all subnets together; `None` where that is not known of one.
    pub free: Option<u64>,
    /// Why it is not known.
    pub gap: Option<String>,
}

/// How a subnet stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Stand {
    /// The request arrives, and is allowed, or no policies are given.
    Works,
    /// It arrives and is denied.
    Denied,
    /// It does not arrive.
    Lost,
    /// That is not known.
    Open,
}

impl Capacity {
    /// Whether they suffice.
    #[must_use]
    pub fn exit(&self) -> Exit {
        match self.free {
            Some(free) if free >= self.needed => Exit::Holds,
            Some(_) => Exit::Fails,
            None => Exit::Undecided,
        }
    }

    /// In a sentence.
    #[must_use]
    pub fn sentence(&self) -> String {
        let instances = words::count(usize::try_from(self.instances).unwrap_or(usize::MAX), "instance");
        let free = match (self.free, &self.gap) {
            (Some(free), _) => format!("{free} are free"),
            (None, Some(gap)) => format!("how many are free is not known: {gap}"),
            (None, None) => "how many are free is not known".to_owned(),
        };
        format!("{instances} may need {} addresses in the subnets: {free}", self.needed)
    }
}

impl SubnetReach {
    /// How it stands.
    #[must_use]
    pub fn stand(&self) -> Stand {
        match self.path.arrives {
            Truth::No => return Stand::Lost,
            Truth::Open if self.is_denied() => return Stand::Denied,
            Truth::Open => return Stand::Open,
            Truth::Yes => {}
        }
        match self.decision.as_ref().map(|decision| decision.conclusion) {
            None | Some(Conclusion::Allowed) => Stand::Works,
            Some(Conclusion::ExplicitlyDenied | Conclusion::ImplicitlyDenied) => Stand::Denied,
            Some(_) => Stand::Open,
        }
    }

    fn is_denied(&self) -> bool {
        let denied = [Conclusion::ExplicitlyDenied, Conclusion::ImplicitlyDenied];
        self.decision.as_ref().is_some_and(|decision| denied.contains(&decision.conclusion))
    }

    /// The way in a few words.
    #[must_use]
    pub fn way(&self) -> String {
        match &self.path.way {
            Way::Gateway(id) => format!("gateway endpoint {id}"),
            Way::Interface(id) => format!("interface endpoint {id}"),
            Way::Nat(id, _) => format!("NAT gateway {id}"),
            Way::Internet(id) => format!("internet gateway {id}"),
            Way::Elsewhere(id) => format!("another network, by {id}"),
            Way::Nowhere => "no way".to_owned(),
            Way::Unknown => "a way that is not known".to_owned(),
        }
    }

    /// What denies the request, behind a comma; nothing where nothing does.
    #[must_use]
    pub fn because(&self) -> String {
        let decision = self.decision.as_ref().filter(|_| self.stand() == Stand::Denied);
        let reason = decision.and_then(|decision| decision.headline.rsplit_once(", "));
        reason.map_or(String::new(), |(_, reason)| format!(", {reason}"))
    }

    /// What becomes of the request, in a few words.
    #[must_use]
    pub fn outcome(&self) -> String {
        match (self.stand(), &self.decision) {
            (Stand::Works, Some(_)) => "allowed".to_owned(),
            (Stand::Works, None) => "arrives".to_owned(),
            (Stand::Denied, _) => "denied".to_owned(),
            (Stand::Lost, _) => "never arrives".to_owned(),
            (Stand::Open, _) if self.path.arrives == Truth::Open => "not known whether it arrives".to_owned(),
            (Stand::Open, _) => "undecided".to_owned(),
        }
    }
}

impl Reached {
    /// What the process ends with: what is expected holds, or every request arrives and is allowed.
    #[must_use]
    pub fn exit(&self) -> Exit {
        let ends = self.subnets.iter().map(|subnet| match (subnet.meets, subnet.stand()) {
            (Some(Truth::Yes), _) | (None, Stand::Works) => Exit::Holds,
            (Some(Truth::No), _) | (None, Stand::Denied | Stand::Lost) => Exit::Fails,
            (Some(Truth::Open), _) | (None, Stand::Open) => Exit::Undecided,
        });
        let capacity = self.capacity.as_ref().map_or(Exit::Holds, Capacity::exit);
        ends.fold(capacity, Exit::and)
    }

    /// The answer in one word.
    #[must_use]
    pub fn conclusion(&self) -> Conclusion {
        match (self.exit(), &self.expect) {
            (Exit::Holds, None) => Conclusion::Reached,
            (Exit::Holds, Some(_)) => Conclusion::AsExpected,
            (Exit::Fails, None) => Conclusion::NotReached,
            (Exit::Fails, Some(_)) => Conclusion::NotAsExpected,
            (Exit::Undecided | Exit::BadInput, _) => Conclusion::Undecided,
        }
    }

    /// The answer in one sentence.
    #[must_use]
    pub fn headline(&self) -> String {
        let what = format!("{} on {} from {}", self.action, self.resource, self.workload);
        let all = self.subnets.len();
        match &self.expect {
            Some(expect) => {
                let met = self.subnets.iter().filter(|subnet| subnet.meets == Some(Truth::Yes)).count();
                format!("{what}: `{expect}` holds in {met} of {all} subnets")
            }
            None => {
                let works = self.subnets.iter().filter(|subnet| subnet.stand() == Stand::Works).count();
                format!("{what}: {works} of {all} subnets")
            }
        }
    }
}
