//! A resource type of a service: `bucket` and `object` of `s3`.

use crate::arn_form::ArnForm;
use crate::facts::ResourceTypeFacts;
use crate::folded;
use crate::key::Key;
use crate::rows::{Rows, TypeRow};

/// A resource type.
#[derive(Clone, Copy, Debug)]
pub struct ResourceType<'r> {
    rows: &'r Rows,
    row: &'r TypeRow,
}

impl<'r> ResourceType<'r> {
    pub(crate) fn all(rows: &'r Rows) -> impl ExactSizeIterator<Item = Self> {
        rows.types.iter().map(move |row| Self { rows, row })
    }

    pub(crate) fn at(rows: &'r Rows, at: u16) -> Option<Self> {
        rows.types.get(usize::from(at)).map(|row| Self { rows, row })
    }

    pub(crate) fn find(rows: &'r Rows, name: &str) -> Option<Self> {
        let row = folded::find(&rows.types, name, |row| rows.str(row.name))?;
        Some(Self { rows, row })
    }

    /// The service whose type it is.
    #[must_use]
    pub fn service(self) -> &'r str {
        self.rows.str(self.rows.prefix)
    }

    /// Its name as AWS writes it, unique in the service.
    #[must_use]
    pub fn name(self) -> &'r str {
        self.rows.str(self.row.name)
    }

    /// The forms of its ARNs: one, seldom more.
    #[must_use]
    pub fn arns(self) -> &'r [ArnForm] {
        Rows::part(&self.rows.arns, self.row.arns)
    }

    /// The numbers of its forms in the service.
    pub(crate) fn form_numbers(self) -> std::ops::Range<u32> {
        self.row.arns.start..self.row.arns.end
    }

    /// Whether the text is an ARN of one of its forms. It may be one of a narrower type too, as an object of S3 is
    /// for the form of buckets; [`Service::resource_types_of`](crate::Service::resource_types_of) tells them apart.
    #[must_use]
    pub fn admits(self, arn: &str) -> bool {
        self.arns().iter().any(|form| form.pattern().matches(arn))
    }

    /// The keys that can describe such a resource.
    pub fn keys(self) -> impl Iterator<Item = Key<'r>> {
        Key::of_list(self.rows, Rows::part(&self.rows.lists, self.row.keys))
    }

    pub(crate) fn facts(self) -> ResourceTypeFacts {
        ResourceTypeFacts {
            name: self.name().to_owned(),
            arns: self.arns().iter().map(|form| form.as_str().to_owned()).collect(),
            keys: self.keys().map(|key| key.name().to_owned()).collect(),
        }
    }
}

impl PartialEq for ResourceType<'_> {
    /// The same type of the same service.
    fn eq(&self, other: &Self) -> bool {
        (self.service(), self.name()) == (other.service(), other.name())
    }
}

impl Eq for ResourceType<'_> {}
