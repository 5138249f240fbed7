//! Indexes as rows and as vectors: made and deleted as one thing, whatever comes between.

use crate::{
    house::{CHEAP, House, on_both, origin, problem, vectors},
    people::Town,
    records::record,
};
use conifer_domain::{
    Field, Problem, Rule,
    ids::{IndexId, ProjectId},
    indexes::{
        Deployment, IndexChange, IndexName, IndexState, Metric, NewIndex, PodChange, PodType, ReadCapacity,
        Tags, Vectors,
    },
    organizations::OrganizationRole::Member,
    permissions::may,
    projects::ProjectRole,
};
use conifer_services::{
    Entry, Result, Services, authorize::authorize, indexes, namespaces, projects, records,
};
use std::sync::Arc;
use tokio::task::JoinSet;

pub fn new(name: &str) -> NewIndex {
    NewIndex {
        name: IndexName::parse(name).expect("a name"),
        vectors: Vectors::Dense { dimension: 2, metric: Metric::Cosine },
        deployment: Deployment::default(),
        tags: Tags::default(),
        deletion_protection: false,
    }
}

fn tags(pairs: &[(&str, &str)]) -> Tags {
    Tags::new(pairs.iter().map(|(key, value)| ((*key).into(), (*value).into()))).expect("tags")
}

impl Town<'_> {
    pub async fn create(&self, new: NewIndex) -> Result<Arc<Entry>> {
        indexes::create(&self.house.services, &origin(), &self.ada, self.project_id, new).await
    }

    pub async fn index(&self, name: &str) -> IndexId {
        self.create(new(name)).await.expect("an index").id
    }

    async fn delete(&self, id: IndexId) -> Result<()> {
        indexes::delete(&self.house.services, &origin(), &self.ada, id).await
    }

    async fn configure(&self, id: IndexId, change: IndexChange) -> Result<Arc<Entry>> {
        indexes::configure(&self.house.services, &origin(), &self.ada, id, change).await
    }

    async fn names(&self) -> Vec<String> {
        let services = &self.house.services;
        let granted = authorize(services, &origin(), &self.ada, self.project_id).await.expect("a right");
        let list = indexes::list(services, &granted).await.expect("a list");
        list.iter().map(|entry| entry.name.clone()).collect()
    }
}

/// How many indexes the engine has: it is asked for the vectors of all rows, and warns of others.
async fn rows(house: &House) -> Vec<String> {
    house.rows("SELECT state FROM indexes ORDER BY name").await
}

/// The same data directory and database after the process was killed: what was in memory is lost.
async fn restarted(house: &House) -> Services {
    house.services.close_vectors();
    house.again(CHEAP, |settings| settings.vectors = vectors()).await
}

async fn is_missing(services: &Services, town: &Town<'_>, id: IndexId) -> bool {
    let granted = authorize::<may::QueryVectors>(services, &origin(), &town.ada, id).await;
    granted.is_err_and(|error| error.problem() == Problem::NotFound)
}

