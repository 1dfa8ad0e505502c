//! The linter without its rules: what a rule is, what it finds, how findings are chosen and mended.
//!
//! The engine gets the registry of rules as a slice and never names one. It knows neither terminals nor formats: a
//! [`Finding`] is data.

mod alias;
mod applies;
mod carrier;
mod change;
mod doc;
mod engine;
mod finding;
mod fingerprint;
mod fix;
mod judge;
mod page;
mod remove;
mod rule;
mod select;
mod settings;
mod severity;
mod site;
mod site_example;
mod subject;
mod suppress;
mod text;

pub use alias::{
    Alias, Origin, aws_error, aws_security, aws_suggestion, aws_warning, cloudsplaining, parliament,
};
pub use applies::Types;
pub use carrier::{Carrier, UnknownCarrier};
pub use change::{Change, change};
pub use doc::{Doc, Example};
pub use engine::{Found, Linter};
pub use finding::{Finding, Findings, Place};
pub use fingerprint::fingerprint;
pub use fix::{Fix, Safety};
pub use judge::Judge;
pub use remove::{remove_item, remove_member};
pub use rule::{Check, Phase, Rule};
pub use select::{Selection, Selector, UnknownSelector};
pub use settings::{SettingError, Settings};
pub use severity::{Confidence, Severity, UnknownSeverity};
pub use site::Site;
pub use site_example::SiteExample;
pub use subject::Subject;
pub use suppress::{Ignore, IgnoreAt, Ignored};
pub use text::Text;
