//! `polsim reach`: which way does a model's request go from each of its subnets, and what becomes of it?

use crate::against::Against;
use crate::environment::{self, EnvironmentOrigin, World};
use crate::network::{self, Deployed, NetworkOrigin};
use crate::read::Reader;
use crate::request_text::RequestText;
use crate::simulate::decide;
use polsim_eval::{Derived, KeyState, Layer, Layers, Model, NetworkPath, Truth};
use polsim_network::{Destination, Name, PER_INSTANCE, Path, Way, WorkloadKind, endpoint_service};
use polsim_policy::ConditionKey;
use polsim_prove::Scope;
use polsim_report::from::words;
use polsim_report::reach::{Capacity, Reached, Stand, SubnetReach};
use polsim_report::{Entry, Level, Library, Report};

/// What is asked.
#[derive(Clone, Debug)]
pub struct Reach {
    /// The environment that says which policies bind the request.
    pub environment: Option<EnvironmentOrigin>,
    /// The network, and what runs in it.
    pub network: NetworkOrigin,
    /// What is to be done.
    pub action: String,
    /// To what.
    pub resource: String,
    /// The Region of the resource; the VPC's when left out.
    pub region: Option<String>,
    /// The account that owns the resource.
    pub resource_account: Option<String>,
    /// The endpoint by whose own name the service is called.
    pub endpoint_name: Option<String>,
    /// The subnets that are asked about; all of the workload when empty.
    pub subnets: Vec<String>,
    /// How many instances there are to be.
    pub instances: Option<u64>,
    /// The keys that are stated.
    pub context: Vec<(ConditionKey, KeyState)>,
    /// Whether a key that is not stated is absent; else it may be anything.
    pub is_closed: bool,
    /// What is claimed.
    pub expect: Option<ReachExpectation>,
}

/// What is claimed of every subnet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ReachExpectation {
    /// Requests go this way: `gateway`, `interface`, `nat`, `internet` (by NAT or not), or never arrive: `unreachable`.
    Way(String),
    /// They arrive and are allowed.
    Allow,
    /// They do not arrive, or are denied.
    Deny,
    /// They go through this endpoint or gateway.
    Via(String),
}

impl ReachExpectation {
    /// Reads a word.
    ///
    /// # Errors
    /// What can be written instead.
    pub fn read(text: &str) -> Result<Self, String> {
        match text {
            "gateway" | "interface" | "nat" | "internet" | "unreachable" => Ok(Self::Way(text.to_owned())),
            "allow" => Ok(Self::Allow),
            "deny" => Ok(Self::Deny),
            _ => match text.strip_prefix("via:") {
                Some(id) if !id.is_empty() => Ok(Self::Via(id.to_owned())),
                _ => Err("write `gateway`, `interface`, `nat`, `internet`, `unreachable`, `allow`, `deny` or `via:ID`"
                    .to_owned()),
            },
        }
    }

    fn text(&self) -> String {
        match self {
            Self::Way(word) => word.clone(),
            Self::Allow => "allow".to_owned(),
            Self::Deny => "deny".to_owned(),
            Self::Via(id) => format!("via:{id}"),
        }
    }

    /// Whether it holds of a subnet.
    fn holds(&self, subnet: &SubnetReach) -> Truth {
        let path = &subnet.path;
        let is_known = |holds: bool| if path.way == Way::Unknown { Truth::Open } else { holds.into() };
        match self {
            Self::Way(word) if word == "unreachable" => path.arrives.negated(),
            Self::Way(word) if word == "internet" => {
                is_known(matches!(path.way, Way::Nat(..) | Way::Internet(_)))
            }
            Self::Way(word) => is_known(path.way.as_str() == word),
            Self::Via(id) => is_known(path.way.id() == Some(id)),
            Self::Allow | Self::Deny => {
                let works = match subnet.stand() {
                    Stand::Works => Truth::Yes,
                    Stand::Denied | Stand::Lost => Truth::No,
                    Stand::Open => Truth::Open,
                };
                if *self == Self::Allow { works } else { works.negated() }
            }
        }
    }
}

/// Finds the ways.
///
/// # Errors
/// The input cannot be used.
pub fn reach(question: &Reach, reader: &Reader) -> Result<Reached, Vec<Entry>> {
    let deployed = network::load(&question.network, reader)?;
    let mut world = match &question.environment {
        Some(origin) => Some(environment::load(origin, reader)?),
        None => None,
    };
    if let Some(world) = &mut world {
        deployed.adopt_into(world, reader)?;
    }
    let asked = Asked { question, deployed: &deployed, world: world.as_ref(), reader };
    asked.answer()
}

/// A question with all that was read for it.
struct Asked<'a> {
    question: &'a Reach,
    deployed: &'a Deployed,
    world: Option<&'a World>,
    reader: &'a Reader,
}

