//! NET013: `aws:SourceIp` in a policy that requests of the workload meet behind an endpoint.

use super::decided::sound_but;
use crate::keys::tests;
use polsim_lint::{Check, Confidence, Doc, Findings, Phase, Rule, Severity, Site};

pub(crate) const RULE: Rule = Rule {
    code: "NET013",
    name: "source-ip-behind-the-endpoint",
    severity: Severity::Medium,
    confidence: Confidence::Medium,
    phase: Phase::Site,
    check: Check::Site(check),
    doc: Doc {
        what: "A policy of the role or of a bucket tests `aws:SourceIp`, and requests of the workload to S3 go through an endpoint.",
        why: "Behind an endpoint that key is not there: a positive test never holds, a negated one always does. Private addresses never match it anyway.",
        bad: &[sound_but(
            r#"{"Environment": {"principals": {"model-role": {"arn": "arn:aws:iam::111122223333:role/model", "identity": [
  {"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*", "Condition": {"IpAddress": {"aws:SourceIp": "10.0.0.0/16"}}}}]}}}}"#,
        )],
        good: &[sound_but("{}")],
        fix: "Test `aws:VpcSourceIp` with `aws:SourceVpc`, or `aws:SourceVpce`.",
        source: "S5.3, S5.5 I2, S6.4.5",
    },
    ..Rule::DEFAULT
};

fn check(site: &Site, findings: &mut Findings<'_>) {
    let Some(environment) = &site.environment else { return };
    let paths = site.paths("s3");
    let Some(path) = paths.iter().find(|path| path.way.endpoint().is_some()) else { return };
    let who = site.workload.role.as_ref().and_then(|(role, _)| environment.who(role).ok());
    let own = who.iter().flat_map(|who| who.issuer).flat_map(|issuer| issuer.identity.iter().copied());
    let buckets = environment.resources().iter().filter_map(|resource| resource.policy);
    for hung in own.chain(buckets).filter_map(|id| environment.policy(id)) {
        for statement in &hung.policy.statements {
            for test in tests(statement).filter(|test| test.is_of(&["aws:SourceIp"])) {
                let place = hung.place(test.block.key.span);
                let sentence = format!(
                    "requests from {} come by {}, and do not carry `aws:SourceIp`",
                    path.subnet,
                    path.way.endpoint().unwrap_or_default()
                );
                findings.add_in(&place.source, place.span, sentence);
            }
        }
    }
}
