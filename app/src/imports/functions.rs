//! What the pages of imports ask the server for and tell it to do.

#![allow(clippy::too_many_arguments, reason = "one for each input of the form")]

use crate::Failure;
#[cfg(feature = "ssr")]
use crate::{indexes::Addressed, server};
#[cfg(feature = "ssr")]
use conifer_domain::{
    Field, Problem, Rule,
    imports::OnError,
    notices::Notice,
    permissions::may,
    uploads::{FileFormat, Ids, Mapping, Reading},
};
use conifer_domain::{
    imports::Import,
    paging::{Page, Paging},
    uploads::{Preview, Upload},
};
#[cfg(feature = "ssr")]
use conifer_services::{
    Services,
    imports::{
        self,
        uploads::{self, NewUpload, Start},
    },
    indexes,
};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

/// What was imported into an index, and what waits for it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Imported {
    pub imports: Page<Import>,
    pub uploads: Vec<Upload>,
}

/// An upload, and what would become of its first rows once it is whole.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Looked {
    pub upload: Upload,
    /// Files of ids that are here.
    pub ids: Vec<Upload>,
    pub preview: Option<Preview>,
}

#[server(prefix = "/fn", endpoint = "imports/list")]
pub async fn list_imports(id: String, #[server(default)] paging: Paging) -> Result<Imported, Failure> {
    let services = server::services()?;
    let granted = server::granted::<may::ViewImports>(&services, &id).await?;
    let imports = imports::list(&services, &granted, &paging).await?;
    Ok(Imported { imports, uploads: uploads::list(&services, &granted).await? })
}

/// None while no id is given.
#[server(prefix = "/fn", endpoint = "imports/get")]
pub async fn fetch_import(id: String, import_id: String) -> Result<Option<Import>, Failure> {
    let services = server::services()?;
    let granted = server::granted::<may::ViewImports>(&services, &id).await?;
    if import_id.is_empty() {
        return Ok(None);
    }
    Ok(Some(imports::get(&services, &granted, server::id(&import_id)?).await?))
}

/// Says that a file will be sent.
#[server(prefix = "/fn", endpoint = "imports/upload")]
pub async fn begin_upload(id: String, name: String, bytes: u64) -> Result<Upload, Failure> {
    let (current, origin) = server::signed_in()?;
    let new = NewUpload { name, bytes };
    Ok(uploads::begin(&server::services()?, &origin, &current, server::id(&id)?, new).await?)
}

#[server(prefix = "/fn", endpoint = "imports/abandon")]
pub async fn abandon_upload(id: String, upload_id: String) -> Result<(), Failure> {
    let (current, origin) = server::signed_in()?;
    let services = server::services()?;
    uploads::abandon(&services, &origin, &current, server::id(&id)?, server::id(&upload_id)?).await?;
    server::done(&imports_page(&services, &id).await?, Notice::UploadRemoved);
    Ok(())
}

/// None while no id is given.
#[server(prefix = "/fn", endpoint = "imports/look")]
pub async fn look_into_upload(
    id: String,
    upload_id: String,
    #[server(default)] columns: Vec<String>,
    #[server(default)] parts: Vec<String>,
) -> Result<Option<Looked>, Failure> {
    let services = server::services()?;
    let granted = server::granted::<may::ImportVectors>(&services, &id).await?;
    if upload_id.is_empty() {
        return Ok(None);
    }
    let upload = uploads::get(&services, &granted, server::id(&upload_id)?).await?;
    let viewing = server::granted::<may::ViewImports>(&services, &id).await?;
    let mut ids = uploads::list(&services, &viewing).await?;
    ids.retain(|other| other.format == FileFormat::Ids && other.is_whole());
    let preview = match upload.is_whole() && upload.format != FileFormat::Ids {
        true => {
            let mapping = mapping(&columns, &parts)?;
            let reading =
                Reading { format: upload.format, namespace: String::new(), mapping, ids: Ids::default() };
            Some(uploads::preview(&services, &granted, upload.id, reading).await?)
        }
        false => None,
    };
    Ok(Some(Looked { upload, ids, preview }))
}

#[server(prefix = "/fn", endpoint = "imports/start")]
pub async fn start_import(
    id: String,
    upload_id: String,
    #[server(default)] namespace: String,
    #[server(default)] columns: Vec<String>,
    #[server(default)] parts: Vec<String>,
    #[server(default)] on_error: String,
    #[server(default)] ids_from: String,
    #[server(default)] ids_prefix: String,
) -> Result<(), Failure> {
    let (current, origin) = server::signed_in()?;
    let services = server::services()?;
    let granted = server::granted::<may::ImportVectors>(&services, &id).await?;
    let upload = uploads::get(&services, &granted, server::id(&upload_id)?).await?;

    let ids = match ids_from.as_str() {
        "" => Ids::Numbered(ids_prefix),
        other => Ids::From(server::id(other)?),
    };
    let reading = Reading { format: upload.format, namespace, mapping: mapping(&columns, &parts)?, ids };
    let on_error = if on_error == "abort" { OnError::Abort } else { OnError::Continue };
    let start = Start { upload: upload.id, reading, on_error };
    let import = uploads::start(&services, &origin, &current, server::id(&id)?, start).await?;
    leptos_axum::redirect(&format!("{}/one?id={import}", imports_page(&services, &id).await?));
    Ok(())
}

/// What a form says of columns: their names, and beside them what they are.
#[cfg(feature = "ssr")]
fn mapping(columns: &[String], parts: &[String]) -> Result<Mapping, Problem> {
    let parts: Result<Vec<_>, String> = parts.iter().map(|part| part.parse()).collect();
    let parts = parts.map_err(|_| Problem::invalid(Field::Columns, Rule::Unknown));
    Ok(Mapping { columns: columns.iter().cloned().zip(parts?).collect(), others_left_out: false })
}

#[server(prefix = "/fn", endpoint = "imports/pause")]
pub async fn pause_import(id: String, import_id: String) -> Result<(), Failure> {
    let (current, origin) = server::signed_in()?;
    let services = server::services()?;
    imports::pause(&services, &origin, &current, server::id(&id)?, server::id(&import_id)?).await?;
    leptos_axum::redirect(&format!("{}/one?id={import_id}", imports_page(&services, &id).await?));
    Ok(())
}

#[server(prefix = "/fn", endpoint = "imports/resume")]
pub async fn resume_import(id: String, import_id: String) -> Result<(), Failure> {
    let (current, origin) = server::signed_in()?;
    let services = server::services()?;
    imports::resume(&services, &origin, &current, server::id(&id)?, server::id(&import_id)?).await?;
    leptos_axum::redirect(&format!("{}/one?id={import_id}", imports_page(&services, &id).await?));
    Ok(())
}

#[server(prefix = "/fn", endpoint = "imports/cancel")]
pub async fn cancel_import(id: String, import_id: String) -> Result<(), Failure> {
    let (current, origin) = server::signed_in()?;
    let services = server::services()?;
    imports::cancel(&services, &origin, &current, server::id(&id)?, server::id(&import_id)?).await?;
    leptos_axum::redirect(&format!("{}/one?id={import_id}", imports_page(&services, &id).await?));
    Ok(())
}

#[cfg(feature = "ssr")]
async fn imports_page(services: &Services, id: &str) -> Result<String, Failure> {
    let granted = server::granted::<may::ViewIndex>(services, id).await?;
    Ok(indexes::describe(services, &granted).await?.address().page("imports"))
}
