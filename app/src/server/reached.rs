//! Where programs reach what the pages show.

use conifer_domain::{
    hosts::{ApiAddress, IndexHosts, label},
    indexes::Index,
};

#[derive(Clone, Debug)]
pub struct Reached {
    pub api: ApiAddress,
    pub hosts: IndexHosts,
}

impl Reached {
    /// As programs are told it.
    pub fn host_of(&self, index: &Index) -> String {
        self.api.of_index(&self.hosts, &label(&index.name, index.project_id), index.port).to_string()
    }
}
