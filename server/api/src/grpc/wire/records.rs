//! Messages about records.

use prost::Message;
use prost_types::Struct;
use std::collections::BTreeMap;

#[derive(Clone, PartialEq, Message)]
pub struct SparseValues {
    #[prost(uint32, repeated, tag = "1")]
    pub indices: Vec<u32>,
    #[prost(float, repeated, tag = "2")]
    pub values: Vec<f32>,
}

#[derive(Clone, PartialEq, Message)]
pub struct Vector {
    #[prost(string, tag = "1")]
    pub id: String,
    #[prost(float, repeated, tag = "2")]
    pub values: Vec<f32>,
    #[prost(message, optional, tag = "3")]
    pub metadata: Option<Struct>,
    #[prost(message, optional, tag = "4")]
    pub sparse_values: Option<SparseValues>,
}

#[derive(Clone, PartialEq, Message)]
pub struct ScoredVector {
    #[prost(string, tag = "1")]
    pub id: String,
    #[prost(float, tag = "2")]
    pub score: f32,
    #[prost(float, repeated, tag = "3")]
    pub values: Vec<f32>,
    #[prost(message, optional, tag = "4")]
    pub metadata: Option<Struct>,
    #[prost(message, optional, tag = "5")]
    pub sparse_values: Option<SparseValues>,
}

#[derive(Clone, PartialEq, Message)]
pub struct Usage {
    #[prost(uint32, optional, tag = "1")]
    pub read_units: Option<u32>,
}

#[derive(Clone, PartialEq, Message)]
pub struct Pagination {
    #[prost(string, tag = "1")]
    pub next: String,
}

#[derive(Clone, PartialEq, Message)]
pub struct UpsertRequest {
    #[prost(message, repeated, tag = "1")]
    pub vectors: Vec<Vector>,
    #[prost(string, tag = "2")]
    pub namespace: String,
}

#[derive(Clone, PartialEq, Message)]
pub struct UpsertResponse {
    #[prost(uint32, tag = "1")]
    pub upserted_count: u32,
}

#[derive(Clone, PartialEq, Message)]
pub struct DeleteRequest {
    #[prost(string, repeated, tag = "1")]
    pub ids: Vec<String>,
    #[prost(bool, tag = "2")]
    pub delete_all: bool,
    #[prost(string, tag = "3")]
    pub namespace: String,
    #[prost(message, optional, tag = "4")]
    pub filter: Option<Struct>,
}

#[derive(Clone, PartialEq, Message)]
pub struct DeleteResponse {}

#[derive(Clone, PartialEq, Message)]
pub struct FetchRequest {
    #[prost(string, repeated, tag = "1")]
    pub ids: Vec<String>,
    #[prost(string, tag = "2")]
    pub namespace: String,
}

#[derive(Clone, PartialEq, Message)]
pub struct FetchResponse {
    #[prost(btree_map = "string, message", tag = "1")]
    pub vectors: BTreeMap<String, Vector>,
    #[prost(string, tag = "2")]
    pub namespace: String,
    #[prost(message, optional, tag = "3")]
    pub usage: Option<Usage>,
}

#[derive(Clone, PartialEq, Message)]
pub struct FetchByMetadataRequest {
    #[prost(string, tag = "1")]
    pub namespace: String,
    #[prost(message, optional, tag = "2")]
    pub filter: Option<Struct>,
    #[prost(uint32, optional, tag = "3")]
    pub limit: Option<u32>,
    #[prost(string, optional, tag = "4")]
    pub pagination_token: Option<String>,
}

#[derive(Clone, PartialEq, Message)]
pub struct FetchByMetadataResponse {
    #[prost(btree_map = "string, message", tag = "1")]
    pub vectors: BTreeMap<String, Vector>,
    #[prost(string, tag = "2")]
    pub namespace: String,
    #[prost(message, optional, tag = "3")]
    pub usage: Option<Usage>,
    #[prost(message, optional, tag = "4")]
    pub pagination: Option<Pagination>,
}