impl Asked<'_> {
    fn answer(&self) -> Result<Reached, Vec<Entry>> {
        let (question, workload) = (self.question, &self.deployed.workload);
        // What is no action or resource is refused before anything else is said.
        self.request(None).read(false)?;
        let service = endpoint_service(&question.action);
        let to = Destination {
            service: service.clone(),
            region: question.region.clone().or_else(|| region_of_arn(&question.resource)),
            name: question.endpoint_name.clone().map_or(Name::Standard, Name::OfEndpoint),
        };
        let mut subnets = Vec::new();
        for id in self.subnets()? {
            let groups: Vec<String> = workload.groups.iter().map(|(group, _)| group.clone()).collect();
            let path = self.deployed.network.path(&id, &groups, &to);
            let decision = self.decision(&path, &to)?;
            let mut subnet = self.described(id, path, decision);
            subnet.meets = question.expect.as_ref().map(|expect| expect.holds(&subnet));
            subnets.push(subnet);
        }
        let found = self.deployed.network.subnets.find(subnets.first().map_or("", |subnet| &subnet.id));
        let region = to.region.clone().or_else(|| found.ok().and_then(|subnet| subnet.region.clone()));
        Ok(Reached {
            workload: format!("{} {}", workload.kind.as_str(), workload.name),
            role: workload.role.as_ref().map(|(role, _)| role.clone()),
            action: question.action.clone(),
            resource: question.resource.clone(),
            notes: self.notes(&to),
            service,
            region,
            subnets,
            capacity: self.capacity(),
            expect: question.expect.as_ref().map(ReachExpectation::text),
        })
    }

    /// The subnets that are asked about.
    fn subnets(&self) -> Result<Vec<String>, Vec<Entry>> {
        let own = || self.deployed.workload.subnets.iter().map(|(subnet, _)| subnet.clone());
        if self.question.subnets.is_empty() {
            return Ok(own().collect());
        }
        let listed = self.deployed.network.subnets.items();
        let named = |text: &String| {
            let by_name = listed.iter().find(|subnet| subnet.name.as_ref() == Some(text));
            let id = by_name.map_or(text, |subnet| &subnet.id);
            own().find(|own| own == id).ok_or_else(|| {
                let sentence =
                    format!("`{text}` is no subnet of the {}", self.deployed.workload.kind.as_str());
                let help = format!("it has {}", words::list(&own().collect::<Vec<_>>(), "and"));
                vec![Entry::new(Level::Error, sentence).with_code("INP042").with_help(help)]
            })
        };
        self.question.subnets.iter().map(named).collect()
    }

    fn described(&self, id: String, path: Path, decision: Option<Report>) -> SubnetReach {
        let network = &self.deployed.network;
        let subnet = network.subnets.find(&id).ok();
        let table = path.table.as_ref().map(|id| {
            let table = network.tables.find(id).ok();
            table.and_then(|table| table.name.clone()).unwrap_or_else(|| id.clone())
        });
        SubnetReach {
            name: subnet.and_then(|subnet| subnet.name.clone()).unwrap_or_else(|| id.clone()),
            zone: subnet.and_then(|subnet| subnet.zone.clone()),
            id,
            table,
            path,
            decision,
            meets: None,
        }
    }

    /// The request on a way.
    fn request(&self, via: Option<String>) -> RequestText {
        let role = self.deployed.workload.role.as_ref().map(|(role, _)| role.clone());
        RequestText {
            principal: role.unwrap_or_else(|| "anonymous".to_owned()),
            action: self.question.action.clone(),
            resource: Some(self.question.resource.clone()),
            resource_account: self.question.resource_account.clone(),
            via,
            context: self.question.context.clone(),
        }
    }

    /// What the policies say to a request that arrives on a way.
    fn decision(&self, path: &Path, to: &Destination) -> Result<Option<Report>, Vec<Entry>> {
        let (Some(network_path), Truth::Yes | Truth::Open) = (path.way.network_path(), path.arrives) else {
            return Ok(None);
        };
        let mut request = self.request(Some(via(&path.way)));
        let states = |request: &RequestText, name: &str| {
            request.context.iter().any(|(key, _)| key.as_str().eq_ignore_ascii_case(name))
        };
        let endpoint = path.way.endpoint().and_then(|id| self.deployed.network.endpoints.find(id).ok());
        let region =
            to.region.clone().or_else(|| endpoint.and_then(|endpoint| endpoint.service.region.clone()));
        // Port 443 is what was asked of groups and lists.
        let secure = Some(KeyState::One("true".to_owned()));
        let follows = path
            .keys()
            .into_iter()
            .filter(|(_, state)| *state == KeyState::Open)
            .map(|(name, state)| (name, Some(state)))
            .chain([("aws:SecureTransport", secure), ("aws:RequestedRegion", region.map(KeyState::One))]);
        for (name, state) in follows {
            if let (Some(key), Some(state), false) = (ConditionKey::new(name), state, states(&request, name))
            {
                request.context.push((key, state));
            }
        }
        match self.world {
            Some(world) => {
                if self.deployed.workload.role.is_none() {
                    let sentence = "the model names no role, so that nobody knows whose policies count";
                    return Err(vec![Entry::new(Level::Error, sentence).with_code("INP043")]);
                }
                Ok(Some(in_world(&request, world, self.question.is_closed)?))
            }
            None => self.by_endpoint(&request, path, network_path),
        }
    }

    /// Without an environment, the policy of the endpoint is all that is known.
    fn by_endpoint(
        &self,
        text: &RequestText,
        path: &Path,
        network_path: NetworkPath,
    ) -> Result<Option<Report>, Vec<Entry>> {
        let endpoint = path.way.endpoint().and_then(|id| self.deployed.network.endpoints.find(id).ok());
        let Some(endpoint) = endpoint else { return Ok(None) };
        let Some(policy) = network::policy_of(endpoint, self.reader)? else { return Ok(None) };
        let mut model = Model::new();
        let layers = Layers { endpoint: Some(model.add(&policy.policy)), ..Layers::default() };
        let mut library = Library::default();
        library.push(policy.shown());
        let wrong = |sentence: String| vec![Entry::new(Level::Error, sentence).with_code("INP020")];
        let mut request = text.read(self.question.is_closed)?;
        request.path = network_path;
        let mut known = Vec::new();
        for (name, state) in path.keys() {
            let Some(key) = ConditionKey::new(name) else { continue };
            match request.context.stated(&key) {
                None => request.context.replace(key.clone(), state),
                Some(stated) if *stated == state || state == KeyState::Open || *stated == KeyState::Open => {}
                Some(stated) => {
                    let derived = Derived { key, state, from: "way of the request" };
                    let contradiction = polsim_eval::Contradiction { derived, stated: stated.clone() };
                    return Err(wrong(contradiction.to_string()));
                }
            }
            known.push(key);
        }
        let derived = request.complete().map_err(|error| wrong(error.to_string()))?;
        known.extend(derived.into_iter().map(|derived| derived.key));
        let scope = Scope::Alone(vec![Layer::Endpoint]);
        let readings = polsim_eval::Readings::default();
        let against = Against { model: &model, layers: &layers, scope: &scope, library: &library, readings };
        Ok(Some(decide(against, &request, &known, false)))
    }

    /// S6.6.2: addresses for the instances of a model.
    fn capacity(&self) -> Option<Capacity> {
        let instances = self.question.instances?;
        let network = &self.deployed.network;
        let free = self
            .deployed
            .workload
            .subnets
            .iter()
            .map(|(id, _)| network.subnets.find(id).and_then(|subnet| network.free_addresses(subnet)));
        let free: Result<u64, _> = free.sum();
        Some(Capacity {
            instances,
            needed: instances.saturating_mul(PER_INSTANCE),
            gap: free.as_ref().err().map(ToString::to_string),
            free: free.ok(),
        })
    }

    fn notes(&self, to: &Destination) -> Vec<String> {
        let workload = &self.deployed.workload;
        let mut notes = Vec::new();
        if self.world.is_none() {
            notes.push(
                "no environment is given (`--env`): of all policies only those of endpoints are asked"
                    .to_owned(),
            );
        }
        if to.region.is_none() {
            notes.push(
                "the resource is taken to be in the Region of the VPC; `--resource-region` says otherwise"
                    .to_owned(),
            );
        }
        if workload.is_isolated {
            notes.push(
                "network isolation is on: containers make no calls; SageMaker's own go this way".to_owned(),
            );
        }
        if workload.kind == WorkloadKind::Model {
            // A28
            notes.push(
                "calls that SageMaker makes by itself, such as those for network interfaces, do not take this way"
                    .to_owned(),
            );
        }
        let ignored = &self.deployed.network.ignored;
        if !ignored.is_empty() {
            notes.push(format!("no output of the AWS CLI about networks: {}", ignored.join(", ")));
        }
        notes
    }
}

