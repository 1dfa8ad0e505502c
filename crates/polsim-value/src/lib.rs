//! Values of condition keys, and the sets of values that a policy can write.
//!
//! Every sort is a pair: a value that is read from text, and a set of such values with the same verbs (`contains`,
//! `and`, `or`, `not`, `is_empty`, `is_all`, `pick`). A condition operator becomes a set; the evaluator asks whether
//! the set contains the value of a request, the prover computes with the sets and picks an example.
//!
//! The one thing to know: `not` is the complement among the *readable* values of the sort. A text that cannot be
//! read as the sort is in no set, so that it fails a test and its negation alike (S3.14.1).

mod address;
mod bytes;
mod decimal;
mod filled;
mod instant;
mod interval;
mod set;
mod template;

pub use address::{Address, AddressRange, AddressSet, HostBits};
pub use bytes::{Bytes, BytesSet};
pub use decimal::{Decimal, DecimalSet};
pub use instant::{Instant, InstantSet, Zone};
pub use interval::{Cut, IntervalSet, Line, Place, Side};
pub use set::{Membership, Sort, TruthSet, ValueSet, read_truth};
pub use template::{Substitution, Template, TemplateForm, TemplatePart, Variable};
