//! Records as files: all of them, in each format, for whoever may read them.

use crate::{
    house::{House, on_both, origin, problem},
    indexes::new,
    people::Town,
    records::default,
};
use conifer_domain::{
    Problem,
    exports::{ExportAsked, ExportFormat, Included},
    ids::IndexId,
    indexes::{Metric, NewIndex, Vectors},
};
use conifer_services::{
    Result,
    engine::{Metadata, Record, RecordId, SparseValues, Values},
    namespaces, records,
};
use parquet::file::reader::{FileReader, SerializedFileReader};
use serde_json::json;

/// More than one piece of them.
const RECORDS: usize = 12_000;

fn nth(n: usize) -> Record {
    let metadata = json!({"n": n, "tags": ["a", "b\n\"c\""], "even": n.is_multiple_of(2), "é": "ü,;"});
    Record {
        id: RecordId::new(&format!("r{n:05}")).expect("an id"),
        values: Some(Values::new([0.1 + n as f32, -1.5e-7]).expect("values")),
        sparse: n
            .is_multiple_of(3)
            .then(|| SparseValues::new(&[1, 4_000_000_000], &[0.25, 3.0]).expect("sparse")),
        metadata: Metadata::from_json(metadata.as_object().expect("an object")).expect("metadata"),
    }
}

impl Town<'_> {
    /// An index of dense and sparse values with all of them.
    async fn filled(&self) -> IndexId {
        let vectors = Vectors::Dense { dimension: 2, metric: Metric::Dotproduct };
        let index = self.create(NewIndex { vectors, ..new("notes") }).await.expect("an index").id;
        for from in (0..RECORDS).step_by(1_000) {
            let records = (from..from + 1_000).map(nth).collect();
            self.upsert(index, default(), records).await.expect("written");
        }
        index
    }

    async fn exported(&self, index: IndexId, asked: ExportAsked) -> Result<Vec<u8>> {
        let mut export = records::export(&self.house.services, &origin(), &self.ada, index, &asked).await?;
        let mut bytes = Vec::new();
        while let Some(piece) = export.next().await {
            bytes.extend(piece?);
        }
        Ok(bytes)
    }
}

fn asked(format: ExportFormat) -> ExportAsked {
    ExportAsked { format, ..ExportAsked::default() }
}

on_both! {
    async fn lines_hold_all_of_every_record(house: &House) {
        let town = house.town().await;
        let index = town.filled().await;
        let bytes = town.exported(index, asked(ExportFormat::Jsonl)).await.expect("a file");
        let text = String::from_utf8(bytes).expect("text");
        assert_eq!(text.lines().count(), RECORDS);
        let logged = house.rows("SELECT target || details FROM audit_log WHERE action = 'records.exported'").await;
        let [told] = &logged[..] else { panic!("{logged:?}") };
        assert!(told.starts_with(&index.to_string()) && told.contains("\"format\":\"jsonl\""), "{told}");
        for (n, line) in text.lines().enumerate() {
            let found: conifer_domain::records::Record = serde_json::from_str(line).expect("a record");
            let wanted = nth(n);
            assert_eq!(found.id, wanted.id.as_str());
            assert_eq!(found.values.as_deref(), wanted.values.as_deref());
            assert_eq!(found.sparse.map(|sparse| sparse.indices), wanted.sparse.map(|sparse| sparse.indices().to_vec()));
            assert_eq!(found.metadata, wanted.metadata.to_json());
        }
    }

    async fn only_what_is_asked_for_is_written(house: &House) {
        let town = house.town().await;
        let index = town.filled().await;
        let narrow = ExportAsked {
            prefix: "r0001".into(),
            filter: r#"{"even": true}"#.into(),
            values: Included::Without,
            ..asked(ExportFormat::Csv)
        };
        let text = String::from_utf8(town.exported(index, narrow).await.expect("a file")).expect("text");
        let mut rows = csv::Reader::from_reader(text.as_bytes());
        assert_eq!(rows.headers().expect("a head"), vec!["id", "metadata"]);
        let rows: Vec<_> = rows.records().map(|row| row.expect("a row")).collect();
        assert_eq!(rows.iter().map(|row| &row[0]).collect::<Vec<_>>(), ["r00010", "r00012", "r00014", "r00016", "r00018"]);
        let metadata: serde_json::Value = serde_json::from_str(&rows[0][1]).expect("JSON");
        assert_eq!(metadata, serde_json::Value::Object(nth(10).metadata.to_json()));

        let wrong = ExportAsked { filter: "{".into(), ..asked(ExportFormat::Csv) };
        assert!(matches!(problem(town.exported(index, wrong).await), Problem::Invalid { .. }));
        let nowhere = ExportAsked { namespace: "nowhere".into(), ..asked(ExportFormat::Csv) };
        assert_eq!(problem(town.exported(index, nowhere).await), Problem::NotFound);
    }

    async fn parquet_is_read_by_others(house: &House) {
        let town = house.town().await;
        let index = town.filled().await;
        let bytes = town.exported(index, asked(ExportFormat::Parquet)).await.expect("a file");
        let file = SerializedFileReader::new(bytes::Bytes::from(bytes)).expect("a file of Parquet");
        assert!(file.metadata().num_row_groups() > 1);
        let rows: Vec<String> = file.get_row_iter(None).expect("rows").map(|row| row.expect("a row").to_string()).collect();
        assert_eq!(rows.len(), RECORDS);
        assert!(rows[3].starts_with(r#"{id: "r00003", values: [3.1, "#), "{}", rows[3]);
        assert!(rows[3].contains("sparse_values: {indices: [1, 4000000000], values: [0.25, 3"), "{}", rows[3]);
        assert!(rows[4].contains("sparse_values: null"), "{}", rows[4]);
    }

    async fn an_empty_index_has_an_empty_file(house: &House) {
        let town = house.town().await;
        let index = town.index("notes").await;
        assert_eq!(town.exported(index, asked(ExportFormat::Jsonl)).await.expect("a file"), b"");
        let head = town.exported(index, asked(ExportFormat::Csv)).await.expect("a file");
        assert_eq!(head, b"id,values,sparse_values,metadata\n");
        let file = town.exported(index, asked(ExportFormat::Parquet)).await.expect("a file");
        assert_eq!(SerializedFileReader::new(bytes::Bytes::from(file)).expect("a file").metadata().file_metadata().num_rows(), 0);
    }

    async fn an_export_breaks_off_with_its_namespace(house: &House) {
        let town = house.town().await;
        let index = town.filled().await;
        let asked = asked(ExportFormat::Jsonl);
        let mut export = records::export(&house.services, &origin(), &town.ada, index, &asked).await.expect("begun");
        assert_eq!(export.name(), "notes-default.jsonl");
        assert!(export.next().await.is_some_and(|piece| piece.is_ok()));
        namespaces::delete(&house.services, &town.granted(index).await, default()).await.expect("gone");
        assert!(export.next().await.is_some_and(|piece| piece.is_err()));
        assert!(export.next().await.is_none());
    }
}
