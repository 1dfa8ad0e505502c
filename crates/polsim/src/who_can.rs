//! `polsim who-can`: who can perform an action on a resource, on which way, and under which conditions?

use crate::environment::{self, EnvironmentOrigin};
use crate::read::Reader;
use polsim_access::{Access, Holder, Means, Outside, Standing, Terms, who_can as ask};
use polsim_claim::RegionText;
use polsim_env::Environment;
use polsim_eval::{KeyState, Layer, Request, StatementId};
use polsim_policy::Statement;
use polsim_prove::Assumption;
use polsim_report::from::{claim, words};
use polsim_report::{AccessRow, AccessStanding, Entry, Fact, Library, Listing, Verb};

/// What is asked.
#[derive(Clone, Debug)]
pub struct WhoCan {
    /// The environment.
    pub environment: EnvironmentOrigin,
    /// The requests that are meant.
    pub region: RegionText,
    /// The most steps of one search.
    pub budget: u64,
}

/// Finds out who can do it. `progress` is told how many questions were answered, and of how many.
///
/// # Errors
/// The environment or the question cannot be used.
pub fn who_can(
    question: &WhoCan,
    reader: &Reader,
    progress: &(dyn Fn(usize, usize) + Sync),
) -> Result<Listing, Vec<Entry>> {
    let world = environment::load(&question.environment, reader)?;
    let access = ask(&world.environment, &question.region, question.budget, progress)
        .map_err(|refused| claim::refusals(&refused))?;
    let table = Table { environment: &world.environment, library: &world.library, region: &question.region };
    let rows: Vec<AccessRow> = access.holders.iter().flat_map(|holder| table.rows(holder)).collect();
    let headline = table.headline(&access);
    let mut notes = notes(&access);
    notes.extend(world.notes);
    Ok(Listing::new(Verb::WhoCan, table.question(), headline, rows, notes))
}

/// The answers in words.
pub(crate) struct Table<'a> {
    pub(crate) environment: &'a Environment,
    pub(crate) library: &'a Library,
    pub(crate) region: &'a RegionText,
}

impl Table<'_> {
    fn question(&self) -> String {
        let mut question = format!(
            "{} on {}",
            words::list(&self.region.actions, "or"),
            words::list(&self.region.resources, "or")
        );
        let limits = claim::limits(self.region);
        if !limits.is_empty() {
            question.push_str(&format!(", with {}", words::list(&limits, "and")));
        }
        question
    }

    fn headline(&self, access: &Access) -> String {
        let described: Vec<&Holder> =
            access.holders.iter().filter(|holder| holder.outside.is_none()).collect();
        let able = described.iter().filter(|holder| !holder.means.is_empty()).count();
        let others = access.holders.len() - described.len();
        let let_in =
            access.holders.iter().filter(|holder| holder.outside.is_some() && !holder.means.is_empty());
        let mut headline =
            format!("{able} of {} can do {}", words::count(described.len(), "principal"), self.question());
        if others > 0 {
            headline.push_str(&format!(", and {} of {others} that are not described", let_in.count()));
        }
        headline
    }

    /// A row for each of the ways and resources where it is different.
    pub(crate) fn rows(&self, holder: &Holder) -> Vec<AccessRow> {
        let entry = self.environment.principals().iter().find(|entry| entry.arn == holder.principal);
        let (principal, outside) = match &holder.outside {
            None => (holder.principal.clone(), None),
            Some(Outside::Account(account)) => {
                (account.clone(), Some("an account that is not described, for whom its own policies allow"))
            }
            Some(Outside::AnyAccount) => {
                ("*".to_owned(), Some("any account, for whom its own policies allow"))
            }
            Some(Outside::Principal) => (
                holder.principal.clone(),
                Some("of an account that is not described, if its own policies allow"),
            ),
            Some(Outside::Service) => (holder.principal.clone(), Some("an AWS service")),
        };
        let row = |means: &Means| {
            self.row(means, principal.clone(), entry.map(|entry| entry.name.clone()), outside)
        };
        holder.means.iter().map(row).collect()
    }

    fn row(
        &self,
        means: &Means,
        principal: String,
        name: Option<String>,
        outside: Option<&str>,
    ) -> AccessRow {
        let mut row = AccessRow {
            principal,
            name,
            outside: outside.map(str::to_owned),
            action: self.region.actions.join(","),
            resource: if means.resource == "*" {
                self.region.resources.join(",")
            } else {
                means.resource.clone()
            },
            ways: means.ways.clone(),
            standing: AccessStanding::Always,
            grants: Vec::new(),
            limits: Vec::new(),
            allowed: Vec::new(),
            refused: Vec::new(),
            reason: None,
        };
        match &*means.standing {
            Standing::Always | Standing::Never => {}
            Standing::Unknown(reason) => {
                row.standing = AccessStanding::Unknown;
                row.reason = Some(reason.to_string());
            }
            Standing::Under(terms) => self.conditions(&mut row, terms),
        }
        row
    }

    fn conditions(&self, row: &mut AccessRow, terms: &Terms) {
        row.standing = AccessStanding::Conditions;
        row.grants = terms.grants.iter().map(|(layer, id)| self.statement(*layer, *id)).collect();
        row.limits = terms.limits.iter().map(|(layer, id)| self.statement(*layer, *id)).collect();
        let refused = terms.refused.as_ref().map(|witness| &witness.request);
        let (allowed, refused) = told_apart(&terms.allowed.request, refused);
        row.allowed = allowed;
        row.refused = refused;
        if terms.refused.is_none() {
            row.reason = Some("whether every request is allowed is not decided".to_owned());
        } else if terms.has_more {
            row.reason = Some("there are more statements than are shown".to_owned());
        }
    }

    /// A statement with where it hangs and its conditions.
    fn statement(&self, layer: Layer, id: StatementId) -> String {
        let Some((text, statement)) = self.library.statement(id) else {
            return words::layer(layer);
        };
        let mut told =
            format!("{} of {} ({})", self.library.name(id), text.source.name(), words::layer(layer));
        let conditions = conditions(statement);
        if !conditions.is_empty() {
            told.push_str(&format!(" if {}", conditions.join(" and ")));
        }
        told
    }
}

