//! NET011: a service that the role may use and that is not reached.

use super::decided::sound_but;
use polsim_eval::Truth;
use polsim_lint::{Check, Doc, Findings, Phase, Rule, Severity, Site};
use polsim_network::{Way, endpoint_service};
use polsim_policy::{Effect, Element};
use std::collections::BTreeMap;

pub(crate) const RULE: Rule = Rule {
    code: "NET011",
    name: "service-without-way",
    severity: Severity::Medium,
    phase: Phase::Site,
    check: Check::Site(check),
    doc: Doc {
        what: "The role of a workload is allowed actions of a service that no subnet of the workload reaches: there is neither an endpoint nor NAT.",
        why: "The permission is of no use in the workload, or the workload waits for answers that never come. Images need the endpoints `ecr.api` and `ecr.dkr`, logs need `logs`.",
        bad: &[sound_but(
            r#"{"VpcEndpoints": [{"VpcEndpointId": "vpce-0a1b2c3d4e5f60718", "VpcEndpointType": "Gateway", "VpcId": "vpc-0d1e2f3a4b5c6d7e8",
  "ServiceName": "com.amazonaws.eu-west-1.s3", "State": "available"}]}"#,
        )],
        good: &[sound_but("{}")],
        fix: "Make an interface endpoint for the service, or take the permission away.",
        source: "S6.5.1, S6.6.4",
    },
    ..Rule::DEFAULT
};

fn check(site: &Site, findings: &mut Findings<'_>) {
    let Some((role, place)) = &site.workload.role else { return };
    let mut services: BTreeMap<String, String> = BTreeMap::new();
    for action in allowed(site, role) {
        let service = endpoint_service(&action);
        // A28: SageMaker itself calls EC2 for the interfaces, not the workload; S3 has rules of its own.
        if !matches!(service.as_str(), "ec2" | "s3" | "")
            && !action.split(':').next().unwrap_or("*").contains('*')
        {
            services.entry(service).or_insert(action);
        }
    }
    for (service, action) in services {
        let paths = site.paths(&service);
        let is_lost = |path: &polsim_network::Path| path.arrives == Truth::No && path.way == Way::Nowhere;
        if let (true, Some(first)) = (paths.iter().all(is_lost), paths.first()) {
            let sentence = format!(
                "{role} is allowed {action}, and no subnet reaches {service}: {}",
                first.why().sentence
            );
            let finding = findings.add_in(&place.source, place.span, sentence);
            finding.help(format!("make an interface endpoint for `{service}` with private DNS"));
        }
    }
}

/// The actions that the identity policies of the role allow, as they are written.
fn allowed(site: &Site, role: &str) -> Vec<String> {
    let Some(environment) = &site.environment else { return Vec::new() };
    let Ok(who) = environment.who(role) else { return Vec::new() };
    let policies = who.issuer.into_iter().flat_map(|issuer| &issuer.identity);
    let texts = policies.filter_map(|id| environment.policy(*id));
    let statements = texts.flat_map(|hung| &hung.policy.statements);
    let allows = statements.filter(|statement| statement.effect.value == Effect::Allow);
    allows
        .flat_map(|statement| match &statement.action {
            Element::Is(actions) => actions.value.iter().map(|action| action.value.to_string()).collect(),
            Element::Not(_) => Vec::new(),
        })
        .collect()
}
