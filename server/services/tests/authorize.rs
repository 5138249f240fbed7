use crate::{
    house::{House, on_both, origin, problem},
    people::Town,
};
use conifer_domain::{
    Problem,
    ids::{OrganizationId, ProjectId},
    permissions::may,
};
use conifer_services::{Result, authorize::authorize, members, organizations, projects, sessions::Current};
use uuid::Uuid;

fn missing<Id: From<Uuid>>() -> Id {
    Uuid::now_v7().into()
}

/// What somebody gets who asks for a thing in every way there is.
async fn answers(
    town: &Town<'_>,
    who: &Current,
    organization: OrganizationId,
    project: ProjectId,
) -> Vec<Problem> {
    let (s, o, me) = (&town.house.services, &origin(), who.account.id);
    let role = conifer_domain::projects::ProjectRole::User;
    vec![
        problem(authorize::<may::ViewProject>(s, o, who, project).await),
        problem(authorize::<may::ViewAuditLog>(s, o, who, organization).await),
        problem(projects::rename(s, o, who, project, "Mine").await),
        problem(projects::delete(s, o, who, project, "First notes").await),
        problem(projects::create(s, o, who, organization, "Mine").await),
        problem(members::leave(s, o, who, project).await),
        problem(members::add(s, o, who, project, me, role).await),
        problem(organizations::delete(s, o, who, organization, "Analytical Engines").await),
        problem(organizations::members::leave(s, o, who, organization).await),
    ]
}

/// A denial's row, without what tells one from the other.
const DENIALS: &str = "SELECT actor || details FROM audit_log WHERE action = 'access.denied' ORDER BY id";

on_both! {
    async fn foreign_and_missing_things_answer_alike(house: &House) {
        let town = house.town().await;
        let eve = house.person("Eve").await;
        let before = house.services.db().uses();
        let foreign = answers(&town, &eve, town.organization_id, town.project_id).await;
        let between = house.services.db().uses();
        let unknown = answers(&town, &eve, missing(), missing()).await;
        let after = house.services.db().uses();
        assert_eq!(foreign, vec![Problem::NotFound; foreign.len()]);
        assert_eq!(foreign, unknown);
        assert_eq!(between - before, after - between, "as much is asked of the database for either");
        let denials = house.rows(DENIALS).await;
        assert_eq!(denials.len(), 2 * foreign.len());
        assert_eq!(denials[..foreign.len()], denials[foreign.len()..]);
    }

    async fn a_proof_says_what_it_proves(house: &House) {
        let town = house.town().await;
        let (s, o) = (&house.services, &origin());
        let proof = authorize::<may::DeleteProject>(s, o, &town.ada, town.project_id).await.expect("a right");
        let said = format!("{proof:?}");
        for part in [&*town.ada.account.id.to_string(), "delete project", &town.project_id.to_string(), "organization-owner"] {
            assert!(said.contains(part), "{said}");
        }
    }

    async fn a_change_is_noted_with_what_it_was_done_to(house: &House) {
        let town = house.town().await;
        let (s, o) = (&house.services, &origin());
        organizations::rename(s, o, &town.ada, town.organization_id, "Second").await.expect("renamed");
        projects::rename(s, o, &town.ada, town.project_id, "Second").await.expect("renamed");
        let (org, project) = (town.organization_id.to_string(), town.project_id.to_string());
        let noted = "SELECT organization_id || ' ' || COALESCE(project_id, '-') || ' ' || target
                     FROM audit_log WHERE action LIKE '%.renamed' ORDER BY id";
        assert_eq!(house.rows(noted).await, [format!("{org} - {org}"), format!("{org} {project} {project}")]);
    }

    async fn whose_thing_it_is_reads_of_the_denial(house: &House) {
        let town = house.town().await;
        let eve = house.person("Eve").await;
        let refused: Result<_> = authorize::<may::ViewProject>(&house.services, &origin(), &eve, town.project_id).await;
        assert_eq!(problem(refused), Problem::NotFound);
        let noted = house.rows("SELECT organization_id || project_id FROM audit_log WHERE action = 'access.denied'").await;
        assert_eq!(noted, [format!("{}{}", town.organization_id, town.project_id)]);
    }
}