/// The conditions of a statement, as they are written.
fn conditions(statement: &Statement) -> Vec<String> {
    let blocks = statement.condition.blocks.iter();
    let each = blocks.flat_map(|block| {
        block.keys.iter().map(move |key| {
            let values: Vec<&str> = key.values.iter().map(|value| value.value.text.as_str()).collect();
            format!("{} {} {}", key.key.value, block.operator.value, values.join(", "))
        })
    });
    each.collect()
}

/// What tells a request that is allowed from one that is not: action and resource when they differ, and the keys that do.
fn told_apart(allowed: &Request, refused: Option<&Request>) -> (Vec<Fact>, Vec<Fact>) {
    let facts = |request: &Request| {
        let mut facts = vec![
            Fact { key: "action".to_owned(), value: request.action.to_string() },
            Fact { key: "resource".to_owned(), value: request.resource.clone() },
        ];
        let derived = request.derived();
        let own = request.context.iter().filter(|(key, state)| {
            **state != KeyState::Open && !derived.iter().any(|derived| derived.key == **key)
        });
        facts.extend(
            own.map(|(key, state)| Fact { key: key.as_str().to_owned(), value: words::key_state(state) }),
        );
        facts
    };
    let (mut allowed, mut refused) = (facts(allowed), refused.map(facts).unwrap_or_default());
    if !refused.is_empty() {
        let same: Vec<Fact> = allowed.iter().filter(|fact| refused.contains(fact)).cloned().collect();
        allowed.retain(|fact| !same.contains(fact));
        refused.retain(|fact| !same.contains(fact));
    }
    (allowed, refused)
}

/// What one should know of the answers.
fn notes(access: &Access) -> Vec<String> {
    let extent = &access.extent;
    let mut notes = vec![format!(
        "asked for {}, {} and {}: {}, of which {} had to be asked",
        words::count(extent.principals, "principal"),
        words::count(extent.ways, "way"),
        words::count(extent.things, "resource group"),
        words::count(extent.asked, "case"),
        access.questions,
    )];
    notes.extend(grounds(&access.assumptions));
    notes
}

/// What the word `always` rests on.
pub(crate) fn grounds(assumptions: &[Assumption]) -> Vec<String> {
    let mut notes = vec![
        "`always` is proved, for every condition key; requests through access points are not part of it"
            .to_owned(),
    ];
    let assumed = assumptions.iter();
    notes
        .extend(assumed.map(|assumption| format!("assumed ({}): {}", assumption.id(), assumption.meaning())));
    notes
}
