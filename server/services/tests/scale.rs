//! However much there is, a page costs the same few questions to the database.

use crate::{
    house::{House, on_both, origin},
    people::Town,
};
use conifer_domain::{
    audit::AuditFilter, ids::ProjectId, invites::InviteQuery, members::MemberQuery, paging::Paging,
    projects::ProjectQuery,
};
use conifer_services::{audit, authorize::authorize, invites, members, organizations, places, projects};

/// Projects, members, invites and entries, past the services.
async fn fill(town: &Town<'_>) {
    let n = "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 400) ";
    let (org, project) = (town.organization_id.to_string(), town.project_id.to_string());
    let ada = town.ada.account.id.to_string();
    let id = "'00000000-0000-7000-8000-' || SUBSTR('000000000000' || i, LENGTH('000000000000' || i) - 11)";
    for sql in [
        format!("{n} INSERT INTO users (id, name, name_key, email, email_key, password_hash, theme, created_at)
            SELECT {id}, 'Person ' || i, 'person ' || i, 'p' || i || '@example.com', 'p' || i || '@example.com', '', 'system', 1 FROM n"),
        format!("{n} INSERT INTO organization_members SELECT '{org}', {id}, 'member', 1 FROM n"),
        format!("{n} INSERT INTO project_members (project_id, organization_id, user_id, role, created_at)
            SELECT '{project}', '{org}', {id}, 'user', 1 FROM n"),
        format!("{n} INSERT INTO projects (id, organization_id, name, name_key, created_at)
            SELECT {id}, '{org}', 'P' || i, 'p' || i, i FROM n"),
        format!("{n} INSERT INTO invites (id, organization_id, project_id, role, email, email_key, invited_by, created_at, expires_at, sent_at, resends_since)
            SELECT {id}, '{org}', '{project}', 'user', 'q@example.com', 'q@example.com', '{ada}', i, i, i, i FROM n"),
        format!("{n} INSERT INTO audit_log (id, at, actor, action, room, organization_id, details)
            SELECT {id}, i, 'nobody', 'session.ended', 'session', '{org}', '{{}}' FROM n"),
    ] {
        town.house.run_made(sql).await;
    }
}

/// How often each page asks, and how many rows it has.
async fn costs(town: &Town<'_>) -> Vec<(&'static str, u64, usize)> {
    let (s, o, ada) = (&town.house.services, &origin(), &town.ada);
    let (org, project) = (town.organization_id, town.project_id);
    let (members_query, paging) = (MemberQuery::default(), Paging::default());
    let mut costs = Vec::new();
    let mut before = s.db().uses();
    let mut note = |page, rows| {
        let after = s.db().uses();
        costs.push((page, after - before, rows));
        before = after;
    };
    let places = places::list(s, ada, Some(org), Some(project)).await.expect("a menu");
    note("places", places.iter().map(|place| place.projects.len()).sum());
    note("projects", projects::page(s, ada, &ProjectQuery::default()).await.expect("a page").items.len());
    let proof = authorize(s, o, ada, project).await.expect("a right");
    note("members", members::list(s, &proof, &members_query).await.expect("a page").items.len());
    let proof = authorize(s, o, ada, org).await.expect("a right");
    note(
        "organization",
        organizations::members::list(s, &proof, &members_query).await.expect("a page").items.len(),
    );
    let proof = authorize(s, o, ada, project).await.expect("a right");
    note(
        "invites",
        invites::list::<ProjectId>(s, &proof, &InviteQuery::default()).await.expect("a page").items.len(),
    );
    let proof = authorize(s, o, ada, org).await.expect("a right");
    note(
        "audit",
        audit::list(s, &proof, &AuditFilter::default(), &paging).await.expect("a page").items.len(),
    );
    costs
}

on_both! {
    async fn a_page_asks_twice_at_most(house: &House) {
        let town = house.town().await;
        let asked = |costs: &[(&'static str, u64, usize)]| costs.iter().map(|(page, uses, _)| (*page, *uses)).collect::<Vec<_>>();
        let few = costs(&town).await;
        fill(&town).await;
        let many = costs(&town).await;
        let expected = [("places", 2), ("projects", 1), ("members", 2), ("organization", 2), ("invites", 2), ("audit", 2)];
        assert_eq!(asked(&few), expected);
        assert_eq!(asked(&many), expected);
        let rows: Vec<_> = many.iter().map(|(_, _, rows)| *rows).collect();
        assert_eq!(rows, [6, 50, 50, 50, 50, 50], "the project one is at, and five of its organization");
    }

    async fn a_search_for_what_no_text_has_finds_nothing(house: &House) {
        let town = house.town().await;
        let (s, o, ada, search) = (&house.services, &origin(), &town.ada, "a\0b".to_owned());
        let query = ProjectQuery { search: search.clone(), ..ProjectQuery::default() };
        assert!(projects::page(s, ada, &query).await.expect("a page").items.is_empty());
        let query = MemberQuery { search: search.clone(), ..MemberQuery::default() };
        let proof = authorize(s, o, ada, town.project_id).await.expect("a right");
        assert!(members::list(s, &proof, &query).await.expect("a page").items.is_empty());
        let query = InviteQuery { search, ..InviteQuery::default() };
        let proof = authorize(s, o, ada, town.project_id).await.expect("a right");
        assert!(invites::list::<ProjectId>(s, &proof, &query).await.expect("a page").items.is_empty());
    }

    async fn every_row_is_on_one_page(house: &House) {
        let town = house.town().await;
        fill(&town).await;
        let proof = authorize(&house.services, &origin(), &town.ada, town.project_id).await.expect("a right");
        let (mut seen, mut query) = (std::collections::HashSet::new(), MemberQuery::default());
        query.paging.limit = Some(37);
        loop {
            let page = members::list(&house.services, &proof, &query).await.expect("a page");
            assert!(page.items.iter().all(|member| seen.insert(member.id)), "nobody twice");
            query.paging.after = page.next;
            if query.paging.after.is_none() {
                break;
            }
        }
        assert_eq!(seen.len(), 401);
    }
}
