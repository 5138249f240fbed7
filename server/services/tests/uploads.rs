//! Files that people send: in chunks, looked into, read, held, and taken away again.

use crate::{
    house::{House, on_both, origin, problem},
    indexes::new,
    people::Town,
};
use conifer_domain::{
    Field, Problem, Rule,
    exports::{ExportAsked, ExportFormat},
    ids::{ImportId, IndexId, UploadId},
    imports::{Import, ImportState, OnError},
    indexes::{Metric, NewIndex, Vectors},
    limits::DAY_MS,
    permissions::may,
    uploads::{
        FileFormat, Ids, Mapping, Part, Preview, Reading, UPLOAD_BYTES_WAITING_MAX, UPLOADS_WAITING_MAX,
        Upload,
    },
};
use conifer_services::{
    Result,
    authorize::{Granted, authorize},
    imports::{
        self,
        uploads::{self, NewUpload, Start},
    },
    indexes, records,
};
use std::{fs, time::Duration};

fn new_upload(name: &str, bytes: usize) -> NewUpload {
    NewUpload { name: name.into(), bytes: bytes as u64 }
}

fn reading(format: FileFormat, namespace: &str) -> Reading {
    Reading { format, namespace: namespace.into(), mapping: Mapping::default(), ids: Ids::default() }
}

impl Town<'_> {
    async fn may_import(&self, index: IndexId) -> Granted<may::ImportVectors> {
        authorize(&self.house.services, &origin(), &self.ada, index).await.expect("a right")
    }

    async fn begin(&self, index: IndexId, name: &str, bytes: usize) -> Result<Upload> {
        uploads::begin(&self.house.services, &origin(), &self.ada, index, new_upload(name, bytes)).await
    }

    async fn append(&self, index: IndexId, id: UploadId, offset: usize, chunk: &[u8]) -> Result<u64> {
        let granted = self.may_import(index).await;
        uploads::append(&self.house.services, &granted, id, offset as u64, chunk.to_vec()).await
    }

    async fn sent(&self, index: IndexId, name: &str, bytes: &[u8]) -> UploadId {
        let upload = self.begin(index, name, bytes.len()).await.expect("begun");
        for (nth, chunk) in bytes.chunks(1 << 20).enumerate() {
            self.append(index, upload.id, nth << 20, chunk).await.expect("sent");
        }
        upload.id
    }

    async fn read(&self, index: IndexId, upload: UploadId, reading: Reading) -> Result<ImportId> {
        let start = Start { upload, reading, on_error: OnError::Continue };
        uploads::start(&self.house.services, &origin(), &self.ada, index, start).await
    }

    async fn preview(&self, index: IndexId, upload: UploadId, reading: Reading) -> Preview {
        let granted = self.may_import(index).await;
        uploads::preview(&self.house.services, &granted, upload, reading).await.expect("a preview")
    }

    async fn import_of(&self, index: IndexId, id: ImportId) -> Import {
        let services = &self.house.services;
        let granted = authorize(services, &origin(), &self.ada, index).await.expect("a right");
        imports::get(services, &granted, id).await.expect("an import")
    }

    async fn report(&self, index: IndexId, id: ImportId) -> String {
        let services = &self.house.services;
        let granted = authorize(services, &origin(), &self.ada, index).await.expect("a right");
        let mut refused = imports::refused(services, &granted, id).await.expect("a report");
        let mut bytes = Vec::new();
        while let Some(piece) = refused.next().await {
            bytes.extend(piece.expect("a piece"));
        }
        String::from_utf8(bytes).expect("text")
    }

    async fn file_of(&self, index: IndexId, namespace: &str, format: ExportFormat) -> Vec<u8> {
        let asked = ExportAsked { namespace: namespace.into(), format, ..ExportAsked::default() };
        let mut export =
            records::export(&self.house.services, &origin(), &self.ada, index, &asked).await.expect("begun");
        let mut bytes = Vec::new();
        while let Some(piece) = export.next().await {
            bytes.extend(piece.expect("a piece"));
        }
        bytes
    }
}

