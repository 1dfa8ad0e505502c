//! `Resource` and `NotResource` (S1.9).

use super::reader::Reader;
use crate::{ElementName, ProblemKind, read_resource_template, sixth_field};
use polsim_text::json::Node;
use polsim_text::{Span, Spanned};

/// Services all of whose ARNs begin with a word for the type of resource, so that a wildcard in it can be told
/// from one in a name. The others need reference data, which this crate does not have.
const TYPED_SERVICES: [&str; 8] = ["iam", "sts", "ec2", "dynamodb", "lambda", "kms", "rds", "secretsmanager"];

/// The services whose policies and ARNs are S3's.
pub(super) const S3_SERVICES: [&str; 4] = ["s3", "s3-object-lambda", "s3-outposts", "s3express"];

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
            let end = text.get(at..).and_then(|rest| rest.find('}')).map_or(text.len(), |end| at + end + 1);
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

/// Whether a resource can match an access point or its objects. Wildcards and short forms are left alone.
pub(super) fn could_be_access_point(resource: &str) -> bool {
    let mut fields = resource.splitn(6, ':').skip(2);
    let (Some(service), Some(name)) = (fields.next(), fields.nth(2)) else {
        return true;
    };
    let word = name.split(['/', ':', '*', '?']).next().unwrap_or("");
    let is_prefix_of_word = "accesspoint".starts_with(word) && name.starts_with(&format!("{word}*"));
    let of_outposts = service == "s3-outposts" && word == "outpost";
    (service.contains(['*', '?']) || S3_SERVICES.contains(&service))
        && (word == "accesspoint" || is_prefix_of_word || of_outposts || name.starts_with(['*', '?']))
}

#[cfg(test)]
mod tests {
    use crate::parse::testing::{Short, invalid, of_identity, problems, short};
    use crate::{PolicyType, Severity};

    fn of_resource(resource: &str) -> Vec<Short> {
        of_identity(&format!(r#""Action": "s3:*", "Resource": {resource}"#))
    }

    #[test]
    fn s1_9_2_a_resource_is_a_star_or_an_arn() {
        for good in [r#""*""#, r#""arn:aws:s3:::b""#, r#"["*", "arn:aws:iam::111111111111:user/*"]"#] {
            assert_eq!(of_resource(good), [], "{good}");
        }
        for bad in ["bucket/*", "ARN:aws:s3:::b", "", " *", "**", "?", "${aws:username}"] {
            let text = format!("\"{bad}\"");
            assert_eq!(of_resource(&format!("[\"*\", {text}]")), invalid("ARN002", "S1.9.2", &text));
        }
        assert_eq!(of_resource("{}"), invalid("SYN002", "S1.9.2", "{}"));
        assert_eq!(of_resource("[true]"), invalid("SYN002", "S1.9.2", "true"));
    }

    #[test]
    fn s1_9_3_an_empty_list_is_lawful() {
        assert_eq!(of_resource("[]"), short("RED002", "S1.9.3", Severity::Warning, "[]"));
        let found = of_identity(r#""Action": "s3:*", "NotResource": []"#);
        assert_eq!(found, short("RED002", "S1.9.3", Severity::Warning, "[]"));
    }

    #[test]
    fn s1_9_4_service_and_type_take_no_wildcard() {
        for (arn, code, under) in [
            ("arn:aws:*:::b", "ARN201", "*"),
            ("arn:aws:s?:::b", "ARN201", "s?"),
            ("arn:aws:iam::111111111111:us*/x", "ARN202", "us*"),
            ("arn:aws:iam::111111111111:user*", "ARN202", "user*"),
            ("arn:aws:dynamodb:*:111111111111:*/x", "ARN202", "*"),
        ] {
            let found = of_resource(&format!("\"{arn}\""));
            assert_eq!(found, short(code, "S1.9.4", Severity::Error, under), "{arn}");
        }
        for arn in [
            "arn:aws:s3:::b*",
            "arn:aws:iam::111111111111:*",
            "arn:aws:iam::111111111111:user/*",
            "arn:aws:sqs:*:*:q*",
        ] {
            assert_eq!(of_resource(&format!("\"{arn}\"")), [], "{arn}");
        }
    }

    #[test]
    fn s1_9_5_variables_count_behind_the_fifth_colon() {
        assert_eq!(of_resource(r#""arn:aws:s3:::b/${aws:username}/*""#), []);
        let found = of_resource(r#""arn:aws:sns:*:${aws:PrincipalAccount}:t""#);
        assert_eq!(found, short("VAR200", "S1.9.5", Severity::Error, "${aws:PrincipalAccount}"));
    }

    #[test]
    fn s2_3_6_a_short_arn_matches_nothing() {
        let found = of_resource(r#""arn:aws:s3:bucket""#);
        assert_eq!(found, short("ARN003", "S2.3.6", Severity::Error, r#""arn:aws:s3:bucket""#));
        assert_eq!(of_resource(r#""arn:aws:s3:::*""#), []);
        assert_eq!(of_resource(r#""arn:aws:s3:*""#), []);
    }

    #[test]
    fn s3_15_10_malformed_variables_are_underlined() {
        let found = of_resource(r#""arn:aws:s3:::b/\n${aws: username}/${}""#);
        let expected = [
            ("VAR005", "S3.15.10", Severity::Error, "aws: username".to_owned()),
            ("VAR006", "S3.15.10", Severity::Error, "${}".to_owned()),
        ];
        assert_eq!(found, expected);
    }

    #[test]
    fn s3_15_2_under_the_old_version_variables_are_text() {
        let statement =
            r#"{"Effect": "Allow", "Action": "s3:*", "Resource": "arn:aws:s3:::b/${aws:username}"}"#;
        let text = format!(r#"{{"Version": "2008-10-17", "Statement": {statement}}}"#);
        let found = problems(PolicyType::Identity, &text);
        assert_eq!(found, short("VAR008", "S3.15.2", Severity::Error, "${aws:username}"));
    }
}
