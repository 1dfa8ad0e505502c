//! Which way a request goes from one subnet to one service, and why.

mod answer;
mod choose;
mod destination;
mod filter;
mod find;
mod gateway;
mod interface;
mod nat;
mod step;
mod trail;

pub use answer::{Path, Way};
pub use choose::{Addresses, Choice, choose};
pub use destination::{Destination, Name};
pub use step::Step;
