//! The linter over files.

use crate::dumps::{self, MAX_DUMP_BYTES};
use crate::environment;
use crate::lint::baseline::{Baseline, Known};
use crate::lint::config::{self, Config};
use crate::lint::files::{Input, Named, expand};
use crate::lint::fix::{self, Fixed, Fixes};
use crate::lint::ignores::Ignores;
use crate::lint::later;
use crate::read::{Origin, Reader};
use crate::reference;
use crate::relocate::relocated;
use polsim_env::load::Loaded;
use polsim_lint::{Found, Ignored, Linter, Rule, Selection, Selector, Settings, Severity, Text, fingerprint};
use polsim_policy::{PolicyType, guess_type};
use polsim_reference::Reference;
use polsim_report::from::finding;
use polsim_report::from::words::count;
use polsim_report::{Conclusion, Entry, Exit, Level, Report, Verb};
use polsim_text::{Embedded, Limits, Source, json};
use rayon::prelude::*;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// What is asked.
#[derive(Clone, Debug, Default)]
pub struct Lint {
    /// Files, folders, globs, `-`.
    pub paths: Vec<PathBuf>,
    /// The type of all policies; else `polsim.toml` says, else it is guessed.
    pub policy_type: Option<PolicyType>,
    /// The rules that run, by any of their names; empty for those of `polsim.toml` or the usual ones.
    pub select: Vec<String>,
    /// Rules that do not run.
    pub ignore: Vec<String>,
    /// The mildest severity that makes the answer a failure.
    pub fail_on: Option<Severity>,
    /// The day that dates are held against.
    pub now: Option<String>,
    /// Settings of rules, by name and value; they win over those of `polsim.toml`.
    pub settings: Vec<(String, String)>,
    /// The project file.
    pub config: ConfigUse,
    /// The baseline.
    pub baseline: BaselineUse,
    /// Whether ignores and the baseline count for nothing.
    pub no_ignores: bool,
    /// Which fixes are made.
    pub fixes: Fixes,
    /// A file of facts about services on top of the bundled ones.
    pub reference: Option<Origin>,
}

/// Which project file counts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum ConfigUse {
    /// `polsim.toml` in the folder of the first path, or above it.
    #[default]
    Nearest,
    /// This one.
    File(PathBuf),
    /// None.
    None,
}

/// What a baseline is for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum BaselineUse {
    /// To hide what is in the one that `polsim.toml` names.
    #[default]
    Configured,
    /// To hide what is in this one.
    File(PathBuf),
    /// To be written here.
    Write(PathBuf),
}

/// What was found.
#[derive(Debug)]
pub struct Linting {
    /// How it looks.
    pub report: Report,
    /// A baseline that is to be written, with its text.
    pub baseline: Option<(PathBuf, String)>,
    /// The texts that were mended, which are to be written.
    pub fixed: Vec<Fixed>,
}

/// A text that was linted.
pub(crate) struct Linted {
    pub(crate) text: Text,
    pub(crate) found: Vec<Found>,
    /// The way back to the file that the text stands in, when that is another one.
    pub(crate) embedded: Option<Embedded>,
}

/// What was read of the files.
#[derive(Default)]
struct Texts {
    /// The texts that are policies by themselves.
    own: Vec<Text>,
    /// The policies that stand in other files.
    embedded: Vec<(Text, Embedded)>,
    /// What could not be read.
    unreadable: Vec<Entry>,
    /// How many files of folders hold no policy.
    skipped: usize,
    /// How many policies of AWS there are, which nobody else can mend.
    of_aws: usize,
}

/// All that linting needs, read and checked.
struct Plan {
    config: Config,
    linter: Linter,
    settings: Vec<(String, String)>,
    policy_type: Option<PolicyType>,
    reference: Option<Arc<Reference>>,
}

/// Lints files.
#[must_use]
pub fn lint(question: &Lint, reader: &Reader) -> Linting {
    match run(question, reader) {
        Ok(linting) => linting,
        Err(entries) => {
            Linting { report: Report::bad_input(Verb::Lint, entries), baseline: None, fixed: Vec::new() }
        }
    }
}

