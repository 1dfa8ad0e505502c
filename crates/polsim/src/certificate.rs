//! `polsim check --certificate` and `polsim verify`: an answer with all that it takes to follow it, and the following.

use crate::check::Check;
use crate::read::{Origin, Reader};
use crate::single::Single;
use polsim_arn::Budget;
use polsim_certificate::{
    AnswerForm, Certificate, Flaw, SCHEMA, question_form, verify as follow, witness_form,
};
use polsim_prove::{Answer, ask, certify};
use polsim_report::{Conclusion, Entry, Exit, Level, Report, Verb};

/// The certificate of an answer, as JSON. It has been followed once before it is given.
///
/// # Errors
/// The report of why there is none.
pub fn certificate(check: &Check, reader: &Reader) -> Result<String, Box<Report>> {
    let single =
        Single::of(check, reader).map_err(|entries| Box::new(Report::bad_input(Verb::Check, entries)))?;
    let question = single.question();
    let none = |sentence: String, code: &'static str| {
        let entry = Entry::new(Level::Warning, sentence).with_code(code);
        let headline = "the claim was answered, but there is no certificate of it";
        let report = Report::new(Verb::Check, Conclusion::Undecided, headline, Exit::Undecided);
        Box::new(Report { entries: vec![entry], ..report })
    };
    let answer = match ask(&question, &mut Budget::new(check.budget)) {
        Answer::Refuted(witness) => {
            let readings = witness.readings.iter().copied().collect();
            AnswerForm::Refuted(Box::new(witness_form(&witness.request, readings)))
        }
        Answer::Unknown(reason) => return Err(none(format!("the claim is not decided: {reason}"), "CRT102")),
        Answer::Proved(_) => match certify(&question, &mut Budget::new(check.budget)) {
            Ok(proved) => AnswerForm::Proved(proved),
            Err(why) => {
                return Err(none(
                    format!("it was proved, but not in a way to be followed: {why}"),
                    why.code(),
                ));
            }
        },
    };
    let certificate = Certificate {
        schema: SCHEMA.to_owned(),
        policies: single.texts.clone(),
        question: question_form(&question),
        answer,
    };
    if let Err(flaw) = follow(&certificate, &question, &single.texts) {
        return Err(none(
            format!("an error of polsim: its own checker refuses the proof: {flaw}"),
            flaw.code(),
        ));
    }
    serde_json::to_string(&certificate)
        .map(|text| text + "\n")
        .map_err(|error| none(format!("it cannot be written as JSON: {error}"), "CRT104"))
}

/// Follows a certificate.
#[must_use]
pub fn verify(check: &Check, from: &Origin, reader: &Reader) -> Report {
    let bad = |entries| Report::bad_input(Verb::Verify, entries);
    let source = match reader.read(from) {
        Ok(source) => source,
        Err(error) => return bad(vec![error.entry()]),
    };
    let certificate: Certificate = match serde_json::from_str(source.text()) {
        Ok(certificate) => certificate,
        Err(error) => {
            let entry =
                Entry::new(Level::Error, format!("{from} is no certificate: {error}")).with_code("INP027");
            return bad(vec![entry.with_help("`polsim check … --certificate FILE` writes one")]);
        }
    };
    match Single::of(check, reader) {
        Err(entries) => bad(entries),
        Ok(single) => verdict(&certificate, follow(&certificate, &single.question(), &single.texts), from),
    }
}

fn verdict(certificate: &Certificate, followed: Result<(), Flaw>, from: &Origin) -> Report {
    let claim = match &certificate.answer {
        AnswerForm::Proved(_) => "that the claim holds",
        AnswerForm::Refuted(_) => "that the claim does not hold",
    };
    match followed {
        Ok(()) => {
            let mut report =
                Report::new(Verb::Verify, Conclusion::Verified, format!("{from} shows {claim}"), Exit::Holds);
            if let AnswerForm::Proved(proved) = &certificate.answer {
                let lemmas: usize = proved.proofs.iter().map(|proof| proof.lemmas.len()).sum();
                let learnt: usize = proved.proofs.iter().map(|proof| proof.learnt.len()).sum();
                report.notes.push(format!(
                    "{} situations, {} proofs with {lemmas} lemmas and {learnt} learnt clauses were followed",
                    proved.situations.len(),
                    proved.proofs.len()
                ));
                report.notes.extend(
                    proved.assumptions.iter().map(|id| format!("assumed: {id} (see `polsim assumptions`)")),
                );
            }
            report
        }
        Err(flaw) => {
            let entry = Entry::new(Level::Error, flaw.to_string()).with_code(flaw.code());
            let headline = format!("{from} does not show {claim}");
            let report = Report::new(Verb::Verify, Conclusion::NotVerified, headline, Exit::Fails);
            Report { entries: vec![entry], ..report }
        }
    }
}
