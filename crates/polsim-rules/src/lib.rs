//! The rules of the linter, one a file: its documentation, its declaration, its check.
//!
//! Where the parser already knows that a clause is violated, a rule takes the parser's word and adds what the linter
//! needs: names, severity, documentation, a fix. `docs/rules/README.md` says how to add one.

mod act;
mod actions;
mod arn;
mod cnd;
mod esc;
mod keys;
mod net;
mod never;
mod oid;
mod org;
mod places;
mod prn;
mod rch;
mod red;
mod registry;
mod s3r;
mod scene;
mod sec;
mod siz;
mod stranger;
mod syn;
mod tru;
mod var;
mod vpe;
mod xfl;

pub use registry::all;
