use crate::house::{House, on_both};
use conifer_domain::organizations::OrganizationRole;
use conifer_services::organizations;

on_both! {
    async fn a_person_sees_their_own(house: &House) {
        let (_, ada) = house.ada().await;
        let founded = house.found().await;
        let eve = crate::sign_up::account(house, "eve@example.com").await;
        let of_ada = organizations::list(&house.services, &ada).await.expect("the organizations");
        assert_eq!(of_ada.len(), 1);
        assert_eq!((of_ada[0].id, &*of_ada[0].name), (founded.organization_id, "Analytical Engines"));
        assert_eq!(of_ada[0].role, OrganizationRole::Owner);
        let of_eve = organizations::list(&house.services, &eve).await.expect("the organizations");
        assert_eq!(of_eve.len(), 1);
        assert_ne!(of_eve[0].id, founded.organization_id);
    }
}
