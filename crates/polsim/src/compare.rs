//! `polsim compare`: what does a new policy, or a new environment, grant that the old one does not, and the other way
//! round?

use crate::environment::{self, EnvironmentOrigin, World};
use crate::everywhere::{Binding, Everywhere, Spot, nobody_asked};
use crate::hang::{Hung, Role, load_all};
use crate::load::{Documents, PolicyFile};
use crate::read::{Origin, Reader};
use crate::region_text::RegionText;
use polsim_arn::Budget;
use polsim_eval::{Layers, Model};
use polsim_policy::{Policy, PolicyType};
use polsim_prove::{Answer, Claim, Proof, Question, Region, Scope, ask};
use polsim_report::from::comparison::{Comparison, Relation, report};
use polsim_report::from::words;
use polsim_report::{Entry, Level, Report, Verb};

/// What is asked.
#[derive(Clone, Debug)]
pub struct Compare {
    /// The old policy or environment.
    pub old: Origin,
    /// The new one.
    pub new: Origin,
    /// Whether both are environments; else they are policies.
    pub environments: bool,
    /// Whether environments may name policies outside of the folders that they are in.
    pub allow_outside: bool,
    /// The type of policies; guessed when not given.
    pub policy_type: Option<PolicyType>,
    /// What to make of several documents in one file.
    pub documents: Documents,
    /// What is claimed; nothing, to be told what is different.
    pub expect: Option<Relation>,
    /// The requests that are meant.
    pub region: RegionText,
    /// The most steps of each search.
    pub budget: u64,
}

/// Compares two policies or environments.
#[must_use]
pub fn compare(question: &Compare, reader: &Reader) -> Report {
    let answered =
        if question.environments { environments(question, reader) } else { policies(question, reader) };
    answered.unwrap_or_else(|entries| Report::bad_input(Verb::Compare, entries))
}

impl Compare {
    fn comparison(&self) -> Comparison {
        Comparison {
            old: self.old.to_string(),
            new: self.new.to_string(),
            expect: self.expect,
            actions: self.region.actions.clone(),
            resources: self.region.resources.clone(),
            limits: self.region.limits(),
        }
    }

    /// Whether the claim needs an answer about what the new side grants more, less, or both.
    fn needs(&self, direction: Direction) -> bool {
        match (self.expect, direction) {
            (None | Some(Relation::Same), Direction::More | Direction::Less)
            | (Some(Relation::NoMore), Direction::More)
            | (Some(Relation::NoLess), Direction::Less)
            | (Some(Relation::Disjoint), Direction::Both) => true,
            (Some(_), _) | (None, Direction::Both) => false,
        }
    }
}

/// What a request shows that breaks a claim.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Direction {
    /// The new side allows it, the old one does not.
    More,
    /// The old side allows it, the new one does not.
    Less,
    /// Both allow it.
    Both,
}

/// Two sides of one model.
struct Sides<'a> {
    model: &'a Model,
    old: &'a Layers,
    new: &'a Layers,
    scope: &'a Scope,
    region: &'a Region,
}

impl Sides<'_> {
    fn answer(&self, direction: Direction, budget: u64) -> Answer {
        let (layers, claim) = match direction {
            Direction::More => (self.new, Claim::NoMoreThan(self.old)),
            Direction::Less => (self.old, Claim::NoMoreThan(self.new)),
            Direction::Both => (self.new, Claim::Disjoint(self.old)),
        };
        let question = Question { model: self.model, layers, scope: self.scope, region: self.region, claim };
        ask(&question, &mut Budget::new(budget))
    }
}

const DIRECTIONS: [Direction; 3] = [Direction::More, Direction::Less, Direction::Both];

fn policies(question: &Compare, reader: &Reader) -> Result<Report, Vec<Entry>> {
    let role = Role::Itself(question.policy_type);
    let origins = [(question.old.clone(), role), (question.new.clone(), role)];
    let files = load_all(&origins, question.documents, reader)?;
    let [old, new] = [0, 1].map(|from| files.iter().filter(|file| file.from == from).collect::<Vec<_>>());
    let [old, new] = [one_of(&old, &question.old)?, one_of(&new, &question.new)?];
    let (mut hung, present) =
        (Hung::of(&[only(old)?])?, [only(old)?, only(new)?].map(|(_, policy)| policy.policy_type));
    if present[0] != present[1] {
        let sentence = format!(
            "{} is read as {} and {} as {}, which grant in different ways",
            question.old,
            words::with_article(&format!("{} policy", present[0].as_str())),
            question.new,
            words::with_article(&format!("{} policy", present[1].as_str()))
        );
        let entry = Entry::new(Level::Error, sentence).with_code("INP023");
        return Err(vec![entry.with_help("say what both are with `--type`")]);
    }
    let (file, policy) = only(new)?;
    let other = hung.hang_beside(file, policy);
    let region = question.region.region(&mut hung.model)?;
    let scope = hung.scope();
    let sides = Sides { model: &hung.model, old: &hung.layers, new: &other, scope: &scope, region: &region };
    let answers = DIRECTIONS
        .map(|direction| question.needs(direction).then(|| sides.answer(direction, question.budget)));
    let mut report = report(&question.comparison(), &answers, &hung.library);
    report.notes.extend(files.iter().filter_map(PolicyFile::guess_note));
    Ok(report)
}

