//! How long the lists of a large organization take.

use std::fmt::Write as _;
use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

use anyhow::{Context, Result, bail};
use serde_json::Value;

use super::served::Served;
use super::{Extent, http, percentile};
use crate::postgres::Postgres;
use crate::{process, step};

const EMAIL: &str = "owner@example.com";
/// An ordinary member of the organization who is in all its projects.
const MEMBER: &str = "p1@example.com";
const PASSWORD: &str = "seven quiet larches stand";
const WARM_UP: usize = 3;
/// So many entries of the log for each project and each member.
const ENTRIES_PER_MEMBER: usize = 100;

/// A page as it is measured: its name, whether a member asks, and its address.
struct Page {
    name: &'static str,
    by_member: bool,
    path: String,
}

/// What the pages are about.
struct Places {
    organization: String,
    project: String,
    founder: String,
}

pub fn run(binary: &Path, extent: &Extent) -> Result<()> {
    let sqlite = on_database(binary, extent, "SQLite", None)?;
    let postgres = Postgres::start()?;
    let postgres = on_database(binary, extent, "PostgreSQL", Some(&postgres.url()))?;
    println!("{}", table(extent, &sqlite, &postgres));
    Ok(())
}

type Measured = Vec<(&'static str, Vec<Duration>)>;

fn on_database(binary: &Path, extent: &Extent, name: &str, database_url: Option<&str>) -> Result<Measured> {
    let data = tempfile::tempdir()?;
    let places = bootstrap(binary, data.path(), database_url)?;
    let file = format!("sqlite://{}", data.path().join("conifer.db").display());
    fill(database_url.unwrap_or(&file), &places, extent.entries)?;
    let conifer = Served::start(binary, data.path(), database_url)?;
    let sign_in = |email: &str| {
        let email = email.replace('@', "%40");
        http::post(conifer.address, "/fn/sign-in/password", &format!("email={email}&password={PASSWORD}"))
    };
    let (owner, member) = (sign_in(EMAIL)?, sign_in(MEMBER)?);
    step::work(&format!("Measuring on {name}"), |clock| {
        let measure = |page: Page| {
            clock.says(page.name);
            let cookie = if page.by_member { &member } else { &owner };
            Ok((page.name, conifer.measure(&page.path, cookie, WARM_UP, extent.requests)?))
        };
        pages(&places, extent.entries).into_iter().map(measure).collect()
    })
}

fn bootstrap(binary: &Path, data: &Path, database_url: Option<&str>) -> Result<Places> {
    let mut conifer = Command::new(binary);
    conifer.arg("bootstrap").arg("--data").arg(data).args(["--email", EMAIL, "--password-stdin", "--json"]);
    conifer.args(["--organization", "Northern Forest", "--project", "Search"]);
    conifer.args(database_url.iter().flat_map(|url| ["--database-url", url]));
    let mut child = conifer.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn()?;
    child.stdin.take().context("a pipe")?.write_all(PASSWORD.as_bytes())?;
    let output = child.wait_with_output()?;
    if !output.status.success() {
        bail!("`conifer bootstrap` failed");
    }
    let ids: Value = serde_json::from_slice(&output.stdout)?;
    let id = |name: &str| ids[name].as_str().map(str::to_owned).with_context(|| format!("no {name}"));
    Ok(Places { organization: id("organization_id")?, project: id("project_id")?, founder: id("user_id")? })
}

fn fill(url: &str, places: &Places, entries: usize) -> Result<()> {
    let people = (entries / ENTRIES_PER_MEMBER).max(1);
    let mut crowd = process::cargo();
    crowd.args(["run", "--quiet", "--package", "conifer-services", "--example", "crowd", "--", url]);
    crowd.args([format!("organization={}", places.organization), format!("project={}", places.project)]);
    crowd.args([format!("founder={}", places.founder), format!("members={people}")]);
    crowd.args([format!("projects={people}"), format!("entries={entries}")]);
    step::run("Filling the database", &mut crowd)
}

fn pages(places: &Places, entries: usize) -> Vec<Page> {
    let organization = format!("/organizations/{}", places.organization);
    let project = format!("/projects/{}", places.project);
    let people = entries / ENTRIES_PER_MEMBER;
    // Deep down: after nine tenths of the rows, by the keys they are sorted by.
    let after = |key: Value| format!("after={}", hex(&key.to_string()));
    let by_name = |what: &str| after(serde_json::json!([format!("{what} 9"), ""]));
    let by_project_name = after(serde_json::json!({ "Name": ["project 9", ""] }));
    let entry = after(serde_json::json!([1_700_000_000_000_i64 + entries as i64 * 100, ""]));
    let invite = after(serde_json::json!([people as i64 / 10, ""]));
    let actor = "actor=00000000-0000-7000-8000-000000000001";
    let owner = |name, path| Page { name, by_member: false, path };
    let member = |name, path| Page { name, by_member: true, path };
    vec![
        owner("projects, of an owner", "/".into()),
        owner("projects, deep", format!("/?{by_project_name}")),
        owner("projects, newest first", "/?sort=newest".into()),
        owner("projects, searched", "/?search=99".into()),
        member("projects, of a member", "/".into()),
        member("projects, of a member, deep", format!("/?{by_project_name}")),
        owner("projects of the organization", organization.clone()),
        owner("projects of the organization, deep", format!("{organization}?{by_project_name}")),
        owner("project", project.clone()),
        owner("members of the organization", format!("{organization}/members")),
        owner("members of the organization, deep", format!("{organization}/members?{}", by_name("person"))),
        owner("members of the organization, searched", format!("{organization}/members?search=99")),
        owner("members of the project", format!("{project}/members")),
        owner("members of the project, deep", format!("{project}/members?{}", by_name("person"))),
        owner("members of the project, searched", format!("{project}/members?search=99")),
        owner("invites of the organization", format!("{organization}/invites")),
        owner("invites of the project", format!("{project}/invites")),
        owner("invites of the project, deep", format!("{project}/invites?{invite}")),
        owner("invites of the project, searched", format!("{project}/invites?search=q99")),
        owner("audit log", format!("{organization}/audit")),
        owner("audit log, deep", format!("{organization}/audit?{entry}")),
        owner("audit log, one action", format!("{organization}/audit?what=access.denied")),
        owner("audit log, one room, deep", format!("{organization}/audit?what=member&{entry}")),
        owner("audit log, one person", format!("{organization}/audit?{actor}")),
        owner("audit log, one person's action", format!("{organization}/audit?{actor}&what=access.denied")),
        owner("audit log, what never happened", format!("{organization}/audit?what=project.deleted")),
        owner("audit log, two days", format!("{organization}/audit?from=2023-11-15&until=2023-11-16")),
    ]
}

/// A cursor as the server makes it.
fn hex(text: &str) -> String {
    text.bytes().fold(String::new(), |mut hex, byte| {
        write!(hex, "{byte:02x}").ok();
        hex
    })
}

fn table(extent: &Extent, sqlite: &Measured, postgres: &Measured) -> String {
    let people = extent.entries / ENTRIES_PER_MEMBER;
    let mut text = format!(
        "{people} projects, {people} members, {people} invites, {} entries; {} requests for each page; milliseconds\n\n\
         | page | SQLite p50 | p99 | PostgreSQL p50 | p99 |\n|---|---:|---:|---:|---:|\n",
        extent.entries, extent.requests
    );
    let ms = |times: &[Duration], percent| percentile(times, percent).as_secs_f64() * 1e3;
    for ((name, lite), (_, post)) in sqlite.iter().zip(postgres) {
        let [a, b, c, d] = [ms(lite, 50), ms(lite, 99), ms(post, 50), ms(post, 99)];
        writeln!(text, "| {name} | {a:.1} | {b:.1} | {c:.1} | {d:.1} |").ok();
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_has_a_row_for_each_page() {
        let times = |ms| vec![("projects", vec![Duration::from_millis(ms); 3])];
        let extent = Extent { mode: crate::front_end::Mode::Dev, requests: 3, entries: 200 };
        let table = table(&extent, &times(2), &times(3));
        assert!(table.starts_with("2 projects, 2 members, 2 invites, 200 entries; 3 requests"), "{table}");
        assert!(table.ends_with("| projects | 2.0 | 2.0 | 3.0 | 3.0 |\n"), "{table}");
    }
}
