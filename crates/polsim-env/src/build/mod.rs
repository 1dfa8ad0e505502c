//! From a file to an environment: names resolved, policies compiled, every mistake told.

mod accounts;
mod endpoints;
mod organization;
mod policies;
mod principals;
mod resources;

use crate::environment::Environment;
use crate::problem::{Problem, ProblemKind, Referent, Unavailable};
use crate::read::nearest;
use crate::schema::{EnvironmentFile, Placed, ReadingNames};
use policies::{Hook, Policies};
use polsim_eval::{Reading, Readings};
use polsim_text::{Limits, Source, Span};

/// What the parts of the builder share.
struct Builder<'a> {
    source: &'a Source,
    policies: Policies<'a>,
    problems: Vec<Problem>,
}

pub(crate) fn environment(
    source: &Source,
    file: &EnvironmentFile,
    limits: &Limits,
    load: &dyn Fn(&str) -> Result<Source, Unavailable>,
) -> Result<Environment, Vec<Problem>> {
    let mut builder = Builder { source, policies: Policies::new(source, limits, load), problems: Vec::new() };
    let tree = file.organization.as_ref().map(|organization| organization::build(&mut builder, organization));
    let mut accounts = accounts::build(&mut builder, file, tree.as_ref());
    let principals = principals::build(&mut builder, file, &mut accounts);
    let resources = resources::build(&mut builder, file, &mut accounts);
    let endpoints = endpoints::build(&mut builder, file);
    let readings = builder.readings(file.readings.as_ref());
    let root_escape = file.settings.as_ref().and_then(|settings| settings.root_bucket_policy_escape);
    let Policies { model, hung, problems: of_policies, .. } = builder.policies;
    let mut problems = builder.problems;
    problems.extend(of_policies);
    if !problems.is_empty() {
        // The environment file first, then the policies in the order in which they hang.
        problems.sort_by_key(|problem| (problem.file.name() != source.name(), problem.span));
        problems.truncate(limits.max_problems.max(1));
        return Err(problems);
    }
    Ok(Environment {
        model,
        policies: hung,
        organization: tree.map(|tree| tree.id),
        accounts: accounts.table,
        principals,
        resources,
        endpoints,
        readings,
        root_bucket_policy_escape: root_escape.unwrap_or(false),
    })
}

impl Builder<'_> {
    fn tell(&mut self, kind: ProblemKind, span: Span) {
        self.problems.push(Problem::new(kind, self.source, span));
    }

    fn tell_with(&mut self, kind: ProblemKind, span: Span, related: (Span, &'static str)) {
        self.problems.push(Problem { related: Some(related), ..Problem::new(kind, self.source, span) });
    }

    fn unknown<'n>(&mut self, what: Referent, name: &Placed<String>, names: impl Iterator<Item = &'n str>) {
        let kind =
            ProblemKind::UnknownName { what, name: name.value.clone(), near: nearest(&name.value, names) };
        self.tell(kind, name.span);
    }

    /// Checks that no two entries describe one thing: `ids` are what each is known by to AWS, with its name in the file.
    fn tell_repeated<'n>(&mut self, ids: impl Iterator<Item = (&'n Placed<String>, &'n Placed<String>)>) {
        let mut seen: Vec<(&Placed<String>, &Placed<String>)> = Vec::new();
        for (id, name) in ids {
            let first = seen.iter().find(|(earlier, _)| earlier.value == id.value);
            if let Some((first_id, first)) = first {
                let kind = ProblemKind::DescribedTwice {
                    id: id.value.clone(),
                    first: first.value.clone(),
                    second: name.value.clone(),
                };
                self.tell_with(kind, id.span, (first_id.span, "first described here"));
            }
            seen.push((id, name));
        }
    }

    fn readings(&mut self, names: Option<&ReadingNames>) -> Readings {
        let mut readings = Readings::default();
        for name in names.into_iter().flatten() {
            let known = Reading::ALL.iter().find(|reading| reading.name() == name.value);
            match known {
                Some(reading) => readings = readings.with_alternative(*reading),
                None => {
                    let names = Reading::ALL.iter().map(|reading| reading.name());
                    self.unknown(Referent::Reading, name, names);
                }
            }
        }
        readings
    }
}

/// Whether a text is a prefix and 8 or 17 hexadecimal digits, as the ids of VPCs and endpoints are (I3).
fn is_network_id(text: &str, prefix: &str) -> bool {
    text.strip_prefix(prefix).is_some_and(|digits| {
        matches!(digits.len(), 8 | 17)
            && digits.bytes().all(|byte| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte))
    })
}
