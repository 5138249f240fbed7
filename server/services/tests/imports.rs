//! Imports: asked for, done by the server that has the index, taken up again, cancelled, and hidden.

use crate::{
    api_keys::{editor, enter, key},
    house::{House, on_both, origin, problem},
    people::Town,
};
use conifer_domain::{
    Problem,
    api_keys::{KeyPart, KeyRights, KeyScope},
    ids::{ImportId, IndexId},
    imports::{Import, ImportState, OnError},
    paging::Paging,
    permissions::may,
};
use conifer_services::{
    Result,
    authorize::{Principal, authorize},
    imports, indexes, records,
};
use parquet::{
    data_type::{ByteArray, ByteArrayType, FixedLenByteArray, FixedLenByteArrayType, FloatType},
    file::writer::SerializedFileWriter,
    schema::parser::parse_message_type,
};
use std::{fs, sync::Arc, time::Duration};

const SCHEMA: &str = "message record {
    optional binary id (UTF8);
    optional group values (LIST) { repeated group list { optional float element; } }
    optional binary metadata (UTF8);
}";

type Line<'a> = (&'a str, &'a [f32], &'a str);

/// A file of rows, each of which has all columns.
fn parquet(lines: &[Line<'_>]) -> Vec<u8> {
    let schema = Arc::new(parse_message_type(SCHEMA).expect("a schema"));
    let mut file = SerializedFileWriter::new(Vec::new(), schema, Arc::default()).expect("a file");
    let mut group = file.next_row_group().expect("a group");
    let texts = |of: fn(&Line<'_>) -> String| {
        lines.iter().map(|line| ByteArray::from(of(line).as_str())).collect::<Vec<_>>()
    };
    for column in [0, 1, 2] {
        let mut writer = group.next_column().expect("a column").expect("three columns");
        if column == 1 {
            let numbers: Vec<f32> = lines.iter().flat_map(|line| line.1).copied().collect();
            let again = |line: &Line<'_>| (0..line.1.len()).map(|n| i16::from(n > 0)).collect::<Vec<_>>();
            let repeated: Vec<i16> = lines.iter().flat_map(again).collect();
            let there = vec![3; numbers.len()];
            let done = writer.typed::<FloatType>().write_batch(&numbers, Some(&there), Some(&repeated));
            done.expect("numbers");
        } else {
            let values = if column == 0 { texts(|line| line.0.into()) } else { texts(|line| line.2.into()) };
            let there = vec![1; values.len()];
            writer.typed::<ByteArrayType>().write_batch(&values, Some(&there), None).expect("texts");
        }
        writer.close().expect("written");
    }
    group.close().expect("written");
    file.into_inner().expect("a file")
}

/// A file as it may be, whose reader breaks on its first value all the same.
fn unread() -> Vec<u8> {
    let schema = parse_message_type("message record { required fixed_len_byte_array (12) id (INTERVAL); }");
    let schema = Arc::new(schema.expect("a schema"));
    let mut file = SerializedFileWriter::new(Vec::new(), schema, Arc::default()).expect("a file");
    let mut group = file.next_row_group().expect("a group");
    let mut writer = group.next_column().expect("a column").expect("one column");
    let value = FixedLenByteArray::from(vec![0; 12]);
    writer.typed::<FixedLenByteArrayType>().write_batch(&[value], None, None).expect("a value");
    writer.close().expect("written");
    group.close().expect("written");
    file.into_inner().expect("a file")
}

impl House {
    /// What can be imported from `place` in the directory of imports.
    fn lay(&self, place: &str, lines: &[Line<'_>]) {
        let file = self.data_dir().with_file_name("imports").join(place);
        fs::create_dir_all(file.parent().expect("a directory")).expect("a directory");
        fs::write(file, parquet(lines)).expect("a file");
    }

    fn uri(&self, place: &str) -> String {
        format!("file://{}", self.data_dir().with_file_name("imports").join(place).display())
    }

    /// Lets the worker do what is asked for until nothing waits.
    pub async fn work(&self) {
        let idle = async {
            while self.count("SELECT COUNT(*) FROM imports WHERE state IN ('pending', 'in-progress')").await
                > 0
            {
                tokio::time::sleep(Duration::from_millis(10)).await;
            }
        };
        let done =
            tokio::time::timeout(Duration::from_secs(60), imports::run_worker(self.services.clone(), idle));
        done.await.expect("it ends");
    }
}

impl Town<'_> {
    async fn import(&self, index: IndexId, place: &str, on_error: OnError) -> Result<ImportId> {
        let uri = self.house.uri(place);
        imports::start(&self.house.services, &origin(), &self.ada, index, &uri, on_error).await
    }

    async fn told(&self, index: IndexId, id: ImportId) -> Result<Import> {
        self.told_to(&self.ada, index, id).await
    }

    async fn told_to(&self, who: &impl Principal, index: IndexId, id: ImportId) -> Result<Import> {
        let services = &self.house.services;
        let granted = authorize::<may::ViewImports>(services, &origin(), who, index).await?;
        imports::get(services, &granted, id).await
    }

    async fn cancel(&self, index: IndexId, id: ImportId) -> Result<()> {
        imports::cancel(&self.house.services, &origin(), &self.ada, index, id).await
    }

    async fn held(&self, index: IndexId) -> u64 {
        let granted = self.granted(index).await;
        records::stats(&self.house.services, &granted, None).await.expect("stats").value.records
    }
}

const GOOD: &[Line<'_>] =
    &[("a", &[1.0, 0.0], "{\"n\":1}"), ("b", &[0.0, 1.0], "{}"), ("a", &[1.0, 1.0], "{}")];
const BAD: &[Line<'_>] = &[("a", &[1.0, 0.0], "{}"), ("b", &[1.0], "{}"), ("c", &[1.0, 1.0], "[]")];

on_both! {
    async fn files_become_records(house: &House) {
        let town = house.town().await;
        let index = town.index("notes").await;
        house.lay("in/a.parquet", GOOD);
        house.lay("in/one/a.parquet", GOOD);
        let id = town.import(index, "in", OnError::Abort).await.expect("an import");
        assert_eq!(town.told(index, id).await.expect("told").state, ImportState::Pending);
        house.work().await;
        let told = town.told(index, id).await.expect("told");
        assert_eq!((told.state, told.records, told.refused, told.error), (ImportState::Completed, 6, 0, None));
        assert!((told.percent - 100.0).abs() < 1e-9);
        // The second `a` of a file replaces its first.
        assert_eq!(town.held(index).await, 4);
        let granted = authorize(&house.services, &origin(), &town.ada, index).await.expect("a right");
        let listed = imports::list(&house.services, &granted, &Paging::default()).await.expect("a page");
        assert_eq!(listed.items.iter().map(|import| import.id).collect::<Vec<_>>(), [id]);
        assert!(town.deeds().await.contains(&"import.started".to_owned()));
    }

    async fn what_is_no_record_is_told(house: &House) {
        let town = house.town().await;
        let index = town.index("notes").await;
        house.lay("in/a.parquet", BAD);
        fs::write(house.data_dir().with_file_name("imports").join("in/b.parquet"), "no Parquet").expect("a file");
        let id = town.import(index, "in", OnError::Continue).await.expect("an import");
        house.work().await;
        let told = town.told(index, id).await.expect("told");
        assert_eq!((told.state, told.records, told.refused), (ImportState::Completed, 1, 3));
        let refusals: Vec<String> = told.refusals.iter().map(ToString::to_string).collect();
        assert_eq!(refusals[0], "a.parquet, row 2: values: must have 2 numbers like its index, but has 1");
        assert!(refusals[1].starts_with("a.parquet, row 3: metadata: must be an object in JSON"), "{refusals:?}");
        assert!(refusals[2].starts_with("b.parquet: "), "{refusals:?}");

        let id = town.import(index, "in", OnError::Abort).await.expect("an import");
        house.work().await;
        let told = town.told(index, id).await.expect("told");
        assert_eq!((told.state, told.error.as_deref()), (ImportState::Failed, Some(&*refusals[0])));
    }

    async fn a_file_that_breaks_its_reader_is_not_tried_again(house: &House) {
        let town = house.town().await;
        let index = town.index("notes").await;
        house.lay("in/b.parquet", GOOD);
        fs::write(house.data_dir().with_file_name("imports").join("in/a.parquet"), unread()).expect("a file");
        let id = town.import(index, "in", OnError::Abort).await.expect("an import");
        house.work().await;
        let told = town.told(index, id).await.expect("told");
        let error = told.error.unwrap_or_default();
        assert_eq!(told.state, ImportState::Failed);
        assert!(error.starts_with("a.parquet: it is no file of Parquet"), "{error}");
        let id = town.import(index, "in", OnError::Continue).await.expect("an import");
        house.work().await;
        let told = town.told(index, id).await.expect("told");
        assert_eq!((told.state, told.records, told.refused), (ImportState::Completed, 3, 1), "the next file is read");
    }

    async fn an_import_goes_on_where_it_was(house: &House) {
        let town = house.town().await;
        let index = town.index("notes").await;
        house.lay("in/a.parquet", GOOD);
        house.lay("in/b.parquet", &[("x", &[1.0, 0.0], "{}"), ("y", &[0.0, 1.0], "{}")]);
        let id = town.import(index, "in", OnError::Abort).await.expect("an import");
        let set = "UPDATE imports SET state = 'in-progress', files_done = 1, rows_done = 1, bytes_done = 9, records = 4 WHERE id = $1";
        house.run(set, &[id.to_string()]).await;
        house.work().await;
        let told = town.told(index, id).await.expect("told");
        assert_eq!((told.state, told.records), (ImportState::Completed, 5));
        assert_eq!(told.bytes_done, told.bytes, "what was read of a file before is not counted twice");
        assert_eq!(town.held(index).await, 1, "what was read before is not read again");
    }

    async fn what_is_cancelled_is_not_done(house: &House) {
        let town = house.town().await;
        let (index, other) = (town.index("notes").await, town.index("other").await);
        house.lay("in/a.parquet", GOOD);
        let id = town.import(index, "in", OnError::Abort).await.expect("an import");
        assert_eq!(problem(town.cancel(other, id).await), Problem::NotFound);
        town.cancel(index, id).await.expect("cancelled");
        town.cancel(index, id).await.expect("it stays as it is");
        house.work().await;
        assert_eq!(town.told(index, id).await.expect("told").state, ImportState::Cancelled);
        assert_eq!(town.held(index).await, 0);
        assert_eq!(problem(town.told(other, id).await), Problem::NotFound);
        let deeds = town.deeds().await;
        assert_eq!(deeds.iter().filter(|deed| *deed == "import.cancelled").count(), 1);
    }

    async fn imports_go_with_their_index(house: &House) {
        let town = house.town().await;
        let index = town.index("notes").await;
        house.lay("in/a.parquet", BAD);
        town.import(index, "in", OnError::Continue).await.expect("an import");
        house.work().await;
        town.import(index, "in", OnError::Continue).await.expect("an import");
        indexes::delete(&house.services, &origin(), &town.ada, index).await.expect("gone");
        house.work().await;
        for table in ["SELECT COUNT(*) FROM imports", "SELECT COUNT(*) FROM import_refusals"] {
            assert_eq!(house.count(table).await, 0, "{table}");
        }
    }

    async fn a_key_of_some_namespaces_has_no_part_in_them(house: &House) {
        let town = house.town().await;
        let index = town.index("notes").await;
        house.lay("in/a.parquet", GOOD);
        let id = town.import(index, "in", OnError::Abort).await.expect("an import");
        let scope = KeyScope::parse("", "one").expect("a scope");
        let (_, secret) = key(&town, "limited", KeyRights { scope, ..editor() }).await;
        let limited = enter(&house.services, &secret).await.expect("a key");
        let outside = Problem::OutsideKey { part: KeyPart::Namespaces };
        assert_eq!(problem(town.told_to(&limited, index, id).await), outside);
        let uri = house.uri("in");
        let start = imports::start(&house.services, &origin(), &limited, index, &uri, OnError::Abort).await;
        assert_eq!(problem(start), outside);
        let cancel = imports::cancel(&house.services, &origin(), &limited, index, id).await;
        assert_eq!(problem(cancel), outside);
    }
}
