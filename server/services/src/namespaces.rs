//! Namespaces: made by the first record or by hand, gone when somebody says so.

use crate::{
    Error, Result, Services,
    authorize::Granted,
    records::{at_hand, entry},
};
use conifer_domain::{
    namespaces::{Namespace, kept_name},
    permissions::may,
};
use conifer_engine::{
    IndexName, Invalid, NamespaceCount, NamespaceName, Page, Rule, Thing, VectorEngine, Written,
};
use std::collections::BTreeSet;

/// The namespace of that name: `""` and `__default__` are one.
pub fn parse(name: &str) -> Result<NamespaceName, Invalid> {
    NamespaceName::new(kept_name(name))
}

/// `Exists` where it does.
pub async fn create(
    services: &Services,
    granted: &Granted<may::CreateNamespaces>,
    namespace: NamespaceName,
) -> Result<Written> {
    if namespace.as_str().is_empty() {
        let why = "the default namespace is there without being made";
        return Err(Invalid::new("name", Rule::NotWanted { why }).into());
    }
    let index = at_hand(services, granted, &namespace)?;
    services
        .vectors()
        .write("create_namespace", move |engine| engine.create_namespace(&index, &namespace))
        .await
}

/// Those whose names begin with `prefix`, in the order of their bytes, after the given one. For whoever is limited to
/// some there are no others.
pub async fn list(
    services: &Services,
    granted: &Granted<may::GetIndexStats>,
    prefix: String,
    after: Option<NamespaceName>,
    limit: usize,
) -> Result<Page<Namespace, NamespaceName>> {
    let index = entry(services, granted)?.at_hand()?.clone();
    let limited_to = granted.namespaces().map(|names| wanted(names, &prefix, after.as_ref())).transpose()?;
    let list = move |engine: &dyn VectorEngine| match limited_to {
        None => engine.namespaces(&index, &prefix, after.as_ref(), limit),
        Some(names) => page_of(engine, &index, &names, limit),
    };
    let page = services.vectors().read("list_namespaces", list).await?;
    Ok(Page { items: page.items.into_iter().map(shown).collect(), next: page.next })
}

/// How many there are whose names begin with `prefix`.
pub async fn total(services: &Services, granted: &Granted<may::GetIndexStats>, prefix: &str) -> Result<u64> {
    let index = entry(services, granted)?.at_hand()?.clone();
    let all = services.vectors().read("list_namespaces", move |engine| engine.counts(&index, None)).await?;
    let is_counted = |name: &str| name.starts_with(prefix) && granted.sees_namespace(name);
    Ok(all.iter().filter(|count| is_counted(count.name.as_str())).count() as u64)
}

/// Of these names those that a page may show.
fn wanted(
    names: &BTreeSet<String>,
    prefix: &str,
    after: Option<&NamespaceName>,
) -> Result<BTreeSet<NamespaceName>, Invalid> {
    let names = names.iter().map(|name| kept_name(name)).filter(|name| name.starts_with(prefix));
    let names = names.map(NamespaceName::new).collect::<Result<BTreeSet<_>, _>>()?;
    Ok(names.into_iter().filter(|name| after.is_none_or(|after| name > after)).collect())
}

/// The first of these namespaces that there are.
fn page_of(
    engine: &dyn VectorEngine,
    index: &IndexName,
    names: &BTreeSet<NamespaceName>,
    limit: usize,
) -> conifer_engine::Result<Page<NamespaceCount, NamespaceName>> {
    let mut items = Vec::new();
    for name in names {
        if items.len() == limit {
            let next = items.last().map(|last: &NamespaceCount| last.name.clone());
            let more = count_of(engine, index, name)?.is_some();
            if more {
                return Ok(Page { items, next });
            }
            continue;
        }
        items.extend(count_of(engine, index, name)?);
    }
    Ok(Page { items, next: None })
}

/// Its name is the first that begins with it.
fn count_of(
    engine: &dyn VectorEngine,
    index: &IndexName,
    name: &NamespaceName,
) -> conifer_engine::Result<Option<NamespaceCount>> {
    let page = engine.namespaces(index, name.as_str(), None, 1)?;
    Ok(page.items.into_iter().find(|count| count.name == *name))
}

/// `Missing` where there is none.
pub async fn describe(
    services: &Services,
    granted: &Granted<may::GetIndexStats>,
    namespace: NamespaceName,
) -> Result<Namespace> {
    let index = at_hand(services, granted, &namespace)?;
    let wanted = namespace.clone();
    let found = services
        .vectors()
        .read("describe_namespace", move |engine| count_of(engine, &index, &wanted))
        .await?;
    found.map(shown).ok_or_else(|| Error::Missing { what: Thing::Namespace, name: namespace.to_string() })
}

/// With all its records. `Missing` where there is none.
pub async fn delete(
    services: &Services,
    granted: &Granted<may::DeleteNamespaces>,
    namespace: NamespaceName,
) -> Result<Written> {
    let index = at_hand(services, granted, &namespace)?;
    services
        .vectors()
        .write("delete_namespace", move |engine| engine.drop_namespace(&index, &namespace))
        .await
}

fn shown(count: NamespaceCount) -> Namespace {
    Namespace { name: count.name.to_string(), records: count.records }
}
