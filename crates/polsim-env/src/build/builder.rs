//! What the parts of the builder share: the policies that were met, and the mistakes.

use super::policies::Policies;
use crate::atlas::Atlas;
use crate::problem::{Problem, ProblemKind, Referent};
use crate::read::nearest;
use crate::schema::{Placed, ReadingNames};
use polsim_eval::{Reading, Readings};
use polsim_text::Span;
use std::collections::HashMap;

/// What the parts of the builder share.
pub(super) struct Builder<'a> {
    pub(super) atlas: &'a Atlas,
    pub(super) policies: Policies<'a>,
    pub(super) problems: Vec<Problem>,
}

impl Builder<'_> {
    pub(super) fn tell(&mut self, kind: ProblemKind, span: Span) {
        self.problems.extend(self.atlas.problem(kind, span));
    }

    pub(super) fn tell_with(&mut self, kind: ProblemKind, span: Span, related: (Span, &'static str)) {
        let (second, what) = related;
        let problem = self.atlas.problem(kind, span).map(|problem| {
            // A second place in another text is left out: a problem has one file.
            let second = self.atlas.place(second).filter(|second| second.source.is(&problem.file));
            Problem { related: second.map(|second| (second.span, what)), ..problem }
        });
        self.problems.extend(problem);
    }

    pub(super) fn unknown<'n>(
        &mut self,
        what: Referent,
        name: &Placed<String>,
        names: impl Iterator<Item = &'n str>,
    ) {
        let kind =
            ProblemKind::UnknownName { what, name: name.value.clone(), near: nearest(&name.value, names) };
        self.tell(kind, name.span);
    }

    /// Checks that no two entries describe one thing: `ids` are what each is known by to AWS, with its name in the file.
    pub(super) fn tell_repeated<'n>(
        &mut self,
        ids: impl Iterator<Item = (&'n Placed<String>, &'n Placed<String>)>,
    ) {
        let mut seen: HashMap<&str, (&Placed<String>, &Placed<String>)> = HashMap::new();
        for (id, name) in ids {
            if let Some((first_id, first)) = seen.get(id.value.as_str()) {
                let kind = ProblemKind::DescribedTwice {
                    id: id.value.clone(),
                    first: first.value.clone(),
                    second: name.value.clone(),
                };
                self.tell_with(kind, id.span, (first_id.span, "first described here"));
            }
            seen.entry(&id.value).or_insert((id, name));
        }
    }

    pub(super) fn readings(&mut self, names: Option<&ReadingNames>) -> Readings {
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
pub(super) fn is_network_id(text: &str, prefix: &str) -> bool {
    text.strip_prefix(prefix).is_some_and(|digits| {
        matches!(digits.len(), 8 | 17)
            && digits.bytes().all(|byte| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte))
    })
}
