//! `Resource` and `NotResource` (S1.9).

use super::reader::Reader;
use crate::{ElementName, ProblemKind, read_resource_template, sixth_field};
use polsim_text::json::Node;
use polsim_text::{Span, Spanned};

/// Services all of whose ARNs begin with a word for the type of resource, so that a wildcard in it can be told
/// from one in a name. The others need reference data, which this crate does not have.
const TYPED_SERVICES: [&str; 8] = [
    "iam",
    "sts",
    "ec2",
    "dynamodb",
    "lambda",
    "kms",
    "rds",
    "secretsmanager",
];

impl Reader<'_> {
    /// The entries of the list as they stand in the text; `None` when one of them could not be read.
    pub(super) fn resources(&mut self, element: ElementName, node: &Node) -> Option<Vec<Spanned<String>>> {
        let texts = self.strings(element, node)?;
        let wanted = texts.len();
        let mut entries = Vec::with_capacity(wanted);
        for (text, item) in texts {
            if text == "*" || text.starts_with("arn:") {
                self.arn(text, item.span);
                entries.push(Spanned::new(text.to_owned(), item.span));
            } else {
                self.problem(ProblemKind::InvalidResource, item.span);
            }
        }
        (entries.len() == wanted).then_some(entries)
    }

    /// What is odd about a lawful entry.
    fn arn(&mut self, text: &str, string: Span) {
        let version = self.effective_version();
        self.old_version(string, text);
        let (_, problems) = read_resource_template(text, version);
        self.variable_problems(string, problems);
        if text == "*" {
            return;
        }
        let sixth = sixth_field(text);
        let head_end = sixth.unwrap_or(text.len());
        let head = text.get(..head_end).unwrap_or("");
        let variables_are_read = version == crate::Version::V2012;
        if let Some(at) = head.find("${").filter(|_| variables_are_read) {
            let end = text
                .get(at..)
                .and_then(|rest| rest.find('}'))
                .map_or(text.len(), |end| at + end + 1);
            let span = self.inside(string, at..end);
            self.problem(ProblemKind::VariableTooEarly, span);
        }
        let fields: Vec<&str> = text.splitn(6, ':').collect();
        let last = fields.last().copied().unwrap_or("");
        if fields.len() < 6 && !last.contains('*') {
            self.problem(ProblemKind::MissingArnField { found: fields.len() }, string);
        }
        let service = fields.get(2).copied().unwrap_or("");
        if service.contains(['*', '?']) {
            let start = "arn:".len() + fields.get(1).map_or(0, |field| field.len()) + ":".len();
            let span = self.inside(string, start..start + service.len());
            self.problem(ProblemKind::WildcardService, span);
        }
        if let Some(start) = sixth
            && TYPED_SERVICES.contains(&service)
        {
            let word_end = last.find(['/', ':']);
            let word = last.get(..word_end.unwrap_or(last.len())).unwrap_or("");
            if word.contains(['*', '?']) && !(word == "*" && word_end.is_none()) {
                let span = self.inside(string, start..start + word.len());
                self.problem(ProblemKind::WildcardResourceType, span);
            }
        }
    }
}
