//! Reading, exporting and ending the audit log.

use crate::{
    house::{CHEAP, House, on_both, origin, problem},
    people::Town,
};
use conifer_domain::{
    Problem,
    audit::{AuditEntry, AuditFilter},
    limits::DAY_MS,
    organizations::OrganizationRole::{Member, Owner},
    paging::Paging,
};
use conifer_services::{audit, authorize::authorize, organizations, projects};
use serde_json::json;

/// All entries by pages of two.
async fn read(town: &Town<'_>, filter: &AuditFilter) -> Vec<AuditEntry> {
    let services = &town.house.services;
    let granted = authorize(services, &origin(), &town.ada, town.organization_id).await.expect("a right");
    let (mut entries, mut paging) = (Vec::new(), Paging { after: None, limit: Some(2) });
    loop {
        let page = audit::list(services, &granted, filter, &paging).await.expect("a page");
        entries.extend(page.items);
        paging.after = page.next;
        if paging.after.is_none() {
            return entries;
        }
    }
}

fn actions(entries: &[AuditEntry]) -> Vec<&str> {
    entries.iter().map(|entry| &*entry.action).collect()
}

async fn rename(town: &Town<'_>, name: &str) {
    let renamed =
        organizations::rename(&town.house.services, &origin(), &town.ada, town.organization_id, name).await;
    renamed.expect("renamed");
}

/// Entries of the organization, past the services.
async fn fill(town: &Town<'_>, count: usize) {
    let sql = "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < CAST($2 AS INTEGER))
        INSERT INTO audit_log (id, at, actor, action, room, organization_id, details)
        SELECT 'filler-' || i, i, 'nobody', 'session.ended', 'session', $1, '{}' FROM n";
    town.house.run(sql, &[town.organization_id.to_string(), count.to_string()]).await;
}

on_both! {
    async fn it_is_read_newest_first_and_filtered(house: &House) {
        let town = house.town().await;
        house.later(1000);
        rename(&town, "Second").await;
        house.later(1000);
        let since = house.clock.now_ms();
        rename(&town, "Third").await;
        town.new_project("More").await;
        let all = read(&town, &AuditFilter::default()).await;
        assert_eq!(actions(&all[2..]), ["organization.renamed", "installation.founded"]);
        let renamed = AuditFilter { action: Some("organization.renamed".into()), ..AuditFilter::default() };
        let entries = read(&town, &renamed).await;
        assert_eq!(entries[0].details, json!({ "after": "Third", "before": "Second" }));
        assert_eq!((&*entries[0].actor.name, entries[0].actor.id), ("Ada", Some(town.ada.account.id)));
        assert_eq!(entries[0].address.as_deref(), Some("192.0.2.1"));
        assert_eq!(entries[0].request_id.as_deref(), Some("request-1"));
        let room = AuditFilter { room: Some("project".into()), ..AuditFilter::default() };
        assert_eq!(actions(&read(&town, &room).await), ["project.created"]);
        let late = AuditFilter { from_ms: Some(since), ..AuditFilter::default() };
        assert_eq!(read(&town, &late).await.len(), 2);
        let early = AuditFilter { until_ms: Some(since), ..AuditFilter::default() };
        assert_eq!(actions(&read(&town, &early).await), ["organization.renamed", "installation.founded"]);
        let nobody = AuditFilter { actor: Some(uuid::Uuid::now_v7().into()), ..AuditFilter::default() };
        assert!(read(&town, &nobody).await.is_empty());
    }

    async fn others_and_their_denials_are_told_apart(house: &House) {
        let town = house.town().await;
        let eve = house.person("Eve").await;
        let bob = town.member("Bob", Member, None).await;
        let hidden = projects::rename(&house.services, &origin(), &eve, town.project_id, "Hers").await;
        assert_eq!(problem(hidden), Problem::NotFound);
        organizations::rename(&house.services, &origin(), &bob, town.organization_id, "His").await.expect_err("a denial");
        let denied = AuditFilter { room: Some("access".into()), ..AuditFilter::default() };
        let entries = read(&town, &denied).await;
        let names: Vec<_> = entries.iter().map(|entry| (&*entry.actor.name, &entry.details["denied"])).collect();
        assert_eq!(names, [
            ("Bob", &json!("update organization name")),
            ("Eve", &json!("update project name")),
        ]);
        // What happens in Eve's organization is hers.
        assert!(read(&town, &AuditFilter::default()).await.iter().all(|entry| entry.action != "account.signed-up"));
    }

    async fn an_export_is_every_entry_once_as_json_lines(house: &House) {
        let town = house.town().await;
        fill(&town, 1_203).await;
        let services = &house.services;
        let export = audit::export(services, &origin(), &town.ada, town.organization_id, AuditFilter::default()).await;
        let (mut export, mut lines, mut pieces) = (export.expect("an export"), String::new(), 0);
        while let Some(piece) = export.next().await {
            lines.push_str(&piece.expect("a piece"));
            pieces += 1;
        }
        assert!(pieces >= 3, "read in pieces");
        let mut ids = std::collections::HashSet::new();
        for line in lines.lines() {
            let entry: serde_json::Value = serde_json::from_str(line).expect("JSON");
            assert!(entry["details"].is_object() || entry["details"].is_null());
            assert!(ids.insert(entry["id"].to_string()), "{line}");
        }
        // With the founding, and the export itself.
        assert_eq!(ids.len(), 1_203 + 2);
        assert!(lines.contains("audit.exported"));
    }

    async fn an_export_ends_with_the_right_to_it(house: &House) {
        let town = house.town().await;
        fill(&town, 1_203).await;
        let bob = town.member("Bob", Owner, None).await;
        let services = &house.services;
        let export = audit::export(services, &origin(), &bob, town.organization_id, AuditFilter::default()).await;
        let mut export = export.expect("an export");
        export.next().await.expect("a piece").expect("lines");
        town.put(&bob, Some(Member), None).await;
        let refused = problem(export.next().await.expect("an end that is no end"));
        assert!(matches!(refused, Problem::Denied { .. }), "{refused:?}");
        assert!(export.next().await.is_none());
    }

    async fn it_is_kept_as_long_as_the_operator_says(house: &House) {
        let town = house.town().await;
        fill(&town, 12_000).await;
        house.services.sweep().await.expect("swept");
        assert!(house.count("SELECT COUNT(*) FROM audit_log").await > 12_000, "for ever, when nothing is said");
        let thirty_days = house.again(CHEAP, |settings| settings.audit_retention_days = 30).await;
        thirty_days.sweep().await.expect("swept");
        let left = house.count("SELECT COUNT(*) FROM audit_log").await;
        assert!((1..100).contains(&left), "{left}");
        house.later(31 * DAY_MS);
        thirty_days.sweep().await.expect("swept");
        assert_eq!(house.count("SELECT COUNT(*) FROM audit_log").await, 0);
    }
}
