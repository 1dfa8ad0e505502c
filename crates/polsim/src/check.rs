//! `polsim check`: does every request of a region get this decision?

use crate::hang::{Hung, Role, choices, load_all};
use crate::load::{Documents, PolicyFile};
use crate::read::{Origin, Reader};
use polsim_arn::{ActionPattern, ArnPattern, Budget, Pattern};
use polsim_eval::{KeyState, NetworkPath, Principal};
use polsim_policy::{ConditionKey, Policy};
use polsim_prove::{Answer, Expectation, PrincipalRegion, Question, Region, ask};
use polsim_report::from::answer::{Claim, report};
use polsim_report::from::words;
use polsim_report::{Conclusion, Entry, Exit, Level, Report, Verb};

/// What is asked.
#[derive(Clone, Debug)]
pub struct Check {
    /// The policies, and as what they count.
    pub policies: Vec<(Origin, Role)>,
    /// What to make of several documents in one file.
    pub documents: Documents,
    /// What is claimed.
    pub expect: Expectation,
    /// The actions, with or without wildcards.
    pub actions: Vec<String>,
    /// The resources, with or without wildcards.
    pub resources: Vec<String>,
    /// Who asks: a principal, or a pattern of ARNs.
    pub principal: Option<String>,
    /// The keys that are known.
    pub context: Vec<(ConditionKey, KeyState)>,
    /// The ways of the requests; empty for all.
    pub paths: Vec<NetworkPath>,
    /// The account of the resource.
    pub resource_account: Option<String>,
    /// The most steps of the search.
    pub budget: u64,
}

/// Checks a claim.
#[must_use]
pub fn check(question: &Check, reader: &Reader) -> Report {
    let region = match region_texts(question) {
        Ok(region) => region,
        Err(entries) => return Report::bad_input(Verb::Check, entries),
    };
    let files = match load_all(&question.policies, question.documents, reader) {
        Ok(files) => files,
        Err(entries) => return Report::bad_input(Verb::Check, entries),
    };
    let choices = choices(&files);
    let mut answered = Vec::new();
    for choice in &choices {
        match Hung::of(choice) {
            Ok(mut hung) => answered.push((place_of(choice), one(question, &region, &mut hung))),
            Err(entries) => return Report::bad_input(Verb::Check, entries),
        }
    }
    let mut report = of_each(answered).unwrap_or_else(|| {
        let entry = Entry::new(Level::Error, "there is no policy to check").with_code("INP010");
        Report::bad_input(Verb::Check, vec![entry])
    });
    report.notes.extend(files.iter().filter_map(PolicyFile::guess_note));
    report
}

/// Where the documents of a choice begin.
fn place_of(choice: &[(&PolicyFile, &Policy)]) -> String {
    let places: Vec<String> = choice
        .iter()
        .map(|(file, policy)| {
            format!("{}:{}", file.source.name(), file.source.position(policy.span.start()).line)
        })
        .collect();
    words::list(&places, "and")
}

/// The answers about each of several documents as one: it is the worst of them, and each is told.
fn of_each(answered: Vec<(String, Report)>) -> Option<Report> {
    let exit = answered.iter().map(|(_, report)| report.exit).reduce(Exit::and)?;
    let number = answered.len();
    if number == 1 {
        return answered.into_iter().next().map(|(_, report)| report);
    }
    let worst = answered.iter().find(|(_, report)| report.exit == exit).map(|(_, report)| report)?;
    let headline = format!("{} by each of {number} documents", worst.headline);
    let mut whole = Report::new(Verb::Check, worst.conclusion, headline, exit);
    for (at, (place, report)) in answered.into_iter().enumerate() {
        let level = if report.exit == Exit::Holds { Level::Allows } else { Level::Denies };
        let sentence = format!("document {} of {number} ({place}): {}", at + 1, report.conclusion.words());
        whole.entries.push(Entry::new(level, sentence));
        whole.entries.extend(report.entries);
        for note in report.notes {
            if !whole.notes.contains(&note) {
                whole.notes.push(note);
            }
        }
    }
    Some(whole)
}

fn one(question: &Check, texts: &Texts, hung: &mut Hung) -> Report {
    let mut region = Region {
        actions: texts.actions.clone(),
        resources: texts.resources.clone(),
        principal: texts.principal.clone(),
        paths: question.paths.clone(),
        resource_account: question.resource_account.clone(),
        ..Region::default()
    };
    for (key, state) in &question.context {
        region.state(&mut hung.model, key, state.clone());
    }
    let scope = hung.scope();
    let asked = Question {
        model: &hung.model,
        layers: &hung.layers,
        scope: &scope,
        region: &region,
        claim: question.expect.into(),
    };
    let answer = ask(&asked, &mut Budget::new(question.budget));
    let mut limits: Vec<String> = question.principal.iter().map(|who| format!("principal {who}")).collect();
    limits.extend(question.context.iter().map(|(key, state)| match state {
        KeyState::Absent => format!("{key} absent"),
        state => format!("{key} = {}", words::key_state(state)),
    }));
    let claim = Claim {
        expect: question.expect,
        actions: question.actions.clone(),
        resources: question.resources.clone(),
        limits,
        layers: hung.present.clone(),
    };
    if let Answer::Unknown(polsim_prove::Reason::Correlation(what)) = &answer
        && hung.present.is_empty()
    {
        return Report::new(Verb::Check, Conclusion::Undecided, what.clone(), Exit::Undecided);
    }
    report(&claim, &answer, &hung.library)
}

/// The region as far as it is text.
struct Texts {
    actions: Vec<ActionPattern>,
    resources: Vec<Pattern>,
    principal: PrincipalRegion,
}

fn region_texts(question: &Check) -> Result<Texts, Vec<Entry>> {
    let mut wrong = Vec::new();
    let mut actions = Vec::new();
    for text in &question.actions {
        match ActionPattern::parse(text) {
            Ok(action) => actions.push(action),
            Err(error) => wrong.push(
                Entry::new(Level::Error, format!("`{text}` is no action: {error}"))
                    .with_code("INP011")
                    .with_help("write `s3:GetObject`, `s3:Get*` or `*`"),
            ),
        }
    }
    let mut resources = Vec::new();
    for text in &question.resources {
        match ArnPattern::parse(text).or_else(|| ArnPattern::parse_short(text)) {
            Some(pattern) if text.starts_with("arn:") => resources.push(pattern),
            _ if text == "*" => resources.push(Pattern::everything()),
            _ => wrong.push(
                Entry::new(Level::Error, format!("`{text}` is no resource"))
                    .with_code("INP012")
                    .with_help("write an ARN of six parts, such as `arn:aws:s3:::bucket/key`, or `*`; `*` and `?` are wildcards"),
            ),
        }
    }
    let principal = match question.principal.as_deref() {
        None | Some("*") => PrincipalRegion::Anyone,
        Some(text) => match (Principal::read(text), ArnPattern::parse(text)) {
            (Some(principal), _) => PrincipalRegion::One(Box::new(principal)),
            (None, Some(pattern)) if text.starts_with("arn:") => PrincipalRegion::Arn(pattern),
            _ => {
                wrong.push(
                    Entry::new(Level::Error, format!("`{text}` is no principal"))
                        .with_code("INP013")
                        .with_help(
                            "write the ARN of a user, role or session, a 12-digit account (its root user), a service such \
                             as `ec2.amazonaws.com`, `anonymous`, or a pattern of `aws:PrincipalArn`",
                        ),
                );
                PrincipalRegion::Anyone
            }
        },
    };
    if wrong.is_empty() { Ok(Texts { actions, resources, principal }) } else { Err(wrong) }
}
