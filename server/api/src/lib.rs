//! What programs see: indexes and what is in them, in the words of the clients that they have already.
//!
//! Thin: a request is read straight into the words of the services, asked of them, and answered in the shape of the
//! version that it speaks. Who may is decided by the services, as for people.

pub mod admin;
mod bill;
mod caller;
pub mod control;
pub mod data;
pub mod errors;
pub mod grpc;
pub mod hosts;
pub mod openapi;
mod requests;
mod routing;
pub mod version;

pub use routing::{Route, router};

use axum::http::request::Parts;
use conifer_domain::indexes::Index;
use conifer_services::{Services, indexes};
use hosts::Hosts;
use std::sync::Arc;

/// What the handlers share.
#[derive(Clone)]
pub struct Api {
    pub services: Services,
    pub hosts: Arc<Hosts>,
}

impl Api {
    /// The `host` of an index for whoever asks: see [`Hosts`].
    pub fn host(&self, index: &Index, asked: &Parts) -> String {
        let port = indexes::open_port(&self.services, index);
        self.hosts.of_index(asked, &index.name, index.project_id, port)
    }
}
