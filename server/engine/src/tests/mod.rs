//! The engine as a whole: against a model, under faults, with damaged files, used by many at once.

mod conformance;
mod damage;
mod faults;
mod generate;
mod model;
mod namespaces;
mod near;
mod oracle;
mod rest;
mod together;
