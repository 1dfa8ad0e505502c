//! Which statements of a policy can apply to a request, found without looking at all of them.
//!
//! Statements are filed by the patterns of their actions and by those of their resources. A policy is asked through the
//! index that leaves fewer statements to every request: of a hundred statements for `s3:Get*` on as many buckets the
//! action tells nothing and the resource everything.

use polsim_arn::{Pattern, PatternSet};

/// Statements while they are filed.
#[derive(Debug, Default)]
pub(crate) struct Index {
    patterns: Vec<Pattern>,
    /// For each pattern its statement.
    statements: Vec<u32>,
    /// Statements that every request has to be held against.
    unfiled: Vec<u32>,
    /// How many statements have a pattern that begins with a wildcard, which many requests meet.
    wide: usize,
}

/// The index of a policy.
#[derive(Clone, Debug)]
pub(crate) struct StatementIndex {
    by: Subject,
    patterns: PatternSet,
    statements: Vec<u32>,
    unfiled: Vec<u32>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Subject {
    Action,
    Resource,
}

impl Index {
    /// Files a statement under patterns one of which a request must match; `None` when there are none such.
    pub(crate) fn add(&mut self, statement: u32, patterns: Option<Vec<Pattern>>) {
        let Some(patterns) = patterns else {
            self.unfiled.push(statement);
            return;
        };
        self.wide += usize::from(patterns.iter().any(|pattern| pattern.literal_prefix().is_empty()));
        for pattern in patterns {
            self.patterns.push(pattern);
            self.statements.push(statement);
        }
    }

    /// How many statements a request is held against at least, counting each distinct beginning of a pattern once: many
    /// statements under one beginning do not tell requests apart.
    fn breadth(&self) -> usize {
        let mut beginnings: Vec<&str> = self.patterns.iter().map(Pattern::literal_prefix).collect();
        beginnings.sort_unstable();
        beginnings.dedup();
        self.unfiled.len() + self.wide + self.patterns.len().saturating_sub(beginnings.len())
    }
}

impl StatementIndex {
    /// The better one of two indexes.
    pub(crate) fn new(by_action: Index, by_resource: Index) -> Self {
        let (by, index) = if by_resource.breadth() < by_action.breadth() {
            (Subject::Resource, by_resource)
        } else {
            (Subject::Action, by_action)
        };
        Self {
            by,
            patterns: index.patterns.into_iter().collect(),
            statements: index.statements,
            unfiled: index.unfiled,
        }
    }

    /// The statements that can apply to an action in lower case on a resource; some may be named twice.
    pub(crate) fn candidates<'i>(
        &'i self,
        action: &'i str,
        resource: &'i str,
    ) -> impl Iterator<Item = u32> + 'i {
        let subject = if self.by == Subject::Action { action } else { resource };
        let filed = self.patterns.matching(subject).filter_map(|pattern| self.statements.get(pattern));
        filed.chain(&self.unfiled).copied()
    }
}
