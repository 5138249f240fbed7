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
use conifer_engine::{Invalid, NamespaceCount, NamespaceName, Page, Rule, Thing, Written};

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

/// Those whose names begin with `prefix`, in the order of their bytes, after the given one. Whoever is limited to some
/// gets those of them that there are.
pub async fn list(
    services: &Services,
    granted: &Granted<may::GetIndexStats>,
    prefix: String,
    after: Option<NamespaceName>,
    limit: usize,
) -> Result<Page<Namespace, NamespaceName>> {
    let index = entry(services, granted)?.at_hand()?.clone();
    let list = move |engine: &dyn conifer_engine::VectorEngine| {
        engine.namespaces(&index, &prefix, after.as_ref(), limit)
    };
    let page = services.vectors().read("list_namespaces", list).await?;
    let seen = page.items.into_iter().filter(|count| granted.sees_namespace(count.name.as_str()));
    Ok(Page { items: seen.map(shown).collect(), next: page.next })
}

/// `Missing` where there is none.
pub async fn describe(
    services: &Services,
    granted: &Granted<may::GetIndexStats>,
    namespace: NamespaceName,
) -> Result<Namespace> {
    let index = at_hand(services, granted, &namespace)?;
    let wanted = namespace.clone();
    // Its name is the first that begins with it.
    let page = services
        .vectors()
        .read("describe_namespace", move |engine| engine.namespaces(&index, wanted.as_str(), None, 1))
        .await?;
    let found = page.items.into_iter().find(|count| count.name == namespace);
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
