//! View as: it shows what another may see, never more than one's own, and changes nothing.

use crate::{
    api_keys::{beside, key, rights},
    browser::Browser,
    house::{EMAIL, House, PASSWORD, on_both, on_postgres, origin, problem},
    people::Town,
    records::{default, record},
};
use conifer_domain::{
    Problem,
    api_keys::{KeyPart, KeyRights, KeyRole, KeyScope},
    audit::AuditFilter,
    ids::{ApiKeyId, IndexId},
    limits::MINUTE_MS,
    organizations::OrganizationRole::{Manager, Member, Owner},
    paging::Paging,
    permissions::{Role, may},
    projects::{ProjectQuery, ProjectRole},
    views::{ViewOf, ViewPlace, Viewed},
};
use conifer_services::{
    Result, accounts, api_keys, audit,
    authorize::{Right, authorize},
    indexes, members, namespaces, organizations, places, playground, projects,
    sessions::{self, Current},
    usage, views,
};

/// A browser in which Ada looks.
struct Looking {
    browser: Browser,
}

impl Looking {
    async fn at(town: &Town<'_>, place: ViewPlace, of: ViewOf) -> (Self, Current) {
        let mut browser = Browser::new(town.house);
        let ada = browser.sign_in(EMAIL, PASSWORD).await;
        views::begin(&town.house.services, &origin(), &ada, place, of).await.expect("begun");
        let current = browser.current().await.expect("signed in");
        (Self { browser }, current)
    }

    async fn now(&self) -> Current {
        self.browser.current().await.expect("signed in")
    }

    /// Nothing is seen and nothing is done, least of all by Ada's own right; then she stops it.
    async fn is_over(&self, town: &Town<'_>, index: IndexId) {
        let (house, ada) = (town.house, self.now().await);
        let (s, o) = (&house.services, &origin());
        assert!(ada.view.as_ref().expect("it stays").is_over());
        assert_eq!(problem(role::<may::ViewProject>(house, &ada, town.project_id).await), Problem::NotFound);
        assert_eq!(problem(role::<may::FetchVectors>(house, &ada, index).await), Problem::NotFound);
        assert_eq!(
            problem(role::<may::ViewOrganization>(house, &ada, town.organization_id).await),
            Problem::NotFound
        );
        for refused in [
            problem(role::<may::DeleteAVector>(house, &ada, index).await),
            problem(indexes::create(s, o, &ada, town.project_id, crate::indexes::new("mine")).await),
            problem(accounts::rename(s, o, &ada, "Eve").await),
        ] {
            assert_eq!(refused, Problem::OnlyLooking);
        }
        let page = projects::page(s, &ada, &ProjectQuery::default()).await.expect("a page");
        assert_eq!(page.items.len(), 0, "not even her own");
        assert!(places::list(s, &ada, None, Some(town.project_id)).await.expect("places").is_empty());
        views::end(s, o, &ada).await.expect("ended");
        let ada = self.now().await;
        assert!(ada.view.is_none());
        assert!(role::<may::ViewProject>(house, &ada, town.project_id).await.is_ok(), "her own again");
    }
}

impl Town<'_> {
    fn here(&self) -> ViewPlace {
        ViewPlace::Project(self.project_id)
    }

    async fn scoped(&self, roles: &[KeyRole], indexes: &str, namespaces: &str) -> ApiKeyId {
        let scope = KeyScope::parse(indexes, namespaces).expect("a scope");
        key(self, "limited", KeyRights { scope, ..rights(roles) }).await.0
    }

    /// What the log of the organization tells of views, newest first.
    async fn views_in_log(&self) -> Vec<String> {
        let services = &self.house.services;
        let granted = authorize(services, &origin(), &self.ada, self.organization_id).await.expect("a right");
        let filter = AuditFilter { room: Some("view-as".into()), ..AuditFilter::default() };
        let page = audit::list(services, &granted, &filter, &Paging::default()).await.expect("a page");
        page.items.into_iter().map(|entry| entry.action).collect()
    }
}

async fn role<P: Right>(house: &House, who: &Current, of: P::Of) -> Result<Role> {
    Ok(authorize::<P>(&house.services, &origin(), who, of).await?.role())
}

