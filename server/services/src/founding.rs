//! A new account with its first organization and project, as set-up, sign-up and the command line make it.

use crate::{
    Result, Services,
    authorize::Author,
    db::{Tx, new_id},
    organizations, passwords,
    people::NewPerson,
    projects,
    setup::{Founded, Founding},
};
use conifer_domain::{EmailAddress, Field, Name};

pub(crate) struct NewAccount {
    pub(crate) ids: Founded,
    person: NewPerson,
    organization_name: Name,
    project_name: Name,
}

impl NewAccount {
    /// Checks every input, then hashes the password.
    pub(crate) async fn check(services: &Services, founding: &Founding) -> Result<Self> {
        let name = Name::parse(&founding.name, Field::Name)?;
        let email = EmailAddress::parse(&founding.email)?;
        let organization_name = Name::parse(&founding.organization_name, Field::OrganizationName)?;
        let project_name = Name::parse(&founding.project_name, Field::ProjectName)?;
        let hints = [name.as_str(), email.as_str(), organization_name.as_str(), project_name.as_str()];
        passwords::check(services, &founding.password, &hints, Field::Password).await?;
        let password_hash = services.hasher().hash(&founding.password).await?;
        let ids = Founded { user_id: new_id(), organization_id: new_id(), project_id: new_id() };
        let person = NewPerson { id: ids.user_id, name, email, password_hash };
        Ok(Self { ids, person, organization_name, project_name })
    }

    /// Inserts it all; the person owns both. `verified_at_ms` is when a link mailed to the address was opened.
    pub(crate) async fn insert(&self, tx: &mut Tx, now_ms: i64, verified_at_ms: Option<i64>) -> Result<()> {
        let Founded { user_id, organization_id, project_id } = self.ids;
        self.person.insert(tx, now_ms, verified_at_ms, None).await?;
        organizations::insert(tx, organization_id, &self.organization_name, user_id, now_ms).await?;
        projects::insert(tx, project_id, organization_id, &self.project_name, Author::Person(user_id), now_ms)
            .await
    }
}
