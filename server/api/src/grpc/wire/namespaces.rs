//! Messages about an index and its namespaces.

use super::Pagination;
use prost::Message;
use prost_types::Struct;
use std::collections::BTreeMap;

#[derive(Clone, PartialEq, Message)]
pub struct DescribeIndexStatsRequest {
    #[prost(message, optional, tag = "1")]
    pub filter: Option<Struct>,
}

#[derive(Clone, PartialEq, Message)]
pub struct NamespaceSummary {
    #[prost(uint32, tag = "1")]
    pub vector_count: u32,
}

#[derive(Clone, PartialEq, Message)]
pub struct DescribeIndexStatsResponse {
    #[prost(btree_map = "string, message", tag = "1")]
    pub namespaces: BTreeMap<String, NamespaceSummary>,
    #[prost(uint32, optional, tag = "2")]
    pub dimension: Option<u32>,
    #[prost(float, tag = "3")]
    pub index_fullness: f32,
    #[prost(uint32, tag = "4")]
    pub total_vector_count: u32,
    #[prost(string, optional, tag = "5")]
    pub metric: Option<String>,
    #[prost(string, optional, tag = "6")]
    pub vector_type: Option<String>,
    #[prost(float, optional, tag = "7")]
    pub memory_fullness: Option<f32>,
    #[prost(float, optional, tag = "8")]
    pub storage_fullness: Option<f32>,
}

#[derive(Clone, PartialEq, Message)]
pub struct ListNamespacesRequest {
    #[prost(string, optional, tag = "1")]
    pub pagination_token: Option<String>,
    #[prost(uint32, optional, tag = "2")]
    pub limit: Option<u32>,
    #[prost(string, optional, tag = "3")]
    pub prefix: Option<String>,
}

#[derive(Clone, PartialEq, Message)]
pub struct ListNamespacesResponse {
    #[prost(message, repeated, tag = "1")]
    pub namespaces: Vec<NamespaceDescription>,
    #[prost(message, optional, tag = "2")]
    pub pagination: Option<Pagination>,
    #[prost(int32, tag = "3")]
    pub total_count: i32,
}

#[derive(Clone, PartialEq, Message)]
pub struct DescribeNamespaceRequest {
    #[prost(string, tag = "1")]
    pub namespace: String,
}

#[derive(Clone, PartialEq, Message)]
pub struct CreateNamespaceRequest {
    #[prost(string, tag = "1")]
    pub name: String,
    #[prost(message, optional, tag = "2")]
    pub schema: Option<MetadataSchema>,
}

#[derive(Clone, PartialEq, Message)]
pub struct DeleteNamespaceRequest {
    #[prost(string, tag = "1")]
    pub namespace: String,
}

#[derive(Clone, PartialEq, Message)]
pub struct IndexedFields {
    #[prost(string, repeated, tag = "1")]
    pub fields: Vec<String>,
}

#[derive(Clone, PartialEq, Message)]
pub struct NamespaceDescription {
    #[prost(string, tag = "1")]
    pub name: String,
    #[prost(uint64, tag = "2")]
    pub record_count: u64,
    #[prost(message, optional, tag = "3")]
    pub schema: Option<MetadataSchema>,
    #[prost(message, optional, tag = "4")]
    pub indexed_fields: Option<IndexedFields>,
    #[prost(uint64, tag = "5")]
    pub size_bytes: u64,
}

#[derive(Clone, PartialEq, Message)]
pub struct MetadataFieldProperties {
    #[prost(bool, tag = "1")]
    pub filterable: bool,
}

#[derive(Clone, PartialEq, Message)]
pub struct MetadataSchema {
    #[prost(btree_map = "string, message", tag = "1")]
    pub fields: BTreeMap<String, MetadataFieldProperties>,
}
