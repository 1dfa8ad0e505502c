//! Which way the requests of a workload go, subnet by subnet: as a report, as JSON, and as a picture.

mod answer;
mod json;
mod lane;
mod picture;
mod report;
mod svg;

pub use answer::{Capacity, Reached, Stand, SubnetReach};
pub use json::{REACH_SCHEMA, reach_to_json};
pub use picture::picture;
pub use report::report;