fn in_world(request: &RequestText, world: &World, is_closed: bool) -> Result<Report, Vec<Entry>> {
    let bound = world.bind(request, is_closed)?;
    let against = Against {
        model: world.environment.model(),
        layers: &bound.layers,
        scope: &Scope::Whole,
        library: &world.library,
        readings: world.environment.readings(),
    };
    let derived: Vec<ConditionKey> = bound.derived.iter().map(|derived| derived.key.clone()).collect();
    let mut decided = decide(against, &bound.request, &derived, false);
    decided.notes.extend(bound.unknown.iter().map(|unknown| environment::taken_for(*unknown).to_owned()));
    Ok(decided)
}

/// The way as environments call it.
fn via(way: &Way) -> String {
    match (way, way.endpoint()) {
        (_, Some(endpoint)) => endpoint.to_owned(),
        (Way::Nat(_, addresses), None) => match addresses.as_slice() {
            [only] => format!("internet:{only}"),
            _ => "none".to_owned(),
        },
        _ => "none".to_owned(),
    }
}

/// The Region of an ARN; those of S3 have none.
fn region_of_arn(arn: &str) -> Option<String> {
    arn.split(':')
        .nth(3)
        .filter(|region| !region.is_empty() && !region.contains(['*', '?']))
        .map(str::to_owned)
}
