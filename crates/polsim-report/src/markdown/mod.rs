//! Markdown for pull requests: a review, and the cases of any other verb.

mod escape;
mod review;
mod run;
mod sheet;

pub use review::to_review_markdown;
pub use run::to_markdown;
pub use sheet::LONGEST;
