//! Records, page by page and one by one.

use super::{
    super::{at_hand, read::see},
    read::{self, Unread},
    shown,
};
use crate::{Error, Result, Services, authorize::Granted};
use conifer_domain::{
    Field, Problem,
    permissions::may,
    records::{Browse, Browsed, Record},
};
use conifer_engine::{Filter, NamespaceName, RecordId, limits::FETCH_IDS};

/// A page of records without their values. What is wrong with the question is told in the answer.
pub async fn browse(
    services: &Services,
    granted: &Granted<may::FetchVectors>,
    asked: &Browse,
) -> Result<Browsed> {
    let question = match Question::read(asked) {
        Ok(question) => question,
        Err(unread) => return Ok(Browsed { refused: Some(unread.sentence()), ..Browsed::default() }),
    };
    let Question { namespace, filter, after } = question;
    let index = at_hand(services, granted, &namespace)?;
    if !asked.ids.trim().is_empty() {
        return these(services, granted, namespace, &asked.ids).await;
    }
    let (prefix, length) = (asked.prefix.clone(), asked.length() as usize);
    let seen = see(services, "browse", index, move |engine, index| {
        let page = engine.browse(index, &namespace, &prefix, filter.as_ref(), after.as_ref(), length)?;
        Ok((page, engine.count(index, &namespace, filter.as_ref())?))
    });
    match seen.await {
        Ok(seen) => {
            let (page, count) = seen.value;
            let records = page.items.iter().map(|record| shown::record(record, false)).collect();
            Ok(Browsed { records, next: page.next.map(|id| id.to_string()), count, refused: None })
        }
        Err(Error::Missing { .. }) => Ok(Browsed::default()),
        Err(error) => Err(error),
    }
}

/// Those of these records that there are.
async fn these(
    services: &Services,
    granted: &Granted<may::FetchVectors>,
    namespace: NamespaceName,
    ids: &str,
) -> Result<Browsed> {
    let refused = |unread: Unread| Browsed { refused: Some(unread.sentence()), ..Browsed::default() };
    let ids = read::json::<Vec<String>>(Field::RecordId, ids)
        .and_then(|ids| ids.iter().take(FETCH_IDS).map(|id| read::id(id)).collect::<Result<Vec<_>, _>>());
    let ids = match ids {
        Ok(ids) => ids,
        Err(unread) => return Ok(refused(unread)),
    };
    if ids.is_empty() {
        return Ok(Browsed::default());
    }
    let found = super::super::fetch(services, granted, namespace, ids).await?.value;
    let records: Vec<_> = found.iter().map(|record| shown::record(record, false)).collect();
    Ok(Browsed { count: records.len() as u64, records, next: None, refused: None })
}

struct Question {
    namespace: NamespaceName,
    filter: Option<Filter>,
    after: Option<RecordId>,
}

impl Question {
    fn read(asked: &Browse) -> Result<Self, Unread> {
        let after = Some(asked.after.as_str()).filter(|after| !after.is_empty());
        Ok(Self {
            namespace: read::namespace(&asked.namespace)?,
            filter: read::filter_of(&asked.filter)?,
            after: after.map(read::id).transpose()?,
        })
    }
}

/// All of one record.
pub async fn one(
    services: &Services,
    granted: &Granted<may::FetchVectors>,
    namespace: &str,
    id: &str,
) -> Result<Record> {
    let ids = vec![read::id(id).map_err(|_| Problem::NotFound)?];
    let namespace = read::namespace(namespace).map_err(|_| Problem::NotFound)?;
    let found = super::super::fetch(services, granted, namespace, ids).await?;
    let record = found.value.first().ok_or(Problem::NotFound)?;
    Ok(shown::record(record, true))
}
