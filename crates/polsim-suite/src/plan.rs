//! A suite with all that it includes, and its cases.

use crate::case::Case;
use crate::expand::expand;
use crate::schema::{EnvironmentSpec, SuiteFile};
use crate::scope::{Scope, Settings};
use crate::wrong::kind;
use polsim_env::read::Found;
use polsim_env::schema::Placed;
use polsim_env::{Problem, Unavailable};
use polsim_text::{Limits, Source, Span};

/// The text of a file that another file includes: the file that names it, and the path that it names.
pub type Texts<'t> = dyn Fn(&Source, &str) -> Result<Source, Unavailable> + 't;

/// How deep files may include one another.
const DEEPEST: usize = 16;

/// A suite, ready to be run.
#[derive(Clone, Debug)]
pub struct Plan {
    /// The file.
    pub source: Source,
    /// The file that says which environment it is about, and what it says.
    pub environment: Option<(Source, Placed<EnvironmentSpec>)>,
    /// The cases, in the order of the file; those of a table in the order of their rows.
    pub cases: Vec<Case>,
}

/// What a file gives to those that include it.
#[derive(Default)]
struct Given {
    scope: Scope,
    settings: Settings,
    environment: Option<(Source, Placed<EnvironmentSpec>)>,
}

impl Plan {
    /// Reads a suite.
    ///
    /// # Errors
    /// Everything that is wrong with it, or with what it includes.
    pub fn read(source: &Source, limits: &Limits, texts: &Texts<'_>) -> Result<Self, Vec<Problem>> {
        let mut reading = Reading { limits, texts, open: Vec::new(), problems: Vec::new() };
        let (given, file) = reading.file(source);
        let mut problems = reading.problems;
        let mut found = Found::new(source);
        let cases = file.iter().flat_map(|file| file.cases.iter().flatten());
        let cases: Vec<Case> =
            cases.flat_map(|case| expand(case, &given.scope, &given.settings, &mut found)).collect();
        report_same_names(&cases, &mut found);
        if given.environment.is_none() && !cases.is_empty() {
            let help = "add `environment: FILE` at the top";
            let sentence = "the suite does not say which environment it is about";
            found.push(kind("SUI013", sentence, Some(help.to_owned())), Span::at(0));
        }
        problems.append(&mut found.problems);
        problems.truncate(limits.max_problems.max(1));
        if !problems.is_empty() {
            return Err(problems);
        }
        Ok(Self { source: source.clone(), environment: given.environment, cases })
    }
}

fn report_same_names(cases: &[Case], found: &mut Found<'_>) {
    let mut sorted: Vec<&Case> = cases.iter().collect();
    sorted.sort_by(|a, b| a.name.cmp(&b.name).then(a.span.cmp(&b.span)));
    for pair in sorted.windows(2) {
        if let [first, second] = pair
            && first.name == second.name
        {
            let problem = kind("SUI014", format!("two cases are called `{}`", second.name), None);
            found.push_with(problem, second.span, (first.span, "the first one"));
        }
    }
}

struct Reading<'r> {
    limits: &'r Limits,
    texts: &'r Texts<'r>,
    /// The files that are being read, each included by the one before.
    open: Vec<String>,
    problems: Vec<Problem>,
}

impl Reading<'_> {
    fn file(&mut self, source: &Source) -> (Given, Option<SuiteFile>) {
        let (file, mut problems) = SuiteFile::parse(source, self.limits);
        self.problems.append(&mut problems);
        let Some(file) = file else { return (Given::default(), None) };
        self.open.push(source.name().to_owned());
        let mut included = Given::default();
        for path in file.include.iter().flat_map(|paths| &paths.0) {
            let Some(given) = self.included(source, path) else { continue };
            // What is included later wins.
            included = given.over(included);
        }
        self.open.pop();
        let mut found = Found::new(source);
        let mut given = Given { scope: Scope::default(), ..Given::default() };
        given.scope.include(&included.scope);
        if let Some(variables) = &file.variables {
            given.scope.define(variables, &mut found);
        }
        if let Some(defaults) = &file.defaults {
            given.settings = given.scope.defaults(defaults, &mut found);
        }
        given.environment = file.environment.clone().map(|environment| (source.clone(), environment));
        self.problems.append(&mut found.problems);
        (given.over(included), Some(file))
    }

    fn included(&mut self, source: &Source, path: &Placed<String>) -> Option<Given> {
        let mut wrong = |code, sentence: String, help: Option<String>| {
            self.problems.push(Problem::new(kind(code, sentence, help), source, path.span));
            None
        };
        let text = match (self.texts)(source, &path.value) {
            Ok(text) => text,
            Err(why) => {
                return wrong("SUI011", format!("`{}` cannot be included: {why}", path.value), None);
            }
        };
        if self.open.iter().any(|open| open == text.name()) || self.open.len() >= DEEPEST {
            let way =
                self.open.iter().map(String::as_str).chain([text.name()]).collect::<Vec<_>>().join(" → ");
            let help = Some("a file cannot include itself, nor a file that includes it".to_owned());
            return wrong("SUI010", format!("files include one another without end: {way}"), help);
        }
        Some(self.file(&text).0)
    }
}

impl Given {
    /// The same, and what it does not say from elsewhere.
    fn over(mut self, other: Self) -> Self {
        self.scope.include(&other.scope);
        Self {
            scope: self.scope,
            settings: self.settings.or(&other.settings),
            environment: self.environment.or(other.environment),
        }
    }
}
