//! S3R001: an action of objects on a bucket, or the other way round.

use super::bucket_grammar::projections;
use super::path::S3Path;
use polsim_arn::ActionPattern;
use polsim_lint::{Check, Doc, Example, Findings, Fix, Phase, Rule, Severity, Subject, Types, parliament};
use polsim_policy::{Effect, PolicyType, Statement, Version};
use polsim_reference::{Action, Reference};
use polsim_text::Edit;

pub(crate) const RULE: Rule = Rule {
    code: "S3R001",
    name: "action-resource-mismatch",
    severity: Severity::Medium,
    aliases: &[parliament("RESOURCE_MISMATCH")],
    applies: Types::IDENTITY.and(Types::RESOURCE).and(Types::ENDPOINT).and(Types::SCP).and(Types::RCP),
    phase: Phase::Reference,
    check: Check::Statement(check),
    doc: Doc {
        what: "An action of S3 stands in a statement none of whose resources it can be asked for: an action of objects with a bucket, or an action of buckets with `…/*`.",
        why: "The statement never applies to the action. An Allow is missed at once; a Deny that never fires is not. Actions with wildcards count only when nothing that they stand for fits.",
        bad: &[
            Example::statements(
                PolicyType::Resource,
                r#"{"Effect": "Deny", "Principal": "*", "Action": "s3:DeleteObject", "Resource": "arn:aws:s3:::acme-data"}"#,
            ),
            Example::statements(
                PolicyType::Identity,
                r#"{"Effect": "Allow", "Action": ["s3:GetObject", "s3:ListBucket"], "Resource": ["arn:aws:s3:::acme-data/*"]}"#,
            ),
        ],
        good: &[Example::statements(
            PolicyType::Identity,
            r#"{"Effect": "Allow", "Action": ["s3:GetObject", "s3:ListBucket"], "Resource": ["arn:aws:s3:::acme-data", "arn:aws:s3:::acme-data/*"]}"#,
        )],
        fix: "Add the other ARN: `acme-data` for the bucket, `acme-data/*` for its objects. `--unsafe-fixes` does.",
        source: "S2.3, the service reference of S3",
    },
    ..Rule::DEFAULT
};

/// What of S3 the resources of a statement can be.
#[derive(Clone, Copy, Default)]
struct Reach {
    buckets: bool,
    objects: bool,
    /// Access points, jobs and what else has an ARN with account or Region.
    others: bool,
}

fn check(subject: &Subject<'_>, statement: &Statement, findings: &mut Findings<'_>) {
    let Some(reference) = subject.reference() else { return };
    let Some(resource) = statement.resource.as_ref().filter(|resource| !resource.is_negated()) else {
        return;
    };
    if statement.action.is_negated() || resource.listed().is_empty() {
        return;
    }
    let version = subject.policy().effective_version();
    let Some(reach) = reach(resource.listed().iter().map(|entry| entry.value.as_str()), version) else {
        return;
    };
    for action in statement.action.listed() {
        let Some(objects) = misfit(reference, &action.value, reach) else { continue };
        let (about, missing) = if objects { ("objects", "no object") } else { ("buckets", "no bucket") };
        let name = subject.name(statement);
        let sentence = if reach.buckets || reach.objects {
            format!("`{}` is about {about}, and {name} names {missing}", action.value.as_str())
        } else {
            format!("`{}` is about {about} of S3, and {name} names none", action.value.as_str())
        };
        let finding = findings.add(action.span, sentence);
        if statement.effect.value == Effect::Deny {
            finding.severity(Severity::High);
        }
        finding.also(resource.span(), "does not match what is asked for");
        let twin = resource.listed().iter().find_map(|entry| {
            let twin = match objects {
                true => (!entry.value.contains('/')).then(|| format!("{}/*", entry.value)),
                false => {
                    entry.value.strip_suffix("/*").filter(|bucket| !bucket.contains('/')).map(str::to_owned)
                }
            };
            S3Path::read(&entry.value, version).and(twin).map(|twin| (entry, twin))
        });
        let Some((entry, twin)) = twin else { continue };
        finding.help(format!("add \"{twin}\""));
        let written = subject.source().slice(entry.span);
        let alone = subject.source().slice(resource.span()).starts_with('"');
        let new = if alone { format!("[{written}, \"{twin}\"]") } else { format!("{written}, \"{twin}\"") };
        finding.fix(Fix::offered("add the other ARN", [Edit::replace(entry.span, new)]));
    }
}

/// `None` when an entry may be anything.
fn reach<'e>(entries: impl Iterator<Item = &'e str>, version: Version) -> Option<Reach> {
    let mut reach = Reach::default();
    for entry in entries {
        if let Some(path) = S3Path::read(entry, version) {
            for way in projections(&path.pattern) {
                match way.key {
                    Some(_) => reach.objects = true,
                    None => reach.buckets = true,
                }
            }
            continue;
        }
        let service = entry.split(':').nth(2).unwrap_or("*");
        if service == "s3" {
            // An ARN with account or Region names access points and the like, objects behind them, or nothing.
            reach = Reach { buckets: true, objects: true, others: true };
        } else if service.contains(['*', '?']) || !entry.starts_with("arn:") {
            return None;
        }
    }
    Some(reach)
}

/// When nothing that an action pattern stands for fits: whether it is about objects.
fn misfit(reference: &Reference, action: &ActionPattern, reach: Reach) -> Option<bool> {
    if action.service() != Some("s3") {
        return None;
    }
    let fits = |known: Action<'_>| {
        known.resources().any(|used| match used.resource_type().name() {
            "object" | "accesspointobject" => reach.objects,
            "bucket" => reach.buckets,
            _ => reach.others,
        })
    };
    let mut about_objects = None;
    for known in reference.matching(action).filter(|known| !known.takes_star_only()) {
        if fits(known) {
            return None;
        }
        let of = |name: &str| known.resources().any(|used| used.resource_type().name() == name);
        if of("object") || of("bucket") {
            about_objects = about_objects.or(Some(of("object")));
        }
    }
    about_objects
}
