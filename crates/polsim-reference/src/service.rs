//! A service: everything that stands behind one prefix.

use crate::action::Action;
use crate::arn_form::ArnForm;
use crate::facts::ServiceFacts;
use crate::folded;
use crate::key::Key;
use crate::resource_type::ResourceType;
use crate::rows::Rows;
use crate::words::AccessLevel;
use polsim_arn::{ActionPattern, Budget, Pattern, TextSet};

/// Steps for one question about forms of ARNs; hundreds are enough, the rest is for patterns that were made to hurt.
const STEPS: u64 = 50_000;

/// A service.
#[derive(Debug)]
pub struct Service {
    rows: Rows,
}

impl Service {
    pub(crate) fn new(rows: Rows) -> Self {
        Self { rows }
    }

    /// What stands before the colon of its actions.
    #[must_use]
    pub fn prefix(&self) -> &str {
        self.rows.str(self.rows.prefix)
    }

    /// Its name for people.
    #[must_use]
    pub fn name(&self) -> &str {
        self.rows.str(self.rows.name)
    }

    /// Whether AWS lists it among the services that resource control policies reach (S4.10.3). The law goes by its own
    /// table, which is dated.
    #[must_use]
    pub fn has_rcp(&self) -> bool {
        self.rows.has_rcp
    }

    /// Its actions by name.
    pub fn actions(&self) -> impl ExactSizeIterator<Item = Action<'_>> {
        Action::all(&self.rows)
    }

    /// The action of this name, which is what stands behind the colon.
    #[must_use]
    pub fn action(&self, name: &str) -> Option<Action<'_>> {
        Action::find(&self.rows, name)
    }

    /// Its actions of a level.
    pub fn actions_at(&self, level: AccessLevel) -> impl Iterator<Item = Action<'_>> {
        self.actions().filter(move |action| action.level() == level)
    }

    /// Its actions whose names begin like this, without regard to letter case.
    pub fn actions_beginning<'s>(&'s self, head: &str) -> impl Iterator<Item = Action<'s>> + use<'s> {
        let head = head.to_owned();
        let start =
            self.rows.actions.partition_point(|row| folded::compare(self.rows.str(row.name), &head).is_lt());
        self.actions().skip(start).take_while(move |action| {
            action.name().get(..head.len()).is_some_and(|start| start.eq_ignore_ascii_case(&head))
        })
    }

    /// Its actions that a pattern matches.
    pub fn matching<'s>(&'s self, pattern: &ActionPattern) -> impl Iterator<Item = Action<'s>> + use<'s> {
        self.matching_folded(pattern.pattern())
    }

    /// The same with the pattern over actions in lower case. Only names that begin like the pattern are looked at.
    pub(crate) fn matching_folded(&self, pattern: Pattern) -> impl Iterator<Item = Action<'_>> {
        let literal = pattern.as_exact().unwrap_or_else(|| pattern.literal_prefix());
        let head = literal.split_once(':').map_or("", |(_, head)| head).to_owned();
        let mut text = String::new();
        self.actions_beginning(&head).filter(move |action| {
            text.clear();
            text.extend([action.service(), ":", action.name()]);
            text.make_ascii_lowercase();
            pattern.matches(&text)
        })
    }

    /// Its resource types by name.
    pub fn resource_types(&self) -> impl ExactSizeIterator<Item = ResourceType<'_>> {
        ResourceType::all(&self.rows)
    }

    /// The resource type of this name.
    #[must_use]
    pub fn resource_type(&self, name: &str) -> Option<ResourceType<'_>> {
        ResourceType::find(&self.rows, name)
    }

    /// Its condition keys by name, with the global ones that AWS lists for it.
    pub fn keys(&self) -> impl ExactSizeIterator<Item = Key<'_>> {
        Key::all(&self.rows)
    }

    /// The condition key of this name, or the family that it belongs to.
    #[must_use]
    pub fn key(&self, name: &str) -> Option<Key<'_>> {
        Key::find(&self.rows, name)
    }

    /// The resource types that the ARNs of a pattern can be of. An ARN is of the narrowest type whose form it has:
    /// `arn:aws:s3:::b/k` has the form of a bucket too, but is an object. A pattern that is too hard to
    /// decide about counts as possible.
    pub fn resource_types_of(&self, arns: &Pattern) -> impl Iterator<Item = ResourceType<'_>> {
        self.resource_types().filter(move |resource_type| {
            resource_type.form_numbers().any(|form| self.can_be(arns, form).unwrap_or(false))
        })
    }

    /// Whether an ARN of the pattern has this form and no narrower one.
    fn can_be(&self, arns: &Pattern, form: u32) -> Option<bool> {
        let pattern = |number: u32| self.rows.arns.get(number as usize).map(ArnForm::pattern);
        let own = pattern(form)?;
        if arns.is_everything() {
            return Some(true);
        }
        if own.is_disjoint(arns) {
            return Some(false);
        }
        let mut narrower = Vec::new();
        for other in self.narrower(form).iter().filter_map(|at| pattern(*at)) {
            if other.covers(arns) {
                return Some(false);
            }
            if !other.is_disjoint(arns) {
                narrower.push(other.clone());
            }
        }
        if narrower.is_empty() {
            return Some(true);
        }
        let of = |pattern: &Pattern| TextSet::union([pattern.clone()]);
        let left = of(own).and(&of(arns)).and(&TextSet::union(narrower).not());
        Some(!left.is_empty(&mut Budget::new(STEPS)).unwrap_or(false))
    }

    /// The forms of the service whose ARNs all have this form, but not the other way round.
    fn narrower(&self, form: u32) -> &[u32] {
        let forms = &self.rows.arns;
        let Some(own) = forms.get(form as usize) else {
            return &[];
        };
        own.narrower.get_or_init(|| {
            let is_narrower = |other: &ArnForm| {
                own.pattern().covers(other.pattern()) && !other.pattern().covers(own.pattern())
            };
            let numbered = (0..).zip(forms);
            numbered.filter(|(_, other)| is_narrower(other)).map(|(at, _)| at).collect()
        })
    }

    /// The service in plain form.
    #[must_use]
    pub fn facts(&self) -> ServiceFacts {
        ServiceFacts {
            prefix: self.prefix().to_owned(),
            name: self.name().to_owned(),
            has_rcp: self.has_rcp(),
            actions: self.actions().map(Action::facts).collect(),
            resource_types: self.resource_types().map(ResourceType::facts).collect(),
            keys: self.keys().map(Key::facts).collect(),
        }
    }
}
