use crate::{
    house::{EMAIL, House, PASSWORD, founding, on_both, origin, problem},
    mailbox::token,
};
use conifer_domain::{Field, Problem, Rule};
use conifer_services::{
    Error,
    setup::{self, Founding},
    sign_in::{self, Verdict},
};

async fn link(house: &House) -> String {
    let url = setup::new_link(&house.services).await.expect("an answer").expect("a link");
    assert!(url.starts_with("https://conifer.example/setup?token="), "{url}");
    token(&url)
}

on_both! {
    async fn the_link_makes_the_first_owner_once(house: &House) {
        let services = &house.services;
        assert!(!setup::is_founded(services).await.expect("an answer"));
        let token = link(house).await;
        setup::check_link(services, &token).await.expect("a link in force");
        let founded = setup::found(services, &origin(), &token, founding()).await.expect("an owner");
        assert!(setup::is_founded(services).await.expect("an answer"));

        let verdict = sign_in::with_password(services, &origin(), EMAIL, PASSWORD).await.expect("a verdict");
        assert_eq!(verdict, Verdict::SignedIn(founded.verified()));
        assert_eq!(problem(setup::check_link(services, &token).await), Problem::LinkDead);
        let again = setup::found(services, &origin(), &token, founding()).await;
        assert_eq!(problem(again), Problem::LinkDead);
        assert_eq!(setup::new_link(services).await.expect("an answer"), None);
    }

    async fn only_the_newest_link_counts(house: &House) {
        let (old, new) = (link(house).await, link(house).await);
        assert_eq!(problem(setup::check_link(&house.services, &old).await), Problem::LinkDead);
        setup::check_link(&house.services, &new).await.expect("a link in force");
        assert_eq!(problem(setup::check_link(&house.services, "").await), Problem::LinkDead);
    }

    async fn the_token_is_kept_as_a_hash(house: &House) {
        let token = link(house).await;
        let kept = house.rows("SELECT token_hash FROM links").await;
        assert_eq!(kept.len(), 1);
        assert!(!kept.contains(&token));
    }

    async fn two_racing_first_owners_make_one(house: &House) {
        let token = link(house).await;
        let race = |email: &'static str| {
            let (services, token) = (house.services.clone(), token.clone());
            let founding = Founding { email: email.into(), ..founding() };
            tokio::spawn(async move { setup::found(&services, &origin(), &token, founding).await })
        };
        let racers: Vec<_> = ["ada@example.com", "eve@example.com", "bob@example.com"].map(race).into();
        let mut won = 0;
        for racer in racers {
            match racer.await.expect("no panic") {
                Ok(_) => won += 1,
                Err(error) => assert_eq!(error.problem(), Problem::LinkDead),
            }
        }
        assert_eq!(won, 1);
        for table in ["SELECT COUNT(*) FROM users", "SELECT COUNT(*) FROM organizations", "SELECT COUNT(*) FROM projects"] {
            assert_eq!(house.count(table).await, 1, "{table}");
        }
    }

    async fn a_link_and_the_command_line_race_for_one_owner(house: &House) {
        let token = link(house).await;
        let services = house.services.clone();
        let other = Founding { email: "eve@example.com".into(), ..founding() };
        let by_link = tokio::spawn(async move { setup::found(&services, &origin(), &token, other).await });
        let by_command = setup::bootstrap(&house.services, founding()).await;
        let by_link = by_link.await.expect("no panic");
        assert!(by_link.is_ok() != by_command.is_ok(), "{by_link:?} {by_command:?}");
        assert_eq!(house.count("SELECT COUNT(*) FROM users").await, 1);
    }

    async fn every_input_is_checked(house: &House) {
        let token = link(house).await;
        let refused = |founding: Founding| {
            let (services, token) = (house.services.clone(), token.clone());
            async move { problem(setup::found(&services, &origin(), &token, founding).await) }
        };
        let none = String::new;
        for (founding, field) in [
            (Founding { name: none(), ..founding() }, Field::Name),
            (Founding { email: none(), ..founding() }, Field::Email),
            (Founding { password: none(), ..founding() }, Field::Password),
            (Founding { organization_name: none(), ..founding() }, Field::OrganizationName),
            (Founding { project_name: none(), ..founding() }, Field::ProjectName),
        ] {
            assert_eq!(refused(founding).await, Problem::invalid(field, Rule::Required));
        }
        let own_words = Founding { password: "analytical engines".into(), ..founding() };
        assert_eq!(refused(own_words).await, Problem::invalid(Field::Password, Rule::TooEasyToGuess));
        // Nothing of it used the link up.
        setup::check_link(&house.services, &token).await.expect("a link in force");
    }

    async fn bootstrap_twice_changes_nothing(house: &House) {
        let first = setup::bootstrap(&house.services, founding()).await.expect("an owner");
        let same = Founding { email: "ADA@example.com".into(), ..founding() };
        assert_eq!(setup::bootstrap(&house.services, same).await.expect("the same"), first);
        assert_eq!(house.count("SELECT COUNT(*) FROM users").await, 1);
        assert_eq!(setup::new_link(&house.services).await.expect("an answer"), None);
    }

    async fn bootstrap_of_others_is_refused_in_words(house: &House) {
        house.found().await;
        for other in [
            Founding { email: "eve@example.com".into(), ..founding() },
            Founding { organization_name: "Other".into(), ..founding() },
            Founding { project_name: "Other".into(), ..founding() },
        ] {
            let refused = setup::bootstrap(&house.services, other).await.expect_err("a refusal");
            assert!(matches!(&refused, Error::Operator(text) if text.contains("first owner")), "{refused}");
        }
        assert_eq!(house.count("SELECT COUNT(*) FROM users").await, 1);
    }

    async fn racing_bootstraps_agree(house: &House) {
        let bootstrap = || {
            let services = house.services.clone();
            tokio::spawn(async move { setup::bootstrap(&services, founding()).await })
        };
        let (one, other) = (bootstrap(), bootstrap());
        let one = one.await.expect("no panic").expect("an owner");
        assert_eq!(other.await.expect("no panic").expect("the same"), one);
    }
}
