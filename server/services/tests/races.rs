//! What happens at the same moment: owners who demote each other, and changes of what is being deleted.

use crate::{
    house::{House, on_both, origin},
    people::Town,
};
use conifer_domain::{Problem, organizations::OrganizationRole, projects::ProjectRole};
use conifer_services::{Result, Services, invites, members, organizations, projects, sessions::Current};
use tokio::task::JoinSet;

const ROUNDS: usize = 40;

/// All must end well or in a refusal that a person understands.
async fn settle(racers: JoinSet<Result<()>>) -> usize {
    let outcomes = racers.join_all().await;
    for outcome in &outcomes {
        let problem = outcome.as_ref().map_err(conifer_services::Error::problem);
        assert!(!matches!(problem, Err(Problem::Unexpected | Problem::Unavailable)), "{outcome:?}");
    }
    outcomes.iter().filter(|outcome| outcome.is_ok()).count()
}

type Deed = fn(Services, Ids, Current, Current) -> std::pin::Pin<Box<dyn Future<Output = Result<()>> + Send>>;

/// The ids of a town, to be moved into tasks.
#[derive(Clone, Copy)]
struct Ids {
    organization_id: conifer_domain::ids::OrganizationId,
    project_id: conifer_domain::ids::ProjectId,
}

const IN_PROJECT: [Deed; 3] = [
    |s, t, by, whom| {
        Box::pin(async move {
            members::change_role(&s, &origin(), &by, t.project_id, whom.account.id, ProjectRole::User).await
        })
    },
    |s, t, by, whom| {
        Box::pin(async move { members::remove(&s, &origin(), &by, t.project_id, whom.account.id).await })
    },
    |s, t, by, _| Box::pin(async move { members::leave(&s, &origin(), &by, t.project_id).await }),
];

const IN_ORGANIZATION: [Deed; 3] = [
    |s, t, by, whom| {
        Box::pin(async move {
            let role = OrganizationRole::Member;
            organizations::members::change_role(&s, &origin(), &by, t.organization_id, whom.account.id, role)
                .await
        })
    },
    |s, t, by, whom| {
        Box::pin(async move {
            organizations::members::remove(&s, &origin(), &by, t.organization_id, whom.account.id).await
        })
    },
    |s, t, by, _| {
        Box::pin(async move { organizations::members::leave(&s, &origin(), &by, t.organization_id).await })
    },
];

/// Both do it to each other at once.
async fn race(town: &Town<'_>, deed: Deed, one: &Current, other: &Current) -> usize {
    let ids = Ids { organization_id: town.organization_id, project_id: town.project_id };
    let mut racers = JoinSet::new();
    for (by, whom) in [(one, other), (other, one), (one, other), (other, one)] {
        racers.spawn(deed(town.house.services.clone(), ids, by.clone(), whom.clone()));
    }
    settle(racers).await
}