fn run(question: &Lint, reader: &Reader) -> Result<Linting, Vec<Entry>> {
    let plan = Plan::of(question, reader)?;
    let inputs = expand(&question.paths).map_err(|entry| vec![*entry])?;
    let mut baseline = baseline_of(question, &plan.config, reader)?;
    let Texts { own, embedded, unreadable, skipped, of_aws } = plan.texts(&inputs, reader);
    let (own, fixed) = plan.mend(own, question, reader.limits());
    let own = own.into_iter().map(|text| (text, None));
    let linted = plan.lint(own.chain(embedded.into_iter().map(|(text, way)| (text, Some(way)))).collect());
    let mut ignores = Ignores::new(&plan.config);
    let mut seen = Vec::new();
    let mut hidden = 0;
    let mut entries = unreadable;
    let unread = entries.len();
    let mut severities = Vec::new();
    let mut notes = Vec::new();
    for linted in &linted {
        let file = Path::new(linted.file());
        for found in &linted.found {
            if !plan.counts(found, file) {
                continue;
            }
            if !question.no_ignores && ignores.silence(found, &linted.text, file) {
                continue;
            }
            let name = plan.config.relative(file).unwrap_or_else(|| file.to_owned());
            let known = Known {
                file: name.to_string_lossy().replace('\\', "/"),
                rule: found.rule.code.to_owned(),
                fingerprint: fingerprint(found, &linted.text),
            };
            let is_known = !question.no_ignores && baseline.takes(&known);
            seen.push(known);
            if is_known {
                hidden += 1;
                continue;
            }
            severities.push(found.finding.severity);
            let entry = finding::entry(found, &linted.text);
            entries.push(match &linted.embedded {
                None => entry,
                Some(embedded) => relocated(entry, embedded),
            });
        }
        notes.extend(guess_note(&linted.text, &linted.found));
    }
    if !question.no_ignores {
        let is_whole = inputs.iter().any(|input| input.named == Named::Among);
        entries.extend(ignores.entries(is_whole));
    }
    let plural = |number, what: &str| count(number, what);
    if skipped > 0 {
        notes.push(format!("{} in folders with no policy skipped", plural(skipped, "file")));
    }
    if of_aws > 0 {
        notes.push(format!(
            "{} of AWS in dumps not linted",
            if of_aws == 1 { "1 policy".to_owned() } else { format!("{of_aws} policies") }
        ));
    }
    if ignores.silenced > 0 {
        notes.push(format!("{} silenced by polsim.toml", plural(ignores.silenced, "finding")));
    }
    if hidden > 0 {
        notes.push(format!("{} in the baseline not shown", plural(hidden, "finding")));
    }
    if baseline.gone() > 0 && !question.no_ignores {
        let gone = plural(baseline.gone(), "finding");
        notes.push(format!("{gone} of the baseline not there any more; write it anew with --write-baseline"));
    }
    let fail_on = question.fail_on.or(plan.config.fail_on).unwrap_or(Severity::Medium);
    let mut exit = if unread > 0 { Exit::BadInput } else { Exit::Holds };
    if severities.iter().any(|severity| *severity >= fail_on) {
        exit = exit.and(Exit::Fails);
    }
    let conclusion = match (exit, entries.is_empty()) {
        (Exit::BadInput, _) => Conclusion::BadInput,
        (_, true) => Conclusion::Clean,
        (_, false) => Conclusion::Found,
    };
    let headline = headline(&severities, linted.len());
    let fail_on = Some(fail_on);
    let report = Report { entries, notes, fail_on, ..Report::new(Verb::Lint, conclusion, headline, exit) };
    let written = match &question.baseline {
        BaselineUse::Write(file) => Some((file.clone(), Baseline::write(seen))),
        BaselineUse::Configured | BaselineUse::File(_) => None,
    };
    Ok(Linting { report, baseline: written, fixed })
}

fn headline(severities: &[Severity], files: usize) -> String {
    if severities.is_empty() {
        return format!("nothing in {}", count(files, "file"));
    }
    let of = |severity: Severity| severities.iter().filter(|other| **other == severity).count();
    let counts = Severity::ALL.into_iter().rev().map(|severity| (of(severity), severity));
    let told: Vec<String> = counts
        .filter(|(number, _)| *number > 0)
        .map(|(number, severity)| format!("{number} {severity}"))
        .collect();
    format!("{} in {} ({})", count(severities.len(), "finding"), count(files, "file"), told.join(", "))
}

/// Findings that rest on a guess say so once a file.
fn guess_note(text: &Text, found: &[Found]) -> Option<String> {
    let guess = text.guess?;
    (!found.is_empty()).then(|| {
        format!(
            "{} was read as a policy of type {}, because {}; `--type` says otherwise",
            text.source.name(),
            text.policy_type,
            guess.because
        )
    })
}

