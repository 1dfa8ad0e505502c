//! Cases as JUnit's XML, which every CI server reads.
//!
//! A newcomer would doubt that undecided is an error. JUnit knows failures, which were judged, and errors, where a
//! judgement could not be had; an undecided claim and an unusable one are of the second kind.

use crate::{Case, CaseOutcome, Colour, Drawing, Look, Run, draw};
use quick_junit::{NonSuccessKind, Report as Junit, TestCase, TestCaseStatus, TestSuite};

/// How evidence is drawn.
const LOOK: Look = Look { width: 100, colour: Colour::None, drawing: Drawing::Ascii };

/// Cases as JUnit's XML; ends with a line feed.
#[must_use]
pub fn to_junit(run: &Run) -> String {
    let mut junit = Junit::new("polsim");
    let mut suites: Vec<TestSuite> = Vec::new();
    for case in &run.cases {
        let at = suites.iter().position(|suite| suite.name.as_str() == case.suite);
        let at = at.unwrap_or_else(|| {
            suites.push(TestSuite::new(case.suite.clone()));
            suites.len() - 1
        });
        if let Some(suite) = suites.get_mut(at) {
            suite.add_test_case(test_case(case));
        }
    }
    junit.add_test_suites(suites);
    // Writing to memory does not fail, and characters that XML does not know are left out.
    junit.to_string().map_or(String::new(), |xml| if xml.ends_with('\n') { xml } else { xml + "\n" })
}

fn test_case(case: &Case) -> TestCase {
    let mut status = match case.outcome {
        CaseOutcome::Holds => TestCaseStatus::success(),
        CaseOutcome::Skipped => TestCaseStatus::skipped(),
        CaseOutcome::Fails => TestCaseStatus::non_success(NonSuccessKind::Failure),
        CaseOutcome::Undecided | CaseOutcome::BadInput => TestCaseStatus::non_success(NonSuccessKind::Error),
    };
    let text = draw(&case.answer, &LOOK);
    match case.outcome {
        CaseOutcome::Holds => {}
        CaseOutcome::Skipped => {
            status.set_message(case.reason.clone().unwrap_or_default());
        }
        outcome => {
            status.set_type(outcome.words());
            status.set_message(case.answer.headline.clone());
            status.set_description(text.clone());
        }
    }
    let mut test = TestCase::new(case.name.clone(), status);
    test.set_classname(case.suite.clone());
    if let Some(time) = case.time {
        test.set_time(time);
    }
    if case.outcome == CaseOutcome::Holds {
        test.set_system_out(text);
    }
    test
}