/// The only text of a file.
fn one_of<'f>(files: &[&'f PolicyFile], origin: &Origin) -> Result<&'f PolicyFile, Vec<Entry>> {
    match files {
        [file] => Ok(file),
        _ => {
            let sentence = format!("{origin} has {} policies, and one is compared with one", files.len());
            let entry = Entry::new(Level::Error, sentence).with_code("INP010");
            Err(vec![entry.with_help("`--env` compares dumps as environments, with all that hangs in them")])
        }
    }
}

/// The only policy of a file.
fn only(file: &PolicyFile) -> Result<(&PolicyFile, &Policy), Vec<Entry>> {
    match file.policies.as_slice() {
        [policy] => Ok((file, policy)),
        _ => {
            let sentence = format!("{}: one policy is compared with one", file.source.name());
            let entry = Entry::new(Level::Error, sentence).with_code("INP010");
            Err(vec![entry.with_help("`--documents merge` makes one policy of several documents")])
        }
    }
}

fn environments(question: &Compare, reader: &Reader) -> Result<Report, Vec<Entry>> {
    let from = |origin: &Origin| EnvironmentOrigin {
        origin: origin.clone(),
        allow_outside: question.allow_outside,
        from: None,
    };
    let old = environment::load(&from(&question.old), reader)?;
    let new = environment::load_beside(&from(&question.new), Some(&old.environment), reader)?;
    let (of_old, of_new) = (
        Everywhere::new(&question.region, &old.environment),
        Everywhere::new(&question.region, &new.environment),
    );
    let everywhere = match (of_old, of_new) {
        (Ok(old), Ok(new)) => new.and(old),
        // Whom one environment does not know, the other one may.
        (Ok(one), Err(_)) | (Err(_), Ok(one)) => one,
        (Err(entries), Err(_)) => return Err(entries),
    };
    let mut model = new.environment.model().clone();
    let mut answers: [Option<Answer>; 3] = [None, None, None];
    let mut asked = 0;
    for spot in everywhere.spots() {
        let Some(pair) = Pair::new(spot, &old, &new, &question.region, &mut model)? else { continue };
        asked += 1;
        let sides = Sides {
            model: &model,
            old: &pair.old,
            new: &pair.new,
            scope: &Scope::Whole,
            region: &pair.region,
        };
        for (answer, direction) in answers.iter_mut().zip(DIRECTIONS) {
            if question.needs(direction) && !matches!(answer, Some(Answer::Refuted(_))) {
                *answer = Some(worse(answer.take(), sides.answer(direction, question.budget)));
            }
        }
    }
    if asked == 0 {
        return Err(vec![nobody_asked()]);
    }
    let mut report = report(&question.comparison(), &answers, &new.library);
    report.notes.push(everywhere.note(asked));
    report.notes.extend(old.notes.into_iter().chain(new.notes));
    report.notes.push("tags, organizations and owners are taken as the new environment has them".to_owned());
    Ok(report)
}

/// Of two answers about parts the one that decides about the whole.
fn worse(known: Option<Answer>, found: Answer) -> Answer {
    match (known, found) {
        (None, found) => found,
        (Some(Answer::Proved(known)), Answer::Proved(found)) => {
            let mut assumptions = known.assumptions;
            assumptions.extend(found.assumptions);
            assumptions.sort_unstable();
            assumptions.dedup();
            Answer::Proved(Proof {
                assumptions,
                situations: known.situations + found.situations,
                is_vacuous: known.is_vacuous && found.is_vacuous,
                ties_keys: known.ties_keys || found.ties_keys,
            })
        }
        (Some(Answer::Proved(_)), found) | (Some(_), found @ Answer::Refuted(_)) => found,
        (Some(known), _) => known,
    }
}

/// What binds the requests of one place by the old environment and by the new one.
struct Pair {
    old: Layers,
    new: Layers,
    region: Region,
}

impl Pair {
    /// What one environment does not know, it allows nothing.
    fn new(
        spot: Spot<'_>,
        old: &World,
        new: &World,
        text: &RegionText,
        model: &mut Model,
    ) -> Result<Option<Self>, Vec<Entry>> {
        let mut bind = |world: &World| spot.bind(&world.environment, text, model);
        Ok(match (bind(old), bind(new)) {
            (Ok(old), Ok(new)) => match (old, new) {
                (None, None) => None,
                (Some(old), None) => Some(Self::of(Some(old.layers), None, old.region)),
                (old, Some(new)) => Some(Self::of(old.map(|old| old.layers), Some(new.layers), new.region)),
            },
            (Ok(Some(Binding { layers, region })), Err(_)) => Some(Self::of(Some(layers), None, region)),
            (Err(_), Ok(Some(Binding { layers, region }))) => Some(Self::of(None, Some(layers), region)),
            (Ok(None), Err(_)) | (Err(_), Ok(None)) => None,
            (Err(_), Err(entries)) => return Err(entries),
        })
    }

    fn of(old: Option<Layers>, new: Option<Layers>, region: Region) -> Self {
        Self { old: old.unwrap_or_default(), new: new.unwrap_or_default(), region }
    }
}