fn baseline_of(question: &Lint, config: &Config, reader: &Reader) -> Result<Baseline, Vec<Entry>> {
    let file = match &question.baseline {
        BaselineUse::Write(_) => return Ok(Baseline::default()),
        BaselineUse::File(file) => Some(file.clone()),
        BaselineUse::Configured => config.baseline.as_ref().map(|file| config.folder.join(file)),
    };
    let Some(file) = file else { return Ok(Baseline::default()) };
    let source = reader.read(&Origin::File(file)).map_err(|error| vec![error.entry()])?;
    Baseline::read(&source).map_err(|entry| vec![*entry])
}

impl Plan {
    /// Reads the project file and checks all names.
    fn of(question: &Lint, reader: &Reader) -> Result<Self, Vec<Entry>> {
        let registry = polsim_rules::all();
        let config = config_of(question, reader, &registry)?;
        let selectors = |texts: &[String]| -> Result<Vec<Selector>, Vec<Entry>> {
            let read = texts.iter().map(|text| Selector::parse(text, &registry));
            read.collect::<Result<_, _>>().map_err(|error| {
                vec![
                    Entry::new(Level::Error, error.to_string())
                        .with_code("INP020")
                        .with_help("select by code, by the beginning of one, by name, or by an alias such as aws:MISSING_VERSION"),
                ]
            })
        };
        let mut selection =
            Selection { select: selectors(&question.select)?, ignore: selectors(&question.ignore)? };
        if selection.select.is_empty() {
            selection.select.clone_from(&config.select);
        }
        selection.ignore.extend(config.ignore.iter().cloned());
        let mut settings = question.settings.clone();
        if let Some(now) = &question.now {
            settings.push(("now".to_owned(), now.clone()));
        }
        for (name, value) in &settings {
            Settings::default()
                .set(name, value)
                .map_err(|error| vec![Entry::new(Level::Error, error.to_string()).with_code("INP025")])?;
        }
        Ok(Self {
            linter: Linter::new(&registry, &selection),
            config,
            settings,
            policy_type: question.policy_type,
            reference: reference_of(question, reader)?,
        })
    }

    /// Reads the texts, and the policies that stand in other files.
    fn texts(&self, inputs: &[Input], reader: &Reader) -> Texts {
        let (mut sources, mut texts) = (Vec::new(), Texts::default());
        for input in inputs {
            match reader.read_up_to(&input.origin, MAX_DUMP_BYTES) {
                Ok(source) => sources.push((input, source)),
                Err(error) => texts.unreadable.push(error.entry()),
            }
        }
        let (limits, parameters) = (*reader.limits(), reader.parameters());
        let read: Vec<Option<Read>> = sources
            .into_par_iter()
            .map(|(input, source)| {
                let is_meant = input.named == Named::Itself || could_be_policy(&source);
                is_meant.then(|| match dumps::found_in(&source, &limits, parameters) {
                    Some(found) => Read::Dump(found, source),
                    None => Read::Policies(self.text(source, None, &limits)),
                })
            })
            .collect();
        for read in read {
            match read {
                None => texts.skipped += 1,
                Some(Read::Policies(text)) => texts.own.push(text),
                Some(Read::Dump(found, source)) => self.dump(&found, &source, &limits, &mut texts),
            }
        }
        texts
    }

    /// The policies of a file that has other things too.
    fn dump(&self, found: &Loaded, source: &Source, limits: &Limits, texts: &mut Texts) {
        texts.unreadable.extend(found.problems.iter().map(environment::entry));
        texts.skipped += usize::from(found.policies.is_empty() && found.problems.is_empty());
        let (of_aws, own): (Vec<_>, Vec<_>) = found.policies.iter().partition(|policy| policy.is_of_aws);
        texts.of_aws += of_aws.len();
        let read = own.into_par_iter().map(|policy| {
            let text = self.text(policy.source().clone(), Some((policy.policy_type, source.name())), limits);
            (text, policy.text.clone())
        });
        let read: Vec<_> = read.collect();
        texts.embedded.extend(read);
    }

    /// Whether a rule counts in a file.
    fn counts(&self, found: &Found, file: &Path) -> bool {
        self.config.of(file).is_none_or(|paths| !paths.ignore.iter().any(|s| s.selects(found.rule)))
    }