on_both! {
    async fn a_member_is_looked_through_and_nothing_is_changed(house: &House) {
        let town = house.town().await;
        let bob = town.member("Bob", Member, Some(ProjectRole::User)).await;
        let (_, ada) = Looking::at(&town, town.here(), ViewOf::Member(bob.account.id)).await;
        assert_eq!(ada.account.name, "Ada", "who acts stays who they are");
        let shown = ada.view.as_ref().expect("a view").shown();
        assert!(matches!(shown, Viewed::Through { name, is_key: false, .. } if name == "Bob"));
        assert_eq!(role::<may::ViewProject>(house, &ada, town.project_id).await.expect("seen"), Role::ProjectUser);
        let (s, o) = (&house.services, &origin());
        let denied = problem(authorize::<may::DeleteProject>(s, o, &ada, town.project_id).await);
        assert!(matches!(denied, Problem::Denied { .. }));
        let denied = problem(authorize::<may::ViewAuditLog>(s, o, &ada, town.organization_id).await);
        assert!(matches!(denied, Problem::Denied { .. }), "Bob may not");
        for refused in [
            problem(indexes::create(s, o, &ada, town.project_id, crate::indexes::new("mine")).await),
            problem(members::leave(s, o, &ada, town.project_id).await),
            problem(accounts::rename(s, o, &ada, "Eve").await),
            problem(organizations::create(s, o, &ada, "Mine").await),
            problem(conifer_services::sessions::end_others(s, o, &ada).await),
        ] {
            assert_eq!(refused, Problem::OnlyLooking);
        }
        assert_eq!(town.project_role(bob.account.id).await.as_deref(), Some("user"), "Bob did not leave");
        assert!(!town.deeds().await.iter().any(|deed| deed == "access.denied"), "nobody was denied anything");
    }

    async fn nothing_outside_the_place_is_seen(house: &House) {
        let town = house.town().await;
        let second = town.new_project("Second").await;
        let bob = town.member("Bob", Owner, Some(ProjectRole::User)).await;
        let bobs = projects::page(&house.services, &bob, &ProjectQuery::default()).await.expect("a page").items;
        assert_eq!(bobs.len(), 3, "two here, and one of his own");
        let (_, ada) = Looking::at(&town, town.here(), ViewOf::Member(bob.account.id)).await;
        assert_eq!(problem(role::<may::ViewProject>(house, &ada, second).await), Problem::NotFound);
        for project in &bobs {
            let seen = role::<may::ViewProject>(house, &ada, project.id).await.is_ok();
            assert_eq!(seen, project.id == town.project_id);
        }
        let page = projects::page(&house.services, &ada, &ProjectQuery::default()).await.expect("a page");
        assert_eq!(page.items.iter().map(|project| project.id).collect::<Vec<_>>(), [town.project_id]);
        let menus = places::list(&house.services, &ada, None, Some(bobs[0].id)).await.expect("places");
        let [place] = &menus[..] else { panic!("{menus:?}") };
        assert_eq!((place.organization.id, place.organization.role), (town.organization_id, Member));
        assert_eq!(place.projects.iter().map(|project| project.id).collect::<Vec<_>>(), [town.project_id]);
        // Of the organization, all of its projects are.
        let (_, ada) = Looking::at(&town, ViewPlace::Organization(town.organization_id), ViewOf::Member(bob.account.id)).await;
        assert!(role::<may::ViewProject>(house, &ada, second).await.is_ok());
        let page = projects::page(&house.services, &ada, &ProjectQuery::default()).await.expect("a page");
        assert_eq!(page.items.len(), 2, "not his own");
    }

    async fn what_one_may_not_see_oneself_is_not_seen(house: &House) {
        let town = house.town().await;
        town.member("Bob", Member, Some(ProjectRole::Owner)).await;
        let carol = town.member("Carol", Manager, Some(ProjectRole::User)).await;
        let (s, o) = (&house.services, &origin());
        let mut browser = Browser::new(house);
        let fresh = browser.sign_in("bob@example.com", PASSWORD).await;
        views::begin(s, o, &fresh, town.here(), ViewOf::Member(carol.account.id)).await.expect("an owner");
        let bob = browser.current().await.expect("signed in");
        assert!(authorize::<may::ViewOrganizationMembers>(s, o, &carol, town.organization_id).await.is_ok());
        let denied = problem(authorize::<may::ViewOrganizationMembers>(s, o, &bob, town.organization_id).await);
        assert!(matches!(denied, Problem::Denied { .. }), "managers may, but Bob is none");
    }

    async fn only_owners_begin_and_only_for_those_of_the_place(house: &House) {
        let town = house.town().await;
        let bob = town.member("Bob", Member, Some(ProjectRole::User)).await;
        let eve = house.person("Eve").await;
        let key = town.scoped(&[KeyRole::ProjectViewer], "", "").await;
        let (s, o) = (&house.services, &origin());
        let ask = async |who: &Current, place, of| problem(views::begin(s, o, who, place, of).await);
        let of_ada = ViewOf::Member(town.ada.account.id);
        assert!(matches!(ask(&bob, town.here(), of_ada).await, Problem::Denied { .. }));
        assert_eq!(ask(&eve, town.here(), of_ada).await, Problem::NotFound);
        assert_eq!(ask(&town.ada, town.here(), ViewOf::Member(eve.account.id)).await, Problem::NotFound);
        let organization = ViewPlace::Organization(town.organization_id);
        assert_eq!(ask(&town.ada, organization, ViewOf::Member(eve.account.id)).await, Problem::NotFound);
        assert_eq!(ask(&town.ada, organization, ViewOf::Key(key)).await, Problem::NotFound);
        let second = ViewPlace::Project(town.new_project("Second").await);
        assert_eq!(ask(&town.ada, second, ViewOf::Key(key)).await, Problem::NotFound);
        let (_, looking) = Looking::at(&town, town.here(), ViewOf::Key(key)).await;
        // A key may not; nor may an owner who is looked through already.
        assert!(matches!(ask(&looking, town.here(), of_ada).await, Problem::Denied { .. }));
        let carol = town.member("Carol", Member, Some(ProjectRole::Owner)).await;
        let (_, looking) = Looking::at(&town, town.here(), ViewOf::Member(carol.account.id)).await;
        assert_eq!(ask(&looking, town.here(), of_ada).await, Problem::OnlyLooking);
    }

    async fn a_key_shows_its_indexes_and_namespaces(house: &House) {
        let town = house.town().await;
        let (films, other) = (town.index("films").await, town.index("other").await);
        for namespace in [default(), namespaces::parse("own").expect("a name")] {
            town.upsert(films, namespace, vec![record("a", [1.0, 0.0])]).await.expect("written");
        }
        let key = town.scoped(&[KeyRole::DataPlaneViewer], "films", "own").await;
        let (_, ada) = Looking::at(&town, town.here(), ViewOf::Key(key)).await;
        let (s, o) = (&house.services, &origin());
        let granted = authorize::<may::FetchVectors>(s, o, &ada, films).await.expect("its own");
        assert!(granted.sees_namespace("own") && !granted.sees_namespace("__default__"));
        assert_eq!(granted.role(), Role::Key(KeyRole::DataPlaneViewer));
        assert_eq!(problem(authorize::<may::FetchVectors>(s, o, &ada, other).await), Problem::NotFound);
        let list = authorize(s, o, &ada, town.project_id).await.expect("the frame of its records");
        let names: Vec<_> = indexes::list(s, &list).await.expect("a list").iter().map(|entry| entry.name.clone()).collect();
        assert_eq!(names, ["films"]);
        assert!(role::<may::ViewIndex>(house, &ada, films).await.is_ok());
        assert!(role::<may::ViewProject>(house, &ada, town.project_id).await.is_ok());
        let denied = |found: Problem| matches!(found, Problem::Denied { .. });
        assert!(denied(problem(role::<may::ViewBackups>(house, &ada, town.project_id).await)));
        assert!(denied(problem(role::<may::ViewMembers>(house, &ada, town.project_id).await)));
        assert!(denied(problem(role::<may::UpsertVectors>(house, &ada, films).await)));
        let project = authorize(s, o, &ada, town.project_id).await.expect("the frame");
        let project = projects::get(s, &project).await.expect("a project");
        assert_eq!((project.role, project.access), (ProjectRole::User, Role::Key(KeyRole::DataPlaneViewer)));
        let menus = places::list(s, &ada, None, None).await.expect("places");
        assert_eq!(menus[0].projects[0].role, ProjectRole::User, "a key owns nothing");
        // What a key does is counted; what is looked at through it is not.
        api_keys::note_calls(s).await.expect("noted");
        let calls = authorize::<may::ViewApiKeys>(s, o, &town.ada, town.project_id).await.expect("a right");
        assert!(api_keys::calls(s, &calls, key, 30).await.expect("calls").is_empty());
    }

    async fn a_key_shows_no_figures_of_what_it_does_not_reach(house: &House) {
        let town = house.town().await;
        let films = town.index("films").await;
        town.upsert(films, default(), vec![record("a", [1.0, 0.0])]).await.expect("written");
        let (s, o) = (&house.services, &origin());
        let whole = town.scoped(&[KeyRole::ProjectEditor], "", "").await;
        let (_, ada) = Looking::at(&town, town.here(), ViewOf::Key(whole)).await;
        let denied = problem(role::<may::ViewProjectUsage>(house, &ada, town.project_id).await);
        assert!(matches!(denied, Problem::Denied { .. }), "it names all indexes and keys");
        let index = authorize(s, o, &ada, films).await.expect("a right");
        assert!(usage::of_index(s, &index, 7).await.is_ok() && usage::sizes(s, &index, 7).await.is_ok());
        assert_eq!(indexes::measure(s, &index).await.expect("its size").records, 1);

        let scope = KeyScope::parse("", "own").expect("a scope");
        let part = key(&town, "part", KeyRights { scope, ..rights(&[KeyRole::ProjectEditor]) }).await.0;
        let (_, ada) = Looking::at(&town, town.here(), ViewOf::Key(part)).await;
        let index = authorize(s, o, &ada, films).await.expect("a right");
        for refused in [
            problem(usage::of_index(s, &index, 7).await),
            problem(usage::sizes(s, &index, 7).await),
            problem(indexes::measure(s, &index).await),
        ] {
            assert_eq!(refused, Problem::OutsideKey { part: KeyPart::Namespaces });
        }
        let list = authorize(s, o, &ada, town.project_id).await.expect("a right");
        let list = indexes::measure_all(s, &list).await.expect("a list");
        assert_eq!(list.iter().map(|(entry, held)| (&*entry.name, held.is_none())).collect::<Vec<_>>(), [("films", true)]);
    }

    async fn a_key_that_writes_is_looked_through_without_writing(house: &House) {
        let town = house.town().await;
        let films: IndexId = town.index("films").await;
        let whole = town.scoped(&[KeyRole::ProjectEditor], "", "").await;
        let (_, ada) = Looking::at(&town, town.here(), ViewOf::Key(whole)).await;
        let refused = problem(role::<may::UpsertVectors>(house, &ada, films).await);
        assert_eq!(refused, Problem::OnlyLooking);
        let part = KeyRights { scope: KeyScope::parse("", "own").expect("a scope"), ..rights(&[KeyRole::ProjectEditor]) };
        let key = key(&town, "part", part).await.0;
        let (_, ada) = Looking::at(&town, town.here(), ViewOf::Key(key)).await;
        let barred = problem(role::<may::CreateIndexes>(house, &ada, town.project_id).await);
        assert_eq!(barred, Problem::OutsideKey { part: KeyPart::Namespaces });
    }

    async fn what_a_member_asked_last_stays_theirs(house: &House) {
        let town = house.town().await;
        let index = town.index("films").await;
        let bob = town.member("Bob", Member, Some(ProjectRole::User)).await;
        let (s, o) = (&house.services, &origin());
        let query = conifer_domain::records::Search { record: "a".into(), ..Default::default() };
        let own = authorize::<may::QueryVectors>(s, o, &bob, index).await.expect("a right");
        playground::note(s, &own, &query).expect("noted");
        let (_, ada) = Looking::at(&town, town.here(), ViewOf::Member(bob.account.id)).await;
        let seen = authorize::<may::QueryVectors>(s, o, &ada, index).await.expect("a right");
        assert!(playground::recent(s, &seen).await.expect("a list").is_empty());
        playground::note(s, &seen, &query).expect("not noted, not refused");
        s.settle().await;
        assert_eq!(house.count("SELECT COUNT(*) FROM recent_queries").await, 1);
    }

    async fn it_ends_when_asked_and_the_log_tells_both(house: &House) {
        let town = house.town().await;
        let bob = town.member("Bob", Member, Some(ProjectRole::User)).await;
        let (looking, ada) = Looking::at(&town, town.here(), ViewOf::Member(bob.account.id)).await;
        views::end(&house.services, &origin(), &ada).await.expect("ended");
        let ada = looking.now().await;
        assert!(ada.view.is_none());
        views::end(&house.services, &origin(), &ada).await.expect("nothing to end");
        let logged = house.rows("SELECT action || ' ' || actor || ' ' || target || ' ' || project_id FROM audit_log
                                 WHERE room = 'view-as' ORDER BY id").await;
        let [me, of, place] = [ada.account.id.to_string(), bob.account.id.to_string(), town.project_id.to_string()];
        assert_eq!(logged, [format!("view-as.begun {me} {of} {place}"), format!("view-as.ended {me} {of} {place}")]);
    }

    async fn it_shows_nothing_without_the_right_of_either_and_stays_until_it_is_stopped(house: &House) {
        let town = house.town().await;
        let films = town.index("films").await;
        let bob = town.member("Bob", Member, Some(ProjectRole::User)).await;

        let (looking, _) = Looking::at(&town, town.here(), ViewOf::Member(bob.account.id)).await;
        town.put(&bob, Some(Member), None).await;
        looking.is_over(&town, films).await;

        let whole = town.scoped(&[KeyRole::ProjectEditor], "", "").await;
        let (looking, _) = Looking::at(&town, town.here(), ViewOf::Key(whole)).await;
        api_keys::delete(&house.services, &origin(), &town.ada, town.project_id, whole, "limited").await.expect("gone");
        looking.is_over(&town, films).await;
        assert_eq!(town.views_in_log().await, ["view-as.ended", "view-as.begun"].repeat(2));

        let expires_at_ms = Some(house.clock.now_ms() + 2 * MINUTE_MS);
        let rights = KeyRights { expires_at_ms, ..rights(&[KeyRole::ProjectEditor]) };
        let key = key(&town, "brief", rights).await.0;
        let (looking, ada) = Looking::at(&town, town.here(), ViewOf::Key(key)).await;
        assert!(role::<may::ViewIndex>(house, &ada, films).await.is_ok(), "its time is not over yet");
        house.later(3 * MINUTE_MS);
        looking.is_over(&town, films).await;

        town.put(&bob, Some(Member), Some(ProjectRole::User)).await;
        let (looking, _) = Looking::at(&town, town.here(), ViewOf::Member(bob.account.id)).await;
        town.put(&town.ada, Some(Member), Some(ProjectRole::User)).await;
        looking.is_over(&town, films).await;
        let ada = looking.now().await;
        assert_eq!(role::<may::ViewProject>(house, &ada, town.project_id).await.expect("seen"), Role::ProjectUser);
    }

    async fn what_cannot_be_read_is_no_way_out_of_a_view(house: &House) {
        let town = house.town().await;
        let bob = town.member("Bob", Member, Some(ProjectRole::User)).await;
        let (looking, _) = Looking::at(&town, town.here(), ViewOf::Member(bob.account.id)).await;
        house.run("UPDATE sessions SET viewing = $1 WHERE viewing IS NOT NULL", &["{}".to_owned()]).await;
        assert!(looking.browser.current().await.is_none(), "she signs in again");
    }

    async fn to_stop_a_view_leaves_one_that_was_begun_since(house: &House) {
        let town = house.town().await;
        let bob = town.member("Bob", Member, Some(ProjectRole::User)).await;
        let carol = town.member("Carol", Member, Some(ProjectRole::User)).await;
        let (looking, slow) = Looking::at(&town, town.here(), ViewOf::Member(bob.account.id)).await;
        views::end(&house.services, &origin(), &slow).await.expect("ended");
        let ada = looking.now().await;
        views::begin(&house.services, &origin(), &ada, town.here(), ViewOf::Member(carol.account.id)).await.expect("begun");
        views::end(&house.services, &origin(), &slow).await.expect("nothing of it is left to end");
        let view = looking.now().await.view.expect("the second one");
        assert_eq!(view.of(), ViewOf::Member(carol.account.id));
    }

    async fn to_sign_out_ends_it_and_the_log_of_the_organization_says_so(house: &House) {
        let town = house.town().await;
        let bob = town.member("Bob", Member, Some(ProjectRole::User)).await;
        let (mut looking, _) = Looking::at(&town, town.here(), ViewOf::Member(bob.account.id)).await;
        looking.browser.sign_out().await;
        assert_eq!(town.views_in_log().await, ["view-as.ended", "view-as.begun"]);
    }
}

/// Another server on the same database, which believes for a moment that it knows all keys.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_key_that_another_server_made_a_moment_ago_is_there() {
    on_postgres(async |house: House| {
        {
            let town = house.town().await;
            let other = beside(&house).await;
            api_keys::refresh(&other).await.expect("refreshed");
            let key = town.scoped(&[KeyRole::ProjectViewer], "", "").await;
            let (looking, _) = Looking::at(&town, town.here(), ViewOf::Key(key)).await;
            let ada = sessions::current(&other, &looking.browser.request()).await.expect("an answer");
            let view = ada.expect("signed in").view.expect("a view");
            assert!(!view.is_over());
            other.db().close().await;
        }
        house
    })
    .await;
}