on_both! {
    async fn one_is_ready_when_it_was_made(house: &House) {
        let town = house.town().await;
        let asked = NewIndex {
            deployment: Deployment::serverless("mars", "olympus-1", ReadCapacity::OnDemand).expect("a deployment"),
            tags: tags(&[("team", "search")]),
            deletion_protection: true,
            ..new("notes")
        };
        let made = town.create(asked.clone()).await.expect("an index");
        assert_eq!((made.name.as_str(), made.state, made.port), ("notes", IndexState::Ready, Some(5081)));
        assert_eq!((&made.deployment, &made.tags), (&asked.deployment, &asked.tags));
        assert!(made.deletion_protection && made.vectors == asked.vectors);
        let granted = authorize(&house.services, &origin(), &town.ada, made.id).await.expect("a right");
        let described = indexes::describe(&house.services, &granted).await.expect("the index");
        assert_eq!(described.id, indexes::named(&house.services, town.project_id, "notes"));
        let stats = indexes::measure(&house.services, &granted).await.expect("its size");
        assert_eq!((stats.records, stats.namespaces), (0, 0));
        assert!(town.deeds().await.contains(&"index.created".to_owned()));
    }

    async fn a_name_is_taken_once_in_a_project(house: &House) {
        let town = house.town().await;
        town.index("notes").await;
        assert_eq!(problem(town.create(new("notes")).await), Problem::invalid(Field::IndexName, Rule::Taken));
        let other = town.new_project("Other").await;
        let elsewhere = indexes::create(&house.services, &origin(), &town.ada, other, new("notes")).await;
        assert_eq!(elsewhere.expect("free there").port, Some(5082));
        assert_eq!(town.names().await, ["notes"]);
    }

    async fn of_many_who_race_for_a_name_one_gets_it(house: &House) {
        let town = house.town().await;
        let mut racers = JoinSet::new();
        for _ in 0..8 {
            let (services, ada, project) = (house.services.clone(), town.ada.clone(), town.project_id);
            racers.spawn(async move {
                indexes::create(&services, &origin(), &ada, project, new("wanted")).await.map(|entry| entry.id)
            });
        }
        let outcomes = racers.join_all().await;
        let won: Vec<_> = outcomes.iter().flatten().collect();
        assert_eq!(won.len(), 1);
        for lost in outcomes.iter().filter_map(|outcome| outcome.as_ref().err()) {
            assert_eq!(lost.problem(), Problem::invalid(Field::IndexName, Rule::Taken));
        }
        assert_eq!(indexes::named(&house.services, town.project_id, "wanted"), *won[0]);
        assert_eq!(rows(house).await, ["ready"]);
    }

    async fn ports_are_kept_and_given_again(house: &House) {
        let town = house.town().await;
        let ports = async |name: &str| town.create(new(name)).await.expect("an index").port;
        let a = town.index("a").await;
        assert_eq!((ports("b").await, ports("c").await), (Some(5082), Some(5083)));
        assert_eq!(ports("d").await, None, "the range is used up");
        town.delete(a).await.expect("gone");
        assert_eq!(house.services.directory().by_port(5081), None);
        assert_eq!(ports("e").await, Some(5081));
        let again = restarted(house).await;
        let entry = again.directory().by_name(town.project_id, "b").expect("the index");
        assert_eq!((entry.port, again.directory().by_port(5082)), (Some(5082), Some(entry.id)));
    }

    async fn it_is_found_by_its_label(house: &House) {
        let town = house.town().await;
        let id = town.index("notes").await;
        let label = conifer_domain::hosts::label("notes", town.project_id);
        assert_eq!(house.services.directory().by_label(&label), Some(id));
        assert_eq!(house.services.directory().by_label(&label.to_uppercase()), Some(id));
        assert_eq!(house.services.directory().by_label("notes"), None);
    }

    async fn what_is_configured_is_kept(house: &House) {
        let town = house.town().await;
        let id = town.create(NewIndex { tags: tags(&[("a", "1"), ("b", "2")]), ..new("notes") }).await.expect("an index").id;
        let change = IndexChange {
            tags: Some(tags(&[("a", ""), ("c", "3")])),
            deletion_protection: Some(true),
            read_capacity: Some(ReadCapacity::dedicated("b1", 1, 1).expect("a capacity")),
            ..IndexChange::default()
        };
        let changed = town.configure(id, change.clone()).await.expect("changed");
        assert_eq!((&changed.tags, changed.deletion_protection), (&tags(&[("b", "2"), ("c", "3")]), true));
        assert_eq!(changed.deployment.read_capacity(), change.read_capacity.as_ref());
        let deeds = async || town.deeds().await.iter().filter(|deed| *deed == "index.configured").count();
        assert_eq!(deeds().await, 1);
        town.configure(id, IndexChange { deletion_protection: Some(true), ..IndexChange::default() }).await.expect("as it is");
        assert_eq!(deeds().await, 1, "nothing was changed");
        let pods = IndexChange { pods: Some(PodChange { replicas: Some(2), pod_type: None }), ..IndexChange::default() };
        assert_eq!(problem(town.configure(id, pods.clone()).await), Problem::invalid(Field::PodType, Rule::OtherDeployment));
        let deployment = Deployment::pod("here", PodType::default(), 1, 1).expect("a deployment");
        let id = town.create(NewIndex { deployment, ..new("pods") }).await.expect("an index").id;
        let changed = town.configure(id, pods).await.expect("changed");
        assert!(matches!(&changed.deployment, Deployment::Pod { replicas: 2, .. }));
    }

    async fn a_protected_one_stays(house: &House) {
        let town = house.town().await;
        let id = town.create(NewIndex { deletion_protection: true, ..new("notes") }).await.expect("an index").id;
        assert_eq!(problem(town.delete(id).await), Problem::DeletionProtected);
        let project = projects::delete(&house.services, &origin(), &town.ada, town.project_id, "First notes").await;
        assert_eq!(problem(project), Problem::DeletionProtected);
        town.configure(id, IndexChange { deletion_protection: Some(false), ..IndexChange::default() }).await.expect("changed");
        let typed = async |name| indexes::delete_typed(&house.services, &origin(), &town.ada, id, name).await;
        assert_eq!(problem(typed("note").await), Problem::invalid(Field::TypedName, Rule::Mismatch));
        typed(" notes ").await.expect("gone");
        assert_eq!((town.names().await.len(), rows(house).await.len()), (0, 0));
        assert_eq!(problem(town.delete(id).await), Problem::NotFound);
    }

    async fn it_goes_with_its_project(house: &House) {
        let town = house.town().await;
        let id = town.index("notes").await;
        let other = town.new_project("Other").await;
        let kept = indexes::create(&house.services, &origin(), &town.ada, other, new("kept")).await.expect("an index").id;
        projects::delete(&house.services, &origin(), &town.ada, town.project_id, "First notes").await.expect("gone");
        assert!(house.services.directory().get(id).is_none());
        assert!(is_missing(&house.services, &town, id).await);
        assert_eq!(house.rows("SELECT id FROM indexes").await, [kept.to_string()]);
        let again = restarted(house).await;
        assert!(again.directory().get(kept).is_some());
    }

    async fn what_a_crash_left_half_made_is_undone(house: &House) {
        let town = house.town().await;
        let (making, deleting, left) = (town.index("making").await, town.index("deleting").await, town.index("left").await);
        let kept = town.index("kept").await;
        // Killed after the row, with or without vectors; after the mark to delete, with or without vectors.
        let set = "UPDATE indexes SET state = $2 WHERE id = $1";
        house.run(set, &[making.to_string(), "making".into()]).await;
        house.run(set, &[deleting.to_string(), "deleting".into()]).await;
        house.run("UPDATE indexes SET project_id = NULL WHERE id = $1", &[left.to_string()]).await;
        house.run_made(format!(
            "INSERT INTO indexes (id, project_id, name, vectors, deployment, tags, deletion_protection, node_id, state, created_at)
             SELECT '{}', project_id, 'rowonly', vectors, deployment, tags, 0, node_id, 'making', 1 FROM indexes WHERE id = '{kept}'",
            IndexId::from(uuid::Uuid::now_v7())
        )).await;
        let again = restarted(house).await;
        assert_eq!(house.rows("SELECT id FROM indexes").await, [kept.to_string()]);
        for id in [making, deleting, left] {
            assert!(is_missing(&again, &town, id).await);
        }
        for name in ["making", "deleting", "rowonly"] {
            indexes::create(&again, &origin(), &town.ada, town.project_id, new(name)).await.expect("the name is free");
        }
        again.close_vectors();
    }

    async fn one_of_another_server_is_said_to_be_elsewhere(house: &House) {
        let town = house.town().await;
        let id = town.index("notes").await;
        house.run("UPDATE indexes SET node_id = 'other' WHERE id = $1", &[id.to_string()]).await;
        let again = restarted(house).await;
        let granted = authorize(&again, &origin(), &town.ada, id).await.expect("a right");
        assert_eq!(indexes::describe(&again, &granted).await.expect("the index").state, IndexState::Elsewhere);
        let granted = authorize(&again, &origin(), &town.ada, id).await.expect("a right");
        let stats = records::stats(&again, &granted, None).await;
        assert_eq!(problem(stats), Problem::Elsewhere);
        assert_eq!(problem(indexes::delete(&again, &origin(), &town.ada, id).await), Problem::Elsewhere);
        assert_eq!(rows(house).await, ["ready"]);
        again.close_vectors();
    }

    async fn a_foreign_one_is_as_missing(house: &House) {
        let town = house.town().await;
        let id = town.index("notes").await;
        let bob = town.member("Bob", Member, None).await;
        let services = &house.services;
        let missing = IndexId::from(uuid::Uuid::now_v7());
        for id in [id, missing, IndexId::NONE, indexes::named(services, ProjectId::from(uuid::Uuid::now_v7()), "notes")] {
            let granted = authorize::<may::ViewIndex>(services, &origin(), &bob, id).await;
            assert_eq!(problem(granted), Problem::NotFound);
            assert_eq!(problem(indexes::delete(services, &origin(), &bob, id).await), Problem::NotFound);
            let changed = indexes::configure(services, &origin(), &bob, id, IndexChange::default()).await;
            assert_eq!(problem(changed), Problem::NotFound);
        }
        let created = indexes::create(services, &origin(), &bob, town.project_id, new("mine")).await;
        assert_eq!(problem(created), Problem::NotFound);
        town.put(&bob, Some(Member), Some(ProjectRole::User)).await;
        indexes::create(services, &origin(), &bob, town.project_id, new("mine")).await.expect("a user may");
    }

    async fn a_deletion_ends_what_is_written_and_read(house: &House) {
        let town = house.town().await;
        let id = town.index("notes").await;
        let mut work = JoinSet::new();
        for worker in 0..4 {
            let (services, ada) = (house.services.clone(), town.ada.clone());
            work.spawn(async move {
                let namespace = namespaces::parse("").expect("a name");
                for round in 0..1_000 {
                    let granted = match authorize::<may::UpsertVectors>(&services, &origin(), &ada, id).await {
                        Ok(granted) => granted,
                        Err(error) => return error.problem(),
                    };
                    let record = record(&format!("{worker}-{round}"), [1.0, 2.0]);
                    if let Err(error) = records::upsert(&services, &granted, namespace.clone(), vec![record]).await {
                        return error.problem();
                    }
                }
                Problem::Unexpected
            });
        }
        tokio::time::sleep(std::time::Duration::from_millis(100)).await;
        town.delete(id).await.expect("gone");
        for ended in work.join_all().await {
            assert_eq!(ended, Problem::NotFound);
        }
        assert_eq!(rows(house).await, Vec::<String>::new());
    }

    async fn a_command_beside_a_server_has_no_vectors(house: &House) {
        let town = house.town().await;
        town.index("notes").await;
        let beside = house.again(CHEAP, |_| ()).await;
        let created = indexes::create(&beside, &origin(), &town.ada, town.project_id, new("more")).await;
        assert_eq!(problem(created), Problem::Unavailable);
        assert_eq!(rows(house).await, ["ready"]);
    }
}

