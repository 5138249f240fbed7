//! What every vector engine must do, whichever it is. Each case begins with an engine without indexes.

mod indexes;
mod limits;
mod queries;
mod reads;
mod snapshots;
mod stats;
mod support;
mod survey;
mod writes;

use crate::port::VectorEngine;

pub type Case = (&'static str, fn(&dyn VectorEngine));

pub const CASES: &[Case] = &[
    ("indexes come and go", indexes::come_and_go),
    ("indexes are apart", indexes::are_apart),
    ("namespaces begin with a write", indexes::namespaces_begin_with_a_write),
    ("namespaces are listed by page", indexes::namespaces_are_listed_by_page),
    ("what is missing", indexes::what_is_missing),
    ("an upsert inserts and replaces", writes::upsert_inserts_and_replaces),
    ("an update changes what it names", writes::update_changes_what_it_names),
    ("updates by filter", writes::updates_by_filter),
    ("deletes", writes::deletes),
    ("writes are numbered", writes::are_numbered),
    ("nothing is half done", writes::nothing_is_half_done),
    ("fetches", reads::fetches),
    ("fetches by filter, page by page", reads::fetches_by_filter),
    ("lists ids by prefix, page by page", reads::lists_ids),
    ("browses", reads::browses),
    ("counts", reads::counts),
    ("counts by namespace", stats::counts_by_namespace),
    ("what an index says of itself", stats::of_an_index),
    ("scores of each metric", queries::scores_of_each_metric),
    ("ties are ordered by id", queries::ties_are_ordered_by_id),
    ("queries by id", queries::by_id),
    ("queries with filters", queries::with_filters),
    ("sparse queries", queries::sparse),
    ("hybrid queries", queries::hybrid),
    ("what a match carries", queries::what_a_match_carries),
    ("several queries", queries::several),
    ("projections", survey::projections),
    ("outliers", survey::outliers),
    ("duplicates", survey::duplicates),
    ("limits of surveys", survey::limits),
    ("limits of a record", limits::of_a_record),
    ("limits of requests", limits::of_requests),
    ("limits of queries", limits::of_queries),
    ("snapshots keep a moment", snapshots::keep_a_moment),
    ("snapshots and names", snapshots::and_names),
];