#[derive(Clone, PartialEq, Message)]
pub struct ListRequest {
    #[prost(string, optional, tag = "1")]
    pub prefix: Option<String>,
    #[prost(uint32, optional, tag = "2")]
    pub limit: Option<u32>,
    #[prost(string, optional, tag = "3")]
    pub pagination_token: Option<String>,
    #[prost(string, tag = "4")]
    pub namespace: String,
}

#[derive(Clone, PartialEq, Message)]
pub struct ListItem {
    #[prost(string, tag = "1")]
    pub id: String,
}

#[derive(Clone, PartialEq, Message)]
pub struct ListResponse {
    #[prost(message, repeated, tag = "1")]
    pub vectors: Vec<ListItem>,
    #[prost(message, optional, tag = "2")]
    pub pagination: Option<Pagination>,
    #[prost(string, tag = "3")]
    pub namespace: String,
    #[prost(message, optional, tag = "4")]
    pub usage: Option<Usage>,
}

#[derive(Clone, PartialEq, Message)]
pub struct QueryVector {
    #[prost(float, repeated, tag = "1")]
    pub values: Vec<f32>,
    #[prost(uint32, tag = "2")]
    pub top_k: u32,
    #[prost(string, tag = "3")]
    pub namespace: String,
    #[prost(message, optional, tag = "4")]
    pub filter: Option<Struct>,
    #[prost(message, optional, tag = "5")]
    pub sparse_values: Option<SparseValues>,
}

#[derive(Clone, PartialEq, Message)]
pub struct QueryRequest {
    #[prost(string, tag = "1")]
    pub namespace: String,
    #[prost(uint32, tag = "2")]
    pub top_k: u32,
    #[prost(message, optional, tag = "3")]
    pub filter: Option<Struct>,
    #[prost(bool, tag = "4")]
    pub include_values: bool,
    #[prost(bool, tag = "5")]
    pub include_metadata: bool,
    #[prost(message, repeated, tag = "6")]
    pub queries: Vec<QueryVector>,
    #[prost(float, repeated, tag = "7")]
    pub vector: Vec<f32>,
    #[prost(string, tag = "8")]
    pub id: String,
    #[prost(message, optional, tag = "9")]
    pub sparse_vector: Option<SparseValues>,
    #[prost(float, optional, tag = "10")]
    pub scan_factor: Option<f32>,
    #[prost(uint32, optional, tag = "11")]
    pub max_candidates: Option<u32>,
}

#[derive(Clone, PartialEq, Message)]
pub struct SingleQueryResults {
    #[prost(message, repeated, tag = "1")]
    pub matches: Vec<ScoredVector>,
    #[prost(string, tag = "2")]
    pub namespace: String,
}

#[derive(Clone, PartialEq, Message)]
pub struct QueryResponse {
    #[prost(message, repeated, tag = "1")]
    pub results: Vec<SingleQueryResults>,
    #[prost(message, repeated, tag = "2")]
    pub matches: Vec<ScoredVector>,
    #[prost(string, tag = "3")]
    pub namespace: String,
    #[prost(message, optional, tag = "4")]
    pub usage: Option<Usage>,
}

#[derive(Clone, PartialEq, Message)]
pub struct UpdateRequest {
    #[prost(string, tag = "1")]
    pub id: String,
    #[prost(float, repeated, tag = "2")]
    pub values: Vec<f32>,
    #[prost(message, optional, tag = "3")]
    pub set_metadata: Option<Struct>,
    #[prost(string, tag = "4")]
    pub namespace: String,
    #[prost(message, optional, tag = "5")]
    pub sparse_values: Option<SparseValues>,
    #[prost(message, optional, tag = "6")]
    pub filter: Option<Struct>,
    #[prost(bool, optional, tag = "7")]
    pub dry_run: Option<bool>,
}

#[derive(Clone, PartialEq, Message)]
pub struct UpdateResponse {
    #[prost(int32, optional, tag = "1")]
    pub matched_records: Option<i32>,
}