/// One process alone has SQLite's file.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn another_server_on_the_database_follows() {
    crate::house::on_postgres(async |house| {
        follow(&house).await;
        house
    })
    .await;
}

async fn follow(house: &House) {
    let town = house.town().await;
    let dir = tempfile::tempdir().expect("a directory");
    let other = house.again(CHEAP, |settings| {
        settings.vectors = vectors();
        settings.data_dir = dir.path().to_owned();
    });
    let other = other.await;
    let (stop, stopped) = tokio::sync::oneshot::channel::<()>();
    let worker = tokio::spawn(indexes::run_worker(other.clone(), async { drop(stopped.await) }));
    let id = town.index("notes").await;
    let sees = async |wanted: Option<IndexState>| {
        for _ in 0..100 {
            if other.directory().get(id).map(|entry| entry.state) == wanted {
                return true;
            }
            tokio::time::sleep(std::time::Duration::from_millis(20)).await;
        }
        false
    };
    assert!(sees(Some(IndexState::Elsewhere)).await, "it is seen within two seconds");
    assert!(other.directory().get(id).is_some_and(|entry| entry.port.is_none()), "ports are the other's");
    let mine =
        indexes::create(&other, &origin(), &town.ada, town.project_id, new("mine")).await.expect("its own");
    assert_eq!(mine.port, Some(5081));
    let taken = indexes::create(&other, &origin(), &town.ada, town.project_id, new("notes")).await;
    assert_eq!(problem(taken), Problem::invalid(Field::IndexName, Rule::Taken));
    town.delete(id).await.expect("gone");
    assert!(sees(None).await, "it is gone within two seconds");
    drop(stop);
    worker.await.expect("the worker ends");
    other.close_vectors();
}
