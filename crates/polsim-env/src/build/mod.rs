//! From a file to an environment: names resolved, policies compiled, every mistake told.

mod accounts;
mod assemble;
mod builder;
mod endpoints;
mod organization;
mod policies;
mod principals;
mod resources;
