//! polsim from Rust: laws about one's own policies as ordinary tests.
//!
//! A [`Subject`] is a policy, some policies together, or an environment; a [`Claim`] says something of all its requests,
//! and [`assert_policy!`](crate::assert_policy) fails a test with the report that the command would print: the request that
//! breaks the claim, and the statement that decides it, underlined. Nothing is written twice: these are the verbs `check`
//! and `simulate` over texts that are at hand.
//!
//! ```
//! use polsim::PolicyType;
//! use polsim::law::{Claim, Decision, Subject};
//! use polsim::RequestText;
//!
//! let text = r#"{
//!     "Version": "2012-10-17",
//!     "Statement": [
//!         { "Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::models/*" },
//!         { "Effect": "Deny", "Action": "s3:*", "Resource": "*",
//!           "Condition": { "Bool": { "aws:SecureTransport": "false" } } }
//!     ]
//! }"#;
//! let role = Subject::policy(PolicyType::Identity, "role.json", text)?;
//!
//! // One request.
//! let request = RequestText::new("arn:aws:iam::111122223333:role/app", "s3:GetObject")
//!     .on("arn:aws:s3:::models/v1")
//!     .with("aws:SecureTransport", "true");
//! assert_eq!(role.decide(&request)?, Decision::Allowed);
//!
//! // All requests.
//! polsim::assert_policy!(role, deny, "s3:PutObject", "*");
//! polsim::assert_policy!(role, allow, "s3:GetObject", "arn:aws:s3:::models/*", "aws:SecureTransport = true");
//! let checked = role.check(&Claim::allow("s3:GetObject", "arn:aws:s3:::models/*"))?;
//! assert!(!checked.holds(), "without TLS it is denied:\n{checked}");
//! # Ok::<(), polsim::law::Refused>(())
//! ```

mod claim;
mod subject;

pub use claim::Claim;
pub use subject::{Checked, Decision, Refused, Subject};

/// Fails unless a claim about all requests holds; see [`assert_policy!`](crate::assert_policy).
///
/// # Panics
/// With the report, when the claim does not hold, is not decided, or the input cannot be used.
#[track_caller]
pub fn assert_holds(subject: &Subject, claim: &Claim) {
    match subject.check(claim) {
        Ok(checked) if checked.holds() => {}
        Ok(checked) => fail(&checked),
        Err(refused) => fail(&refused),
    }
}

#[track_caller]
#[expect(clippy::panic, reason = "an assertion that does not hold ends its test")]
fn fail(why: &dyn std::fmt::Display) -> ! {
    panic!("\n{why}");
}

/// Fails a test with the report, counterexample included, unless a claim about all requests holds.
///
/// Behind the subject stands what is claimed, as a method of [`Claim`] is called (`allow`, `deny`, `explicit_deny`,
/// `implicit_deny`, `some_allow`), the action and the resource, each a comma list of patterns, and then what holds of
/// condition keys, as `polsim check --region` takes it.
///
/// ```should_panic
/// use polsim::PolicyType;
/// use polsim::law::Subject;
///
/// let text = r#"{ "Version": "2012-10-17", "Statement": { "Effect": "Allow", "Action": "s3:*", "Resource": "*" } }"#;
/// let policy = Subject::policy(PolicyType::Identity, "open.json", text).unwrap();
/// polsim::assert_policy!(policy, deny, "s3:DeleteBucket", "arn:aws:s3:::audit");
/// ```
#[macro_export]
macro_rules! assert_policy {
    ($subject:expr, $expect:ident, $action:expr, $resource:expr $(, $constraint:expr)* $(,)?) => {
        $crate::law::assert_holds(
            &$subject,
            &$crate::law::Claim::$expect($action, $resource)$(.when($constraint))*,
        )
    };
}
