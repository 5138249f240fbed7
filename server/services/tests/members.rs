use crate::{
    house::{House, on_both, origin, problem},
    people::Town,
};
use conifer_domain::{
    Field, Problem, Rule,
    ids::UserId,
    limits::HOUR_MS,
    members::{MemberQuery, ProjectMember},
    organizations::OrganizationRole::{Member, Owner},
    permissions::Action,
    projects::ProjectRole::{self, User},
};
use conifer_services::{Result, authorize::authorize, members, sessions::Current};

async fn list(town: &Town<'_>, who: &Current, search: &str) -> Vec<ProjectMember> {
    let services = &town.house.services;
    let granted = authorize(services, &origin(), who, town.project_id).await.expect("a right");
    let query = MemberQuery { search: search.into(), ..MemberQuery::default() };
    members::list(services, &granted, &query).await.expect("a page").items
}

async fn change_role(town: &Town<'_>, by: &Current, whom: UserId, role: ProjectRole) -> Result<()> {
    members::change_role(&town.house.services, &origin(), by, town.project_id, whom, role).await
}

async fn remove(town: &Town<'_>, by: &Current, whom: UserId) -> Result<()> {
    members::remove(&town.house.services, &origin(), by, town.project_id, whom).await
}

async fn leave(town: &Town<'_>, who: &Current) -> Result<()> {
    members::leave(&town.house.services, &origin(), who, town.project_id).await
}

on_both! {
    async fn the_list_tells_name_address_role_and_times(house: &House) {
        let town = house.town().await;
        let bob = town.member("Bob", Member, Some(User)).await;
        let all = list(&town, &bob, "").await;
        assert_eq!(all.iter().map(|m| (&*m.name, &*m.email, m.role)).collect::<Vec<_>>(), [
            ("Ada", "ada@example.com", ProjectRole::Owner),
            ("Bob", "bob@example.com", User),
        ]);
        assert_eq!(all[1].last_seen_ms, Some(house.clock.now_ms()));
        assert!(all[0].last_seen_ms < all[1].last_seen_ms);
        assert!(all[1].confirmed);
        assert_eq!(list(&town, &bob, "ADA").await.len(), 1);
    }

    async fn last_seen_outlives_the_session(house: &House) {
        let town = house.town().await;
        let mut browser = crate::browser::Browser::new(house);
        browser.sign_in(crate::house::EMAIL, crate::house::PASSWORD).await;
        house.later(HOUR_MS);
        browser.current().await.expect("signed in");
        let seen = house.clock.now_ms();
        browser.sign_out().await;
        assert_eq!(list(&town, &town.ada, "").await[0].last_seen_ms, Some(seen));
    }

    async fn roles_change_in_place(house: &House) {
        let town = house.town().await;
        let bob = town.member("Bob", Member, Some(User)).await;
        change_role(&town, &town.ada, bob.account.id, ProjectRole::Owner).await.expect("changed");
        assert_eq!(list(&town, &bob, "bob").await[0].role, ProjectRole::Owner);
        let entry = house.rows("SELECT details FROM audit_log WHERE action = 'member.role-changed'").await;
        assert_eq!(entry, [r#"{"after":"owner","before":"user","email":"bob@example.com","name":"Bob"}"#]);
        // The right is there at once, and gone at once.
        change_role(&town, &bob, town.ada.account.id, User).await.expect("an owner may");
        change_role(&town, &town.ada, bob.account.id, User).await.expect_err("the last owner of the project");
    }

    async fn the_last_owner_stays(house: &House) {
        let town = house.town().await;
        let ada = town.ada.account.id;
        // That owners of the organization could step in makes no owner of the project.
        town.member("Bob", Owner, Some(User)).await;
        assert_eq!(problem(change_role(&town, &town.ada, ada, User).await), Problem::LastOwner);
        assert_eq!(problem(remove(&town, &town.ada, ada).await), Problem::LastOwner);
        assert_eq!(problem(leave(&town, &town.ada).await), Problem::LastOwner);
        assert_eq!(town.project_role(ada).await.as_deref(), Some("owner"));
    }

    async fn people_leave_and_are_removed(house: &House) {
        let town = house.town().await;
        let bob = town.member("Bob", Member, Some(User)).await;
        let cyd = town.member("Cyd", Member, Some(User)).await;
        leave(&town, &bob).await.expect("gone");
        assert_eq!(problem(leave(&town, &bob).await), Problem::NotFound);
        assert_eq!(town.organization_role(bob.account.id).await.as_deref(), Some("member"));
        remove(&town, &town.ada, cyd.account.id).await.expect("gone");
        assert_eq!(problem(remove(&town, &town.ada, cyd.account.id).await), Problem::NotFound);
        assert_eq!(problem(change_role(&town, &town.ada, cyd.account.id, User).await), Problem::NotFound);
    }

    async fn a_user_is_told_why_not(house: &House) {
        let town = house.town().await;
        let bob = town.member("Bob", Member, Some(User)).await;
        let denied = |action| Problem::Denied { action };
        let ada = town.ada.account.id;
        assert_eq!(problem(remove(&town, &bob, ada).await), denied(Action::DeleteMembers));
        assert_eq!(problem(change_role(&town, &bob, bob.account.id, ProjectRole::Owner).await), denied(Action::UpdateMemberRoles));
    }

    async fn an_owner_of_the_organization_is_in_every_project(house: &House) {
        let town = house.town().await;
        let bob = town.member("Bob", Owner, None).await;
        assert_eq!(problem(leave(&town, &bob).await), Problem::InByOrganization);
        change_role(&town, &bob, town.ada.account.id, ProjectRole::Owner).await.expect("may do all");
    }

    async fn people_of_the_organization_are_added_without_an_invite(house: &House) {
        let town = house.town().await;
        let bob = town.member("Bob", Member, None).await;
        let eve = house.person("Eve").await;
        let add = async |whom: &Current| {
            members::add(&house.services, &origin(), &town.ada, town.project_id, whom.account.id, User).await
        };
        add(&bob).await.expect("added");
        assert_eq!(problem(add(&bob).await), Problem::invalid(Field::Email, Rule::MemberAlready));
        // Whoever is not in the organization is nobody here.
        assert_eq!(problem(add(&eve).await), Problem::NotFound);
    }
}
