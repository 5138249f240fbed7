//! Where state lies: the data directory and the database.

use crate::{
    cli::{StateArgs, values::Secret},
    stop::{Result, Stop},
};
use conifer_services::{Db, Error};
use std::{
    env,
    fs::{self, File},
    io,
    os::unix::fs::DirBuilderExt,
    path::{Path, PathBuf},
};
use url::Url;

#[derive(Debug)]
pub struct State {
    pub data_dir: PathBuf,
    pub database_url: Secret,
}

impl State {
    /// Makes the data directory when it is missing.
    pub fn prepare(args: StateArgs) -> Result<Self> {
        let data_dir = make_private_directory(&args.data).map_err(|error| {
            Stop::wrong_setting(format!("--data {} cannot be used: {error}", args.data.display()))
        })?;
        let database_url = match args.database_url.or_else(database_url_of_the_platform) {
            Some(url) => url,
            None => default_database_url(&data_dir)?,
        };
        check_scheme(&database_url)?;
        Ok(Self { data_dir, database_url })
    }

    pub async fn connect(&self) -> Result<Db> {
        Db::connect(self.database_url.expose())
            .await
            .map_err(|error| Stop::while_doing("The database cannot be opened", error))
    }

    /// Connects and brings the schema up to date. Says what was applied.
    pub async fn connect_up_to_date(&self) -> Result<(Db, Vec<String>)> {
        let db = self.connect().await?;
        let applied = self.migrate(&db).await;
        let explain = |error| Stop::while_doing("The database cannot be brought up to date", error);
        Ok((db, applied.map_err(explain)?))
    }

    /// One process at a time: SQLite does not keep two from applying the same migration.
    async fn migrate(&self, db: &Db) -> Result<Vec<String>, Error> {
        let lock = File::create(self.data_dir.join("migrate.lock")).map_err(Error::internal)?;
        let locked = tokio::task::spawn_blocking(move || lock.lock().map(|()| lock));
        let _lock = locked.await.map_err(Error::internal)?.map_err(Error::internal)?;
        let pending = db.pending_migrations().await?;
        db.migrate().await?;
        Ok(pending)
    }
}

fn make_private_directory(path: &Path) -> io::Result<PathBuf> {
    fs::DirBuilder::new().recursive(true).mode(0o700).create(path)?;
    path.canonicalize()
}

/// The name that platforms and other tools set.
fn database_url_of_the_platform() -> Option<Secret> {
    env::var("DATABASE_URL").ok().filter(|url| !url.is_empty()).map(|url| Secret::new(&url))
}

fn default_database_url(data_dir: &Path) -> Result<Secret> {
    let file = Url::from_file_path(data_dir.join("conifer.db"))
        .map_err(|()| Stop::wrong_setting("--data is not a path that a database can have"))?;
    Ok(Secret::new(&file.as_str().replacen("file:", "sqlite:", 1)))
}

/// Says nothing of the value, which may hold a password.
fn check_scheme(url: &Secret) -> Result<()> {
    let scheme = url.expose().split_once(':').map(|(scheme, _)| scheme);
    match scheme {
        Some("sqlite" | "postgres" | "postgresql") => Ok(()),
        _ => Err(Stop::wrong_setting(
            "--database-url starts with neither sqlite: nor postgres:. \
             Allowed are sqlite:///absolute/path.db and postgres://user:password@host/name.",
        )),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_directory_name_makes_an_address() {
        let url = default_database_url(Path::new("/var/lib/my data #1?")).expect("an address");
        assert_eq!(url.expose(), "sqlite:///var/lib/my%20data%20%231%3F/conifer.db");
    }

    #[test]
    fn other_databases_are_refused_without_repeating_the_password() {
        let stop = check_scheme(&Secret::new("mysql://ada:s3cret@db")).expect_err("refused");
        assert!(!format!("{stop:?}").contains("s3cret"));
    }
}