impl House {
    fn uploaded_files(&self) -> usize {
        fs::read_dir(self.data_dir().join("uploads")).map_or(0, Iterator::count)
    }

    /// Lets the worker look around once.
    async fn look_around(&self) {
        let pause = tokio::time::sleep(Duration::from_millis(300));
        imports::run_worker(self.services.clone(), pause).await;
    }
}

fn lines(count: usize) -> String {
    (0..count).map(|n| format!("{{\"id\": \"r{n:06}\", \"values\": [{n}.5, -1], \"year\": {n}}}\n")).collect()
}

on_both! {
    async fn a_file_is_sent_in_chunks_and_becomes_records(house: &House) {
        let town = house.town().await;
        let index = town.index("notes").await;
        let text = lines(3_000);
        let upload = town.begin(index, "notes.jsonl", text.len()).await.expect("begun");
        let (first, rest) = text.as_bytes().split_at(10_001);
        assert_eq!(problem(town.append(index, upload.id, 1, first).await), Problem::Conflict);
        assert_eq!(town.append(index, upload.id, 0, first).await.expect("sent"), 10_001);
        assert_eq!(problem(town.append(index, upload.id, 0, first).await), Problem::Conflict);
        assert_eq!(problem(town.append(index, upload.id, 10_001, text.as_bytes()).await), Problem::BadRequest);
        let early = town.read(index, upload.id, reading(FileFormat::Jsonl, "")).await;
        assert_eq!(problem(early), Problem::invalid(Field::File, Rule::NotWhole));
        town.append(index, upload.id, 10_001, rest).await.expect("sent");

        let looked = town.preview(index, upload.id, reading(FileFormat::Jsonl, "")).await;
        let columns: Vec<_> = looked.columns.iter().map(|column| (column.name.as_str(), column.part)).collect();
        assert_eq!(columns, [("id", Part::Id), ("values", Part::Values), ("year", Part::Field)]);
        assert_eq!((looked.rows, looked.refused.len(), looked.columns[0].samples[0].as_str()), (100, 0, "\"r000000\""));
        let other = Mapping { columns: [("values".into(), Part::Field)].into(), others_left_out: false };
        let looked = town.preview(index, upload.id, Reading { mapping: other, ..reading(FileFormat::Jsonl, "") }).await;
        assert_eq!(looked.refused.len(), 100);
        assert!(looked.refused[0].1.starts_with("metadata"), "{:?}", looked.refused[0]);

        let id = town.read(index, upload.id, reading(FileFormat::Jsonl, "spring")).await.expect("an import");
        assert_eq!(problem(town.read(index, upload.id, reading(FileFormat::Jsonl, "")).await), Problem::NotFound);
        house.work().await;
        let told = town.import_of(index, id).await;
        assert_eq!((told.state, told.records, told.refused, told.error), (ImportState::Completed, 3_000, 0, None));
        assert_eq!(told.bytes_done, text.len() as u64);
        let found = String::from_utf8(town.file_of(index, "spring", ExportFormat::Jsonl).await).expect("text");
        assert!(found.starts_with("{\"id\":\"r000000\",\"values\":[0.5,-1.0],\"metadata\":{\"year\":0"), "{}", &found[..99]);
        assert_eq!(found.lines().count(), 3_000);
        house.look_around().await;
        assert_eq!((house.uploaded_files(), house.count("SELECT COUNT(*) FROM uploads").await), (0, 0));
    }

    async fn chunks_for_the_same_place_leave_what_was_counted(house: &House) {
        let town = house.town().await;
        let index = town.index("notes").await;
        let chunks = [vec![b'a'; 700_000], vec![b'b'; 3], vec![b'c'; 90_000], vec![b'd'; 1]];
        let upload = town.begin(index, "notes.jsonl", 30 * 1_000_000).await.expect("begun").id;
        let mut kept: Vec<u8> = Vec::new();
        for _ in 0..30 {
            let sent = chunks.iter().map(|chunk| town.append(index, upload, kept.len(), chunk));
            let answers = futures_util::future::join_all(sent).await;
            let won: Vec<_> = answers.iter().zip(&chunks).filter(|(answer, _)| answer.is_ok()).collect();
            assert_eq!(won.len(), 1, "{answers:?}");
            kept.extend(won[0].1);
            assert_eq!(*won[0].0.as_ref().expect("it won"), kept.len() as u64);
            let file = fs::read(house.data_dir().join("uploads").join(upload.to_string())).expect("a file");
            assert!(file == kept, "{} bytes, not {}", file.len(), kept.len());
        }
    }

    async fn what_is_no_record_is_reported(house: &House) {
        let town = house.town().await;
        let index = town.index("notes").await;
        let text = format!("id,values\n{}good,1 2\n", "bad,1\n".repeat(2_500));
        let upload = town.sent(index, "notes.csv", text.as_bytes()).await;
        let id = town.read(index, upload, reading(FileFormat::Csv, "")).await.expect("an import");
        house.work().await;
        let told = town.import_of(index, id).await;
        assert_eq!((told.state, told.records, told.refused, told.refusals.len()), (ImportState::Completed, 1, 2_500, 100));
        let report = town.report(index, id).await;
        assert_eq!(report.lines().count(), 2_501);
        assert!(report.starts_with("file,row,reason\nnotes.csv,1,"), "{}", &report[..99]);
        assert!(report.lines().last().is_some_and(|line| line.starts_with("notes.csv,2500,\"values: must have 2")), "{report}");
    }

    async fn an_import_waits_goes_on_and_ends(house: &House) {
        let town = house.town().await;
        let index = town.index("notes").await;
        let services = &house.services;
        let upload = town.sent(index, "notes.jsonl", lines(20).as_bytes()).await;
        let id = town.read(index, upload, reading(FileFormat::Jsonl, "")).await.expect("an import");
        imports::pause(services, &origin(), &town.ada, index, id).await.expect("paused");
        house.look_around().await;
        let told = town.import_of(index, id).await;
        assert!(told.is_paused && told.state == ImportState::Pending && told.records == 0, "{told:?}");
        assert_eq!(house.uploaded_files(), 1, "it is still wanted");
        imports::resume(services, &origin(), &town.ada, index, id).await.expect("resumed");
        house.work().await;
        assert_eq!(town.import_of(index, id).await.records, 20);
        imports::pause(services, &origin(), &town.ada, index, id).await.expect("it is over");
        assert!(!town.import_of(index, id).await.is_paused);
        let deeds = town.deeds().await;
        for deed in ["import.paused", "import.resumed"] {
            assert_eq!(deeds.iter().filter(|done| *done == deed).count(), 1, "{deed}");
        }

        let upload = town.sent(index, "more.jsonl", lines(20).as_bytes()).await;
        let id = town.read(index, upload, reading(FileFormat::Jsonl, "")).await.expect("an import");
        imports::cancel(services, &origin(), &town.ada, index, id).await.expect("cancelled");
        house.look_around().await;
        assert_eq!(house.uploaded_files(), 0);
    }

    async fn what_nobody_reads_is_removed(house: &House) {
        let town = house.town().await;
        let index = town.index("notes").await;
        town.sent(index, "old.jsonl", b"{}").await;
        fs::write(house.data_dir().join("uploads").join("stray"), "left by a crash").expect("a file");
        house.later(DAY_MS / 2);
        let young = town.sent(index, "young.jsonl", b"{}").await;
        house.later(DAY_MS / 2 + 1_000);
        house.look_around().await;
        assert_eq!(house.uploaded_files(), 1);
        uploads::abandon(&house.services, &origin(), &town.ada, index, young).await.expect("gone");
        house.look_around().await;
        assert_eq!(house.uploaded_files(), 0);
        assert_eq!(problem(uploads::abandon(&house.services, &origin(), &town.ada, index, young).await), Problem::NotFound);
    }

    async fn uploads_have_limits(house: &House) {
        let town = house.town().await;
        let (index, other) = (town.index("notes").await, town.index("other").await);
        assert_eq!(problem(town.begin(index, "a.exe", 1).await), Problem::invalid(Field::File, Rule::NotAFormat));
        assert_eq!(problem(town.begin(index, "a.csv", 0).await), Problem::invalid(Field::File, Rule::Required));
        assert!(matches!(problem(town.begin(index, "a.csv", (2 << 30) + 1).await), Problem::TooLarge { .. }));
        let first = town.begin(index, "a.csv", 1).await.expect("begun");
        assert_eq!(problem(town.append(other, first.id, 0, b"a").await), Problem::NotFound);
        for _ in 1..UPLOADS_WAITING_MAX {
            town.begin(index, "a.csv", 1).await.expect("begun");
        }
        let full = Problem::UploadsFull { waiting_max: UPLOADS_WAITING_MAX };
        assert_eq!(problem(town.begin(index, "a.csv", 1).await), full);
        town.begin(other, "a.csv", 1).await.expect("begun");
    }

    async fn a_project_waits_for_so_many_bytes(house: &House) {
        let town = house.town().await;
        let (index, other) = (town.index("notes").await, town.index("other").await);
        const LARGEST: usize = 2 << 30;
        for index in [index, other, index] {
            town.begin(index, "a.csv", LARGEST).await.expect("begun");
        }
        let last = town.begin(other, "a.csv", LARGEST).await.expect("just as many");
        let full = Problem::UploadBytesFull { bytes_max: UPLOAD_BYTES_WAITING_MAX, bytes: UPLOAD_BYTES_WAITING_MAX + 1 };
        assert_eq!(problem(town.begin(index, "a.csv", 1).await), full);
        uploads::abandon(&house.services, &origin(), &town.ada, other, last.id).await.expect("gone");
        town.begin(index, "a.csv", 1).await.expect("there is room again");
    }

    async fn what_an_import_still_needs_counts_as_well(house: &House) {
        let town = house.town().await;
        let (index, services) = (town.index("notes").await, &house.services);
        let upload = town.sent(index, "notes.jsonl", lines(20).as_bytes()).await;
        let id = town.read(index, upload, reading(FileFormat::Jsonl, "")).await.expect("an import");
        imports::pause(services, &origin(), &town.ada, index, id).await.expect("paused");
        house.run_made(format!("UPDATE uploads SET bytes = {UPLOAD_BYTES_WAITING_MAX}")).await;
        let full = Problem::UploadBytesFull { bytes_max: UPLOAD_BYTES_WAITING_MAX, bytes: UPLOAD_BYTES_WAITING_MAX + 1 };
        assert_eq!(problem(town.begin(index, "a.csv", 1).await), full);
        imports::cancel(services, &origin(), &town.ada, index, id).await.expect("cancelled");
        house.look_around().await;
        town.begin(index, "a.csv", 1).await.expect("there is room again");
    }

    async fn bytes_go_with_what_they_were_sent_for(house: &House) {
        let town = house.town().await;
        let (index, other) = (town.index("notes").await, town.index("other").await);
        let upload = town.sent(index, "a.csv", b"id\n").await;
        town.sent(other, "a.csv", b"id\n").await;
        let kept = town.sent(index, "b.csv", b"id\n").await;
        assert_eq!(house.uploaded_files(), 3);
        // No worker looks around here.
        uploads::abandon(&house.services, &origin(), &town.ada, index, upload).await.expect("gone");
        assert_eq!(house.uploaded_files(), 2);
        indexes::delete(&house.services, &origin(), &town.ada, other).await.expect("gone");
        assert_eq!(house.uploaded_files(), 1);
        assert!(house.data_dir().join("uploads").join(kept.to_string()).exists());
    }

    async fn requests_are_read_to_the_end_of_their_file(house: &House) {
        let town = house.town().await;
        let index = town.index("notes").await;
        let request = |id: &str| format!("{{\"vectors\": [{{\"id\": \"{id}\", \"values\": [1, 0]}}], \"namespace\": \"spring\"}}\n");
        let text = format!("{}{}", request("a"), request("b"));
        let upload = town.sent(index, "log.json", text.as_bytes()).await;
        let id = town.read(index, upload, reading(FileFormat::Json, "spring")).await.expect("an import");
        house.work().await;
        let told = town.import_of(index, id).await;
        assert_eq!((told.state, told.records, told.refused), (ImportState::Completed, 2, 0), "{told:?}");
        let upload = town.sent(index, "log.json", format!("{text}, 7").as_bytes()).await;
        let id = town.read(index, upload, reading(FileFormat::Json, "spring")).await.expect("an import");
        house.work().await;
        let told = town.import_of(index, id).await;
        assert_eq!((told.records, told.refused), (2, 1), "{told:?}");
        assert!(told.refusals[0].reason.contains("something follows the end of the list"), "{told:?}");
    }

    async fn an_array_has_its_ids_beside_it(house: &House) {
        let town = house.town().await;
        let index = town.index("notes").await;
        let head = format!("{{'descr': '<f4', 'fortran_order': False, 'shape': ({}, 2), }}\n", 3);
        let mut array = [b"\x93NUMPY\x01\x00", &(head.len() as u16).to_le_bytes()[..], head.as_bytes()].concat();
        array.extend([1.0_f32, 0.0, 0.0, 1.0, 0.5, 0.5].iter().flat_map(|number| number.to_le_bytes()));
        let upload = town.sent(index, "a.npy", &array).await;
        let ids = town.sent(index, "a.txt", b"x\ny\nz\n").await;
        let named = Reading { ids: Ids::From(ids), ..reading(FileFormat::Npy, "") };
        town.read(index, upload, named).await.expect("an import");
        let upload = town.sent(index, "a.npy", &array).await;
        let numbered = Reading { ids: Ids::Numbered("row-".into()), ..reading(FileFormat::Npy, "") };
        town.read(index, upload, numbered).await.expect("an import");
        house.work().await;
        let found = String::from_utf8(town.file_of(index, "", ExportFormat::Csv).await).expect("text");
        let ids: Vec<&str> = found.lines().skip(1).filter_map(|line| line.split(',').next()).collect();
        assert_eq!(ids, ["row-0", "row-1", "row-2", "x", "y", "z"]);
    }

    async fn what_is_exported_comes_back_equal(house: &House) {
        let town = house.town().await;
        let vectors = Vectors::Dense { dimension: 2, metric: Metric::Dotproduct };
        let index = town.create(NewIndex { vectors, ..new("notes") }).await.expect("an index").id;
        let text: String = (0..2_500)
            .map(|n| format!(
                "{{\"id\": \"r{n:04}\", \"values\": [{n}.1, -3e-7], \"sparse_values\": {{\"indices\": [{n}, 4000000000], \"values\": [0.1, 7]}}, \"metadata\": {{\"n\": {n}, \"tags\": [\"a\", \"b,\\\"\\n\"], \"no\": true}}}}\n"
            ))
            .collect();
        let upload = town.sent(index, "a.jsonl", text.as_bytes()).await;
        town.read(index, upload, reading(FileFormat::Jsonl, "first")).await.expect("an import");
        house.work().await;
        let wanted = town.file_of(index, "first", ExportFormat::Jsonl).await;
        assert_eq!(wanted.iter().filter(|byte| **byte == b'\n').count(), 2_500);
        for (name, format, from) in [
            ("a.jsonl", FileFormat::Jsonl, ExportFormat::Jsonl),
            ("a.csv", FileFormat::Csv, ExportFormat::Csv),
            ("a.parquet", FileFormat::Parquet, ExportFormat::Parquet),
        ] {
            let file = town.file_of(index, "first", from).await;
            let upload = town.sent(index, name, &file).await;
            let id = town.read(index, upload, reading(format, format.as_str())).await.expect("an import");
            house.work().await;
            let told = town.import_of(index, id).await;
            assert_eq!((told.records, told.refused), (2_500, 0), "{told:?}");
            assert!(town.file_of(index, format.as_str(), ExportFormat::Jsonl).await == wanted, "{name}");
        }
    }
}
