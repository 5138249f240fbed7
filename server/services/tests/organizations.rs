use crate::{
    house::{House, on_both, origin, problem},
    people::Town,
};
use conifer_domain::{
    Field, Problem, Rule,
    ids::UserId,
    members::MemberQuery,
    organizations::OrganizationRole::{self, Billing, Manager, Member, Owner},
    paging::Paging,
    permissions::{Action, Role},
    projects::ProjectRole,
};
use conifer_services::{Result, authorize::authorize, organizations, places, sessions::Current};

async fn change_role(town: &Town<'_>, by: &Current, whom: UserId, role: OrganizationRole) -> Result<()> {
    let services = &town.house.services;
    organizations::members::change_role(services, &origin(), by, town.organization_id, whom, role).await
}

async fn remove(town: &Town<'_>, by: &Current, whom: UserId) -> Result<()> {
    organizations::members::remove(&town.house.services, &origin(), by, town.organization_id, whom).await
}

async fn leave(town: &Town<'_>, who: &Current) -> Result<()> {
    organizations::members::leave(&town.house.services, &origin(), who, town.organization_id).await
}

on_both! {
    async fn who_makes_one_owns_it(house: &House) {
        let town = house.town().await;
        let id = town.new_organization("  Second  ").await;
        let mine = places::list(&house.services, &town.ada, None, None).await.expect("a list");
        assert_eq!(mine.len(), 2);
        let second = &mine[1].organization;
        assert_eq!((second.id, second.name.as_str(), second.role), (id, "Second", Owner));
        let granted = authorize(&house.services, &origin(), &town.ada, id).await.expect("a right");
        let details = organizations::get(&house.services, &granted).await.expect("the organization");
        assert_eq!((details.access, details.members, details.projects), (Role::OrganizationOwner, 1, 0));
        assert!(town.deeds().await.contains(&"organization.created".into()));
    }

    async fn names_follow_one_rule(house: &House) {
        let town = house.town().await;
        let field = Field::OrganizationName;
        for (name, rule) in [
            (" ", Rule::Required),
            ("a\nb", Rule::ControlCharacter),
            (&*"x".repeat(513), Rule::TooLong { chars_max: 512 }),
        ] {
            let created = organizations::create(&house.services, &origin(), &town.ada, name).await;
            assert_eq!(problem(created), Problem::invalid(field, rule));
            let renamed =
                organizations::rename(&house.services, &origin(), &town.ada, town.organization_id, name).await;
            assert_eq!(problem(renamed), Problem::invalid(field, rule));
        }
        let renamed = organizations::rename(&house.services, &origin(), &town.ada, town.organization_id, "山田").await;
        renamed.expect("renamed");
        let entry = house.rows("SELECT details FROM audit_log WHERE action = 'organization.renamed'").await;
        assert_eq!(entry, [r#"{"after":"山田","before":"Analytical Engines"}"#]);
    }

    async fn it_is_deleted_empty_and_by_its_name(house: &House) {
        let town = house.town().await;
        let (services, id) = (&house.services, town.organization_id);
        let delete = async |typed| organizations::delete(services, &origin(), &town.ada, id, typed).await;
        assert_eq!(problem(delete("Analytical Engines").await), Problem::HasProjects { count: 1 });
        let gone = conifer_services::projects::delete(services, &origin(), &town.ada, town.project_id, "First notes").await;
        gone.expect("the project gone");
        for wrong in ["analytical engines", "", "Analytical"] {
            assert_eq!(problem(delete(wrong).await), Problem::invalid(Field::TypedName, Rule::Mismatch));
        }
        delete("Analytical Engines").await.expect("gone");
        assert_eq!(problem(delete("Analytical Engines").await), Problem::NotFound);
        assert_eq!(house.count("SELECT COUNT(*) FROM organization_members").await, 0);
        // What is said of it stays.
        assert!(town.deeds().await.contains(&"organization.deleted".into()));
    }

    async fn the_last_owner_stays(house: &House) {
        let town = house.town().await;
        let ada = town.ada.account.id;
        assert_eq!(problem(change_role(&town, &town.ada, ada, Member).await), Problem::LastOwner);
        assert_eq!(problem(remove(&town, &town.ada, ada).await), Problem::LastOwner);
        assert_eq!(problem(leave(&town, &town.ada).await), Problem::LastOwner);
        let bob = town.member("Bob", Owner, None).await;
        change_role(&town, &bob, ada, Billing).await.expect("one of two may go");
        assert_eq!(town.organization_role(ada).await.as_deref(), Some("billing"));
        assert_eq!(problem(leave(&town, &bob).await), Problem::LastOwner);
    }

    async fn the_last_owner_of_a_project_stays_in_the_organization(house: &House) {
        let town = house.town().await;
        let bob = town.member("Bob", Owner, None).await;
        let last = Problem::LastOwnerOfProjects { project_ids: vec![town.project_id] };
        assert_eq!(problem(leave(&town, &town.ada).await), last);
        assert_eq!(problem(remove(&town, &bob, town.ada.account.id).await), last);
        let added = conifer_services::members::add(
            &house.services, &origin(), &bob, town.project_id, bob.account.id, ProjectRole::Owner,
        ).await;
        added.expect("a second owner of the project");
        remove(&town, &bob, town.ada.account.id).await.expect("removed");
        assert_eq!(town.project_role(town.ada.account.id).await, None, "out of the projects as well");
    }

    async fn a_removal_bites_at_once(house: &House) {
        let town = house.town().await;
        let bob = town.member("Bob", Manager, None).await;
        let mine = async || authorize::<conifer_domain::permissions::may::ViewOrganization>(
            &house.services, &origin(), &bob, town.organization_id).await;
        mine().await.expect("a member");
        change_role(&town, &town.ada, bob.account.id, Member).await.expect("changed");
        assert_eq!(mine().await.expect("a member").role(), Role::OrganizationMember);
        remove(&town, &town.ada, bob.account.id).await.expect("removed");
        assert_eq!(problem(mine().await), Problem::NotFound);
        assert_eq!(problem(remove(&town, &town.ada, bob.account.id).await), Problem::NotFound);
        assert!(places::list(&house.services, &bob, Some(town.organization_id), None).await.expect("a list").iter().all(|place| place.organization.id != town.organization_id));
    }

    async fn the_same_role_again_changes_nothing(house: &House) {
        let town = house.town().await;
        let bob = town.member("Bob", Member, None).await;
        let before = town.deeds().await.len();
        change_role(&town, &town.ada, bob.account.id, Member).await.expect("as it was");
        assert_eq!(town.deeds().await.len(), before);
    }

    async fn members_are_found_and_paged_by_name(house: &House) {
        let town = house.town().await;
        for name in ["Bob", "Cyd", "Dee"] {
            town.member(name, Member, None).await;
        }
        let names = async |search: &str, after, limit| {
            let granted = authorize(&house.services, &origin(), &town.ada, town.organization_id).await.expect("a right");
            let query = MemberQuery { search: search.into(), paging: Paging { after, limit: Some(limit) } };
            let page = organizations::members::list(&house.services, &granted, &query).await.expect("a page");
            (page.items.iter().map(|m| m.name.clone()).collect::<Vec<_>>(), page.next)
        };
        let (first, next) = names("", None, 3).await;
        assert_eq!(first, ["Ada", "Bob", "Cyd"]);
        assert_eq!(names("", next, 3).await, (vec!["Dee".into()], None));
        assert_eq!(names("CYD@example", None, 3).await.0, ["Cyd"]);
        assert_eq!(names("%", None, 3).await.0, Vec::<String>::new());
    }

    async fn a_denial_names_the_rule_and_is_noted(house: &House) {
        let town = house.town().await;
        let bob = town.member("Bob", Manager, None).await;
        let denied = Problem::Denied { action: Action::UpdateOrganizationRoles };
        assert_eq!(problem(change_role(&town, &bob, bob.account.id, Owner).await), denied);
        let noted = house.rows("SELECT details FROM audit_log WHERE action = 'access.denied'").await;
        assert_eq!(noted, [r#"{"denied":"update organization roles"}"#]);
    }
}