    /// Mends the texts as far as that is asked for.
    fn mend(&self, texts: Vec<Text>, question: &Lint, limits: &Limits) -> (Vec<Text>, Vec<Fixed>) {
        if question.fixes == Fixes::None {
            return (texts, Vec::new());
        }
        let is_wanted = |found: &Found, text: &Text| {
            let file = Path::new(text.source.name());
            let ignores = self.config.ignores.iter().filter(|ignore| self.config.covers(ignore, file));
            let is_silent = ignores.map(|ignore| ignore.ignore.judge(found, text)).any(|i| i == Ignored::Yes);
            self.counts(found, file) && (question.no_ignores || !is_silent)
        };
        let mended = texts
            .into_par_iter()
            .map(|text| fix::mend(&self.linter, text, question.fixes, limits, &is_wanted));
        let (texts, fixed): (Vec<Text>, Vec<Option<Fixed>>) = mended.unzip();
        (texts, fixed.into_iter().flatten().collect())
    }

    /// A text with its type and settings.
    ///
    /// `known` is what a dump says that it is, and the name of the dump.
    fn text(&self, source: Source, known: Option<(PolicyType, &str)>, limits: &Limits) -> Text {
        let said = self.config.of(Path::new(known.map_or(source.name(), |(_, file)| file)));
        let given = self.policy_type.or(known.map(|(policy_type, _)| policy_type));
        let given = given.or(said.and_then(|said| said.policy_type));
        let guess = match given {
            Some(_) => None,
            None => json::parse(&source, limits).documents.first().map(guess_type),
        };
        let policy_type = given.or(guess.map(|guess| guess.policy_type)).unwrap_or(PolicyType::Identity);
        let mut settings = Settings::default();
        let configured = said.map_or(&[][..], |said| said.settings.as_slice());
        for (name, value) in configured.iter().chain(&self.settings) {
            // Each was set once when it was read, so this cannot fail.
            let _ = settings.set(name, value);
        }
        let text = Text::parse(source, policy_type, limits).with(settings);
        let text = Text { reference: self.reference.clone(), ..text };
        guess.map_or(text.clone(), |guess| text.guessed(guess))
    }

    fn lint(&self, texts: Vec<(Text, Option<Embedded>)>) -> Vec<Linted> {
        let linted = texts.into_par_iter().map(|(text, embedded)| {
            let mut found = self.linter.lint(&text);
            if embedded.is_some() {
                found.retain(|found| !later::is_of_later(found, &text));
                // A dump is what AWS printed; to mend it mends nothing.
                found.iter_mut().for_each(|found| found.finding.fix = None);
            }
            Linted { text, found, embedded }
        });
        let mut linted: Vec<Linted> = linted.collect();
        let texts: Vec<Text> = linted.iter().map(|linted| linted.text.clone()).collect();
        for found in self.linter.lint_project(&texts) {
            let source = found.finding.place.source.clone();
            if let Some(home) = linted.iter_mut().find(|linted| linted.text.source.is(&source)) {
                home.found.push(found);
            }
        }
        linted
    }
}

/// What a file is.
enum Read {
    Policies(Text),
    Dump(Loaded, Source),
}

impl Linted {
    /// The name of the file that people know.
    fn file(&self) -> &str {
        self.embedded.as_ref().map_or(self.text.source.name(), |embedded| embedded.host().name())
    }
}

/// Whether a file of a folder is worth linting: it has the one element that every policy has, however it is spelt.
fn could_be_policy(source: &Source) -> bool {
    let text = source.text();
    text.match_indices(['s', 'S']).any(|(at, _)| {
        text.get(at..at + "Statement".len()).is_some_and(|word| word.eq_ignore_ascii_case("Statement"))
    })
}

fn reference_of(question: &Lint, reader: &Reader) -> Result<Option<Arc<Reference>>, Vec<Entry>> {
    let Some(file) = &question.reference else { return Ok(None) };
    Ok(Some(Arc::new(reference::open(Some(file), reader)?.into_owned())))
}

fn config_of(question: &Lint, reader: &Reader, registry: &[&'static Rule]) -> Result<Config, Vec<Entry>> {
    let file = match &question.config {
        ConfigUse::None => None,
        ConfigUse::File(file) => Some(file.clone()),
        ConfigUse::Nearest => {
            let first = question.paths.iter().find(|path| *path != Path::new("-"));
            let start = std::path::absolute(first.map_or(Path::new("."), PathBuf::as_path)).ok();
            start
                .iter()
                .flat_map(|start| start.ancestors())
                .map(|above| above.join("polsim.toml"))
                .find(|f| f.is_file())
        }
    };
    let Some(file) = file else { return Ok(Config::default()) };
    let source = reader.read(&Origin::File(file.clone())).map_err(|error| vec![error.entry()])?;
    let folder = std::path::absolute(&file).ok().and_then(|file| Some(file.parent()?.to_owned()));
    config::read(&source, folder.unwrap_or_default(), registry)
}
