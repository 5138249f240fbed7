//! Sending invites, sending them again, taking them back, and their list.

use super::{BOB, accept_as_new, invite, invite_bob, list};
use crate::house::{House, PASSWORD, on_both, origin, problem};
use conifer_domain::{
    Field, Problem, Rule,
    ids::ProjectId,
    invites::{InviteQuery, InviteState},
    limits::{DAY_MS, HOUR_MS, INVITE_AGE_MAX_MS, MINUTE_MS},
    organizations::OrganizationRole::Member,
    paging::Paging,
    projects::ProjectRole::User,
};
use conifer_services::{authorize::authorize, invites};

on_both! {
    async fn all_are_invited_or_none(house: &House) {
        let town = house.town().await;
        let refused = |rule, position| Problem::InvalidItem { field: Field::Addresses, rule, position };
        invite(&town, BOB, User).await.expect("invited");
        let again = invite(&town, "new@example.com BOB@example.com", User).await;
        assert_eq!(problem(again), refused(Rule::InvitedAlready, 2));
        let member = invite(&town, "new@example.com, ada@example.com", User).await;
        assert_eq!(problem(member), refused(Rule::MemberAlready, 2));
        assert_eq!(problem(invite(&town, "new", User).await), refused(Rule::NotAnAddress, 1));
        assert_eq!(list(&town, None).await.len(), 1);
        assert_eq!(house.mails().await.iter().filter(|mail| mail.entry.to == "new@example.com").count(), 0);
    }

    async fn an_invite_dies_of_age_and_lives_again_when_resent(house: &House) {
        let town = house.town().await;
        let (id, old, _) = invite_bob(&town).await;
        house.later(INVITE_AGE_MAX_MS);
        assert_eq!(problem(invites::show(&house.services, None, &old).await), Problem::LinkDead);
        assert_eq!(problem(accept_as_new(&town, &old, "Bob", PASSWORD).await), Problem::LinkDead);
        assert_eq!(list(&town, Some(InviteState::Expired)).await.len(), 1);
        let resend = async || invites::resend(&house.services, &origin(), &town.ada, town.project_id, id).await;
        resend().await.expect("sent again");
        assert_eq!(list(&town, Some(InviteState::Pending)).await.len(), 1);
        let new = house.token_to(BOB).await;
        assert_ne!(new, old);
        accept_as_new(&town, &new, "Bob", PASSWORD).await.expect("in");
        house.later(DAY_MS);
        assert_eq!(problem(resend().await), Problem::Conflict, "an accepted one is not sent again");
    }

    async fn an_expired_one_lives_again_only_alone(house: &House) {
        let town = house.town().await;
        let (old, ..) = invite_bob(&town).await;
        house.later(INVITE_AGE_MAX_MS);
        let new = invite(&town, BOB, User).await.expect("invited anew")[0];
        let services = &house.services;
        let resend = async || invites::resend(services, &origin(), &town.ada, town.project_id, old).await;
        assert_eq!(problem(resend().await), Problem::invalid(Field::Email, Rule::InvitedAlready));
        invites::revoke(services, &origin(), &town.ada, town.project_id, new).await.expect("revoked");
        let bob = house.person("Bob").await;
        town.put(&bob, Some(Member), Some(User)).await;
        assert_eq!(problem(resend().await), Problem::invalid(Field::Email, Rule::MemberAlready));
        town.put(&bob, Some(Member), None).await;
        resend().await.expect("sent again");
    }

    async fn resending_is_limited(house: &House) {
        let town = house.town().await;
        let (id, ..) = invite_bob(&town).await;
        let resend = async || invites::resend(&house.services, &origin(), &town.ada, town.project_id, id).await;
        assert_eq!(problem(resend().await), Problem::TooMany { retry_after_s: 60 });
        for _ in 0..5 {
            house.later(MINUTE_MS);
            resend().await.expect("once a minute");
        }
        house.later(HOUR_MS);
        assert!(matches!(problem(resend().await), Problem::TooMany { retry_after_s } if retry_after_s > 80_000));
        house.later(DAY_MS);
        resend().await.expect("the next day");
    }

    async fn a_revoked_one_is_dead_by_every_link(house: &House) {
        let town = house.town().await;
        let (id, mailed, copied) = invite_bob(&town).await;
        let revoke = async || invites::revoke(&house.services, &origin(), &town.ada, town.project_id, id).await;
        revoke().await.expect("revoked");
        for token in [&mailed, &copied] {
            assert_eq!(problem(accept_as_new(&town, token, "Bob", PASSWORD).await), Problem::LinkDead);
        }
        assert_eq!(problem(revoke().await), Problem::Conflict);
        assert_eq!(list(&town, Some(InviteState::Revoked)).await.len(), 1);
        // An invite is found only where it belongs.
        let other = town.new_project("Other").await;
        let elsewhere = invites::revoke(&house.services, &origin(), &town.ada, other, id).await;
        assert_eq!(problem(elsewhere), Problem::NotFound);
    }

    async fn tokens_are_kept_as_hashes(house: &House) {
        let town = house.town().await;
        let (_, mailed, copied) = invite_bob(&town).await;
        let kept = house.rows("SELECT token_hash FROM invite_links").await;
        assert_eq!(kept.len(), 2);
        assert!(!kept.contains(&mailed) && !kept.contains(&copied));
    }

    async fn old_copies_of_a_link_die_when_there_are_many(house: &House) {
        let town = house.town().await;
        let (id, mailed, first) = invite_bob(&town).await;
        for _ in 0..10 {
            house.later(1);
            invites::link(&house.services, &origin(), &town.ada, town.project_id, id).await.expect("a link");
        }
        assert_eq!(problem(invites::show(&house.services, None, &first).await), Problem::LinkDead);
        invites::show(&house.services, None, &mailed).await.expect("the mailed one stays");
    }

    async fn the_list_is_paged_newest_first(house: &House) {
        let town = house.town().await;
        for name in ["a", "b", "c"] {
            house.later(1);
            invite(&town, &format!("{name}@example.com"), User).await.expect("invited");
        }
        let granted = authorize(&house.services, &origin(), &town.ada, town.project_id).await.expect("a right");
        let mut query = InviteQuery { paging: Paging { after: None, limit: Some(2) }, ..InviteQuery::default() };
        let first = invites::list::<ProjectId>(&house.services, &granted, &query).await.expect("a page");
        assert_eq!(first.items.iter().map(|invite| &*invite.email).collect::<Vec<_>>(), ["c@example.com", "b@example.com"]);
        query.paging.after = first.next;
        let last = invites::list::<ProjectId>(&house.services, &granted, &query).await.expect("a page");
        assert_eq!((&*last.items[0].email, last.next), ("a@example.com", None));
        query = InviteQuery { search: "B@".into(), ..InviteQuery::default() };
        assert_eq!(invites::list::<ProjectId>(&house.services, &granted, &query).await.expect("a page").items.len(), 1);
    }
}