on_both! {
    async fn two_owners_of_a_project_never_end_each_other(house: &House) {
        let town = house.town().await;
        let bob = house.person("Bob").await;
        let cyd = house.person("Cyd").await;
        town.put(&town.ada, Some(OrganizationRole::Owner), None).await;
        for round in 0..ROUNDS {
            for who in [&bob, &cyd] {
                town.put(who, Some(OrganizationRole::Member), Some(ProjectRole::Owner)).await;
            }
            let won = race(&town, IN_PROJECT[round % 3], &bob, &cyd).await;
            assert!(won >= 1, "somebody is first");
            let owners = "SELECT user_id FROM project_members WHERE project_id = $1 AND role = 'owner'";
            assert_eq!(house.rows_of(owners, &[town.project_id.to_string()]).await.len(), 1, "round {round}");
        }
    }

    async fn two_owners_of_an_organization_never_end_each_other(house: &House) {
        let town = house.town().await;
        let bob = house.person("Bob").await;
        let cyd = house.person("Cyd").await;
        let dee = town.member("Dee", OrganizationRole::Member, Some(ProjectRole::Owner)).await;
        town.put(&town.ada, None, None).await;
        for round in 0..ROUNDS {
            for who in [&bob, &cyd] {
                town.put(who, Some(OrganizationRole::Owner), None).await;
            }
            let won = race(&town, IN_ORGANIZATION[round % 3], &bob, &cyd).await;
            assert!(won >= 1, "somebody is first");
            let owners = "SELECT user_id FROM organization_members WHERE organization_id = $1 AND role = 'owner'";
            assert_eq!(house.rows_of(owners, &[town.organization_id.to_string()]).await.len(), 1, "round {round}");
        }
        assert_eq!(town.project_role(dee.account.id).await.as_deref(), Some("owner"));
    }

    /// The last owner of a project leaves its organization while another owner leaves the project.
    async fn a_project_keeps_an_owner_when_its_owners_leave_by_two_doors(house: &House) {
        let town = house.town().await;
        let bob = house.person("Bob").await;
        let cyd = house.person("Cyd").await;
        town.put(&town.ada, Some(OrganizationRole::Owner), None).await;
        let ids = Ids { organization_id: town.organization_id, project_id: town.project_id };
        for round in 0..ROUNDS / 2 {
            for who in [&bob, &cyd] {
                town.put(who, Some(OrganizationRole::Member), Some(ProjectRole::Owner)).await;
            }
            let mut racers = JoinSet::new();
            racers.spawn(IN_ORGANIZATION[2](house.services.clone(), ids, bob.clone(), cyd.clone()));
            racers.spawn(IN_PROJECT[2](house.services.clone(), ids, cyd.clone(), bob.clone()));
            assert_eq!(settle(racers).await, 1, "round {round}");
        }
    }

    async fn a_deletion_leaves_no_orphans(house: &House) {
        let town = house.town().await;
        let bob = town.member("Bob", OrganizationRole::Member, None).await;
        for round in 0..ROUNDS / 4 {
            house.later(conifer_domain::limits::HOUR_MS);
            let name = format!("Project {round}");
            let project = town.new_project(&name).await;
            let address = format!("new{round}@example.com");
            let (s, ada) = (house.services.clone(), town.ada.clone());
            let invited = invites::create(&s, &origin(), &ada, project, &address, ProjectRole::User).await.expect("invited")[0];
            let link = invites::link(&s, &origin(), &ada, project, invited).await.expect("a link");
            let token = crate::mailbox::token(&link.url);
            let mut racers: JoinSet<Result<()>> = JoinSet::new();
            let with = || (house.services.clone(), town.ada.clone());
            let (s, ada) = with();
            racers.spawn(async move { projects::delete(&s, &origin(), &ada, project, &name).await });
            let (s, ada) = with();
            racers.spawn(async move { projects::rename(&s, &origin(), &ada, project, &format!("Renamed {round}")).await });
            let ((s, ada), id) = (with(), bob.account.id);
            racers.spawn(async move { members::add(&s, &origin(), &ada, project, id, ProjectRole::User).await });
            let (s, ada) = with();
            let other = format!("other{round}@example.com");
            racers.spawn(async move { invites::create(&s, &origin(), &ada, project, &other, ProjectRole::User).await.map(|_| ()) });
            let (s, _) = with();
            racers.spawn(async move {
                invites::accept_as_new(&s, &origin(), &token, "New", crate::house::PASSWORD).await.map(|_| ())
            });
            assert!(settle(racers).await >= 1);
        }
        for orphans in [
            "SELECT COUNT(*) FROM project_members m WHERE NOT EXISTS (SELECT 1 FROM projects p WHERE p.id = m.project_id AND p.organization_id = m.organization_id)",
            "SELECT COUNT(*) FROM project_members m WHERE NOT EXISTS (SELECT 1 FROM organization_members o
                WHERE o.organization_id = m.organization_id AND o.user_id = m.user_id)",
            "SELECT COUNT(*) FROM invites i WHERE i.project_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM projects p WHERE p.id = i.project_id)",
            "SELECT COUNT(*) FROM invite_links l WHERE NOT EXISTS (SELECT 1 FROM invites i WHERE i.id = l.invite_id)",
            "SELECT COUNT(*) FROM projects p WHERE NOT EXISTS (SELECT 1 FROM project_members m WHERE m.project_id = p.id AND m.role = 'owner')",
        ] {
            assert_eq!(house.count(orphans).await, 0, "{orphans}");
        }
    }
}
