//! Condition keys that follow from the environment (S5.2, S5.5).

use super::{Target, Way, Who};
use crate::environment::{Account, Endpoint, Environment};
use crate::schema::EndpointKind;
use polsim_arn::Arn;
use polsim_eval::{Derived, KeyState};
use polsim_policy::ConditionKey;

const WAY: &str = "way of the request";
const PRINCIPAL: &str = "account of the principal";
const RESOURCE: &str = "account of the resource";

/// Keys with what follows for them. A key that is present with an unknown value is open.
pub(super) struct Keys {
    pub(super) derived: Vec<Derived>,
}

impl Keys {
    pub(super) fn of(environment: &Environment, who: &Who<'_>, target: &Target<'_>, way: &Way<'_>) -> Self {
        let mut keys = Self { derived: Vec::new() };
        keys.add_way(way);
        keys.add_organizations(environment, who, target);
        keys.add_access_point(target);
        for (tag, value) in who.tags() {
            let state = KeyState::One(value.to_owned());
            keys.add(&format!("aws:PrincipalTag/{tag}"), state, "tags of the principal");
        }
        keys
    }

    fn add(&mut self, name: &str, state: KeyState, from: &'static str) {
        if let Some(key) = ConditionKey::new(name) {
            self.derived.push(Derived { key, state, from });
        }
    }

    /// I1–I3, I16.
    fn add_way(&mut self, way: &Way<'_>) {
        match way {
            Way::Unstated => {}
            Way::Direct => self.add_no_endpoint(KeyState::Open),
            Way::Internet(address) => self.add_no_endpoint(KeyState::One(address.to_string())),
            Way::Endpoint(endpoint) => self.add_endpoint(endpoint),
            Way::Foreign => self.add("aws:SourceIp", KeyState::Absent, WAY),
        }
    }

    fn add_no_endpoint(&mut self, source_ip: KeyState) {
        for name in [
            "aws:SourceVpce",
            "aws:SourceVpc",
            "aws:SourceVpcArn",
            "aws:VpcSourceIp",
            "aws:VpceAccount",
            "aws:VpceOrgID",
            "aws:VpceOrgPaths",
        ] {
            self.add(name, KeyState::Absent, WAY);
        }
        self.add("aws:SourceIp", source_ip, WAY);
    }

    fn add_endpoint(&mut self, endpoint: &Endpoint) {
        let one = |text: &str| KeyState::One(text.to_owned());
        self.add("aws:SourceVpce", one(&endpoint.id), "endpoint");
        self.add("aws:SourceVpc", one(&endpoint.vpc), "endpoint");
        self.add("aws:VpcSourceIp", KeyState::Open, "endpoint");
        self.add("aws:SourceIp", KeyState::Absent, "endpoint");
        if let (EndpointKind::Gateway, Some(region)) = (endpoint.kind, &endpoint.region) {
            self.add("aws:RequestedRegion", one(region), "Region of the endpoint");
        }
    }

    /// S4.17.6.
    fn add_access_point(&mut self, target: &Target<'_>) {
        let Some(point) = target.access_point else { return };
        let one = |text: &str| KeyState::One(text.to_owned());
        let origin = if point.vpc.is_some() { "VPC" } else { "Internet" };
        self.add("s3:AccessPointNetworkOrigin", one(origin), "access point");
        self.add("s3:DataAccessPointArn", one(&point.arn), "access point");
        if let Some(arn) = Arn::parse(&point.arn) {
            self.add("s3:DataAccessPointAccount", one(arn.account), "access point");
        }
    }

    fn add_organizations(&mut self, environment: &Environment, who: &Who<'_>, target: &Target<'_>) {
        let names = ["aws:PrincipalOrgID", "aws:PrincipalOrgPaths"];
        match who.principal.account() {
            Some(account) => {
                self.add_organization(environment, environment.account(account), names, PRINCIPAL)
            }
            // I5, I14: services and the anonymous are in no organization.
            None => names.iter().for_each(|name| self.add(name, KeyState::Absent, "kind of the principal")),
        }
        if let Some(account) = &target.account {
            let names = ["aws:ResourceOrgID", "aws:ResourceOrgPaths"];
            self.add_organization(environment, environment.account(account), names, RESOURCE);
        } else if target.arn != "*" {
            self.add("aws:ResourceAccount", KeyState::Open, "resource");
        }
    }

    /// I8. Nothing follows for an account that the environment does not list: it may be in another organization.
    fn add_organization(
        &mut self,
        environment: &Environment,
        account: Option<&Account>,
        names: [&str; 2],
        from: &'static str,
    ) {
        let (Some(organization), Some(account)) = (&environment.organization, account) else {
            return;
        };
        if !account.in_organization {
            return;
        }
        let id = organization.0.clone().map_or(KeyState::Open, KeyState::One);
        let path = account.organization_path.clone();
        let paths = path.map_or(KeyState::Open, |path| KeyState::List(vec![path]));
        for (name, state) in names.into_iter().zip([id, paths]) {
            self.add(name, state, from);
        }
    }
}
