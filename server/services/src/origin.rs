//! Who asks, from where: for throttles, sessions and the audit.

use std::net::IpAddr;

#[derive(Clone, Debug)]
pub struct Origin {
    pub address: IpAddr,
    pub user_agent: String,
    pub request_id: String,
}
