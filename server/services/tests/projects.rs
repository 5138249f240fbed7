use crate::{
    house::{House, on_both, origin, problem},
    people::Town,
};
use conifer_domain::{
    Field, Problem, Rule,
    organizations::OrganizationRole::{Manager, Member},
    paging::Paging,
    permissions::Role,
    projects::{ProjectContents, ProjectQuery, ProjectRole, ProjectSort},
};
use conifer_services::{authorize::authorize, projects, sessions::Current};

async fn names(town: &Town<'_>, who: &Current, query: ProjectQuery) -> Vec<String> {
    let (mut names, mut query) = (Vec::new(), query);
    loop {
        let page = projects::page(&town.house.services, who, &query).await.expect("a page");
        names.extend(page.items.into_iter().map(|project| project.name));
        match page.next {
            Some(next) => query.paging.after = Some(next),
            None => return names,
        }
    }
}

fn by_two(sort: ProjectSort) -> ProjectQuery {
    ProjectQuery { sort, paging: Paging { after: None, limit: Some(2) }, ..ProjectQuery::default() }
}

on_both! {
    async fn who_makes_one_owns_it(house: &House) {
        let town = house.town().await;
        let bob = town.member("Bob", Manager, None).await;
        let id = projects::create(&house.services, &origin(), &bob, town.organization_id, " Ärger ").await;
        let id = id.expect("a project");
        let granted = authorize(&house.services, &origin(), &bob, id).await.expect("a right");
        let details = projects::get(&house.services, &granted).await.expect("the project");
        assert_eq!((details.name.as_str(), details.role, details.members), ("Ärger", ProjectRole::Owner, 1));
        assert_eq!((details.access, details.organization_name.as_str()), (Role::ProjectOwner, "Analytical Engines"));
    }

    async fn names_are_unique_in_an_organization_whatever_their_case(house: &House) {
        let town = house.town().await;
        let taken = Problem::invalid(Field::ProjectName, Rule::Taken);
        let id = town.new_project("Ärger").await;
        let services = &house.services;
        let again = projects::create(services, &origin(), &town.ada, town.organization_id, "äRGER").await;
        assert_eq!(problem(again), taken);
        let renamed = projects::rename(services, &origin(), &town.ada, town.project_id, "ärger").await;
        assert_eq!(problem(renamed), taken);
        projects::rename(services, &origin(), &town.ada, id, "ÄRGER").await.expect("its own name in capitals");
        let other = town.new_organization("Other").await;
        projects::create(services, &origin(), &town.ada, other, "ärger").await.expect("elsewhere the name is free");
        for spelling in ["A\u{308}rger", "Är\u{200D}ger", "\u{FF21}\u{308}rger"] {
            let again = projects::create(services, &origin(), &town.ada, town.organization_id, spelling).await;
            assert_eq!(problem(again), taken, "{spelling}");
        }
        for (name, rule) in [("", Rule::Required), ("a\u{202E}b", Rule::ControlCharacter), ("\u{200B}", Rule::ControlCharacter)] {
            let refused = projects::create(services, &origin(), &town.ada, town.organization_id, name).await;
            assert_eq!(problem(refused), Problem::invalid(Field::ProjectName, rule));
        }
    }

    async fn it_is_deleted_by_its_name_with_all_that_is_in_it(house: &House) {
        let town = house.town().await;
        let services = &house.services;
        let granted = authorize(services, &origin(), &town.ada, town.project_id).await.expect("a right");
        let contents = projects::contents(services, &granted).await.expect("a list");
        assert_eq!(contents, ProjectContents { members: 1, invites: 0, indexes: 0, backups: 0 });
        let delete = async |typed| projects::delete(services, &origin(), &town.ada, town.project_id, typed).await;
        assert_eq!(problem(delete("first notes").await), Problem::invalid(Field::TypedName, Rule::Mismatch));
        delete(" First notes ").await.expect("gone");
        assert_eq!(problem(delete("First notes").await), Problem::NotFound);
        assert_eq!(house.count("SELECT COUNT(*) FROM project_members").await, 0);
    }

    async fn the_list_is_sorted_searched_and_paged(house: &House) {
        let town = house.town().await;
        for name in ["banana", "Apple", "cherry 100%"] {
            house.later(1);
            town.new_project(name).await;
        }
        let ada = &town.ada;
        assert_eq!(names(&town, ada, by_two(ProjectSort::Name)).await, ["Apple", "banana", "cherry 100%", "First notes"]);
        assert_eq!(names(&town, ada, by_two(ProjectSort::NameDescending)).await, ["First notes", "cherry 100%", "banana", "Apple"]);
        assert_eq!(names(&town, ada, by_two(ProjectSort::Oldest)).await, ["First notes", "banana", "Apple", "cherry 100%"]);
        assert_eq!(names(&town, ada, by_two(ProjectSort::Newest)).await, ["cherry 100%", "Apple", "banana", "First notes"]);
        let search = |text: &str| ProjectQuery { search: text.into(), ..ProjectQuery::default() };
        assert_eq!(names(&town, ada, search("APP")).await, ["Apple"]);
        assert_eq!(names(&town, ada, search("\u{FF41}pp")).await, ["Apple"]);
        assert_eq!(names(&town, ada, search("0%")).await, ["cherry 100%"]);
        assert_eq!(names(&town, ada, search("_")).await, Vec::<String>::new());
    }

    async fn a_cursor_of_another_order_is_refused(house: &House) {
        let town = house.town().await;
        town.new_project("Second").await;
        let mut query = by_two(ProjectSort::Name);
        query.paging.limit = Some(1);
        let page = projects::page(&house.services, &town.ada, &query).await.expect("a page");
        query.sort = ProjectSort::Newest;
        query.paging.after = page.next;
        assert_eq!(problem(projects::page(&house.services, &town.ada, &query).await), Problem::BadRequest);
    }

    async fn members_see_theirs_and_owners_of_the_organization_all(house: &House) {
        let town = house.town().await;
        let bob = town.member("Bob", Member, Some(ProjectRole::User)).await;
        town.new_project("Hidden").await;
        let of_town = ProjectQuery { organization_id: Some(town.organization_id), ..ProjectQuery::default() };
        assert_eq!(names(&town, &bob, of_town.clone()).await, ["First notes"]);
        assert_eq!(names(&town, &bob, ProjectQuery::default()).await, ["Bob's own", "First notes"]);
        assert_eq!(names(&town, &town.ada, of_town.clone()).await, ["First notes", "Hidden"]);
        town.put(&bob, None, None).await;
        assert_eq!(names(&town, &bob, of_town).await, Vec::<String>::new());
    }
}
