//! NET009: instances of a job that cannot talk to one another.

use super::decided::sound_but;
use polsim_lint::{Check, Doc, Findings, Phase, Rule, Severity, Site};
use polsim_network::WorkloadKind;

pub(crate) const RULE: Rule = Rule {
    code: "NET009",
    name: "closed-to-itself",
    severity: Severity::High,
    phase: Phase::Site,
    check: Check::Site(check),
    doc: Doc {
        what: "A job has several instances, and no security group of it lets in what comes from a group of its own.",
        why: "The instances of a distributed job talk to one another; the job hangs until it times out.",
        bad: &[sound_but(
            r#"{"Model": {"TrainingJobName": "forecast", "RoleArn": "arn:aws:iam::111122223333:role/model", "ResourceConfig": {"InstanceCount": 2},
  "VpcConfig": {"SecurityGroupIds": ["sg-0222bbbb2222bbbb2"], "Subnets": ["subnet-0a1a1a1a1a1a1a1a1", "subnet-0b2b2b2b2b2b2b2b2"]}}}"#,
        )],
        good: &[sound_but(
            r#"{"Model": {"TrainingJobName": "forecast", "RoleArn": "arn:aws:iam::111122223333:role/model", "ResourceConfig": {"InstanceCount": 2},
  "VpcConfig": {"SecurityGroupIds": ["sg-0111aaaa1111aaaa1"], "Subnets": ["subnet-0a1a1a1a1a1a1a1a1", "subnet-0b2b2b2b2b2b2b2b2"]}}}"#,
        )],
        fix: "Let all traffic into the group that comes from the group itself, and out to it.",
        source: "S6.6.6",
    },
    ..Rule::DEFAULT
};

fn check(site: &Site, findings: &mut Findings<'_>) {
    let workload = &site.workload;
    if workload.kind == WorkloadKind::Model || site.instances.is_none_or(|instances| instances < 2) {
        return;
    }
    let own = site.groups();
    let groups: Vec<_> = own.iter().filter_map(|id| site.network.groups.find(id).ok()).collect();
    // A group that is not described may let it in.
    if groups.len() < own.len() {
        return;
    }
    let ranges: Vec<_> = site.subnets().map(|subnet| subnet.range).collect();
    let opens = groups.iter().flat_map(|group| &group.ingress).any(|permission| {
        let by_range =
            ranges.iter().all(|subnet| permission.ranges.iter().any(|range| range.contains(subnet)));
        let by_group = permission.groups.iter().any(|group| own.contains(group));
        by_group || (by_range && permission.is_for_all) || !permission.lists.is_empty()
    });
    if let (false, Some(group)) = (opens, groups.first()) {
        let sentence = format!("{} lets in nothing that comes from the other instances of the job", group.id);
        let finding = findings.add_in(&group.place.source, group.place.span, sentence);
        finding.also_in(&workload.place.source, workload.place.span, "the job is here");
    }
}
