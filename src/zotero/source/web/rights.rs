//! What an API key may do: `GET /keys/current`,
//! <https://www.zotero.org/support/dev/web_api/v3/basics#authentication>.

use std::collections::BTreeSet;
use std::sync::Arc;

use serde_json::Value;

use crate::zotero::record::{LibraryId, LibraryKind, Right};
use crate::zotero::source::SourceError;
use crate::zotero::source::web::Web;
use crate::zotero::source::web::http::library_in_words;
use crate::zotero::source::web::question::Question;

/// What Zotero says of a key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rights {
    answer: Value,
}

/// What is known of a key in this run.
#[derive(Clone, Debug)]
pub(super) enum Known {
    Rights(Arc<Rights>),
    /// Zotero does not know it. Asking on would lock out whoever asks.
    Invalid,
    /// The API does not tell.
    Untold,
}

impl Rights {
    /// What the key may do with `library`. A public library may be read without any right.
    #[must_use]
    pub fn to(&self, library: &LibraryId) -> BTreeSet<Right> {
        let access = &self.answer["access"];
        let mut rights = BTreeSet::new();
        match library.kind {
            LibraryKind::Group => {
                let group = |id: &str| access["groups"][id]["library"] == true;
                if group("all") || group(&library.id) {
                    rights.extend([Right::Library, Right::Files, Right::Notes]);
                }
            }
            LibraryKind::User if self.is_user(library) => {
                let user = &access["user"];
                rights.extend((user["library"] == true).then_some(Right::Library));
                rights.extend((user["library"] == true || user["files"] == true).then_some(Right::Files));
                rights.extend((user["notes"] == true).then_some(Right::Notes));
            }
            LibraryKind::User | LibraryKind::File => {}
            LibraryKind::Publications => rights.extend([Right::Library, Right::Files, Right::Notes]),
        }
        rights.extend(may_write(access).then_some(Right::Write));
        rights
    }

    /// The name of the key's owner, if `library` is the owner's.
    #[must_use]
    pub fn user_name(&self, library: &LibraryId) -> Option<String> {
        let name = ["displayName", "username"].map(|name| self.answer[name].as_str().unwrap_or_default());
        let name = name.into_iter().find(|name| !name.is_empty()).filter(|_| self.is_user(library));
        name.map(str::to_owned)
    }

    fn is_user(&self, library: &LibraryId) -> bool {
        self.answer["userID"].as_u64().is_some_and(|user| user.to_string() == library.id)
    }
}

/// Whether the key may change anything, in this library or another one.
fn may_write(access: &Value) -> bool {
    let groups = access["groups"].as_object().into_iter().flat_map(|groups| groups.values());
    groups.chain([&access["user"]]).any(|rights| rights["write"] == true)
}

impl Web {
    /// Tells the key from another one, and tells nothing else of it. None without a key.
    #[must_use]
    pub fn key_fingerprint(&self) -> Option<String> {
        self.key.as_ref().map(|key| key.fingerprint())
    }

    /// What the key may do, asked once in a run. None when the API does not tell, as some proxies do not.
    ///
    /// # Errors
    /// When Zotero does not know the key, or does not answer.
    pub async fn rights(&self) -> Result<Option<Arc<Rights>>, SourceError> {
        let Some(fingerprint) = self.key_fingerprint() else { return Ok(None) };
        let mut known = self.http.rights.lock().await;
        if !known.contains_key(&fingerprint) {
            let answer = self.ask_for_rights().await?;
            known.insert(fingerprint.clone(), answer);
        }
        match known.get(&fingerprint) {
            Some(Known::Rights(rights)) => Ok(Some(Arc::clone(rights))),
            Some(Known::Invalid) => Err(SourceError::InvalidKey { variable: self.key_variable.clone() }),
            Some(Known::Untold) | None => Ok(None),
        }
    }

    async fn ask_for_rights(&self) -> Result<Known, SourceError> {
        match self.http.json::<Value>(&self.asking(Question::Rights)).await {
            Ok(Some(answer)) => Ok(Known::Rights(Arc::new(Rights { answer: answer.body }))),
            Err(error) if matches!(error.status(), Some(401 | 403)) => Ok(Known::Invalid),
            Ok(None) | Err(SourceError::Unknown { .. } | SourceError::Unusable { .. }) => Ok(Known::Untold),
            Err(error) => Err(error),
        }
    }

    /// Says which right is missing, if `error` is a refusal; all other errors stay as they are.
    pub async fn explain(&self, error: SourceError) -> SourceError {
        let SourceError::Refused { with_key: true, library, source } = error else { return error };
        let lacks = |rights: &Rights| !rights.to(&self.library).contains(&Right::Library);
        match self.rights().await {
            Err(invalid @ SourceError::InvalidKey { .. }) => invalid,
            Ok(Some(rights)) if lacks(&rights) => {
                let personal = self.library.kind != LibraryKind::Group;
                SourceError::Lacking { library: library_in_words(&self.library), personal, source }
            }
            _ => SourceError::Refused { with_key: true, library, source },
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn rights(access: Value) -> Rights {
        Rights { answer: json!({"userID": 7, "username": "ida", "displayName": "Ida Example", "access": access}) }
    }

    fn library(kind: LibraryKind, id: &str) -> LibraryId {
        LibraryId { kind, id: id.to_owned() }
    }

    #[test]
    fn group_rights_are_judged_by_the_group_or_by_all_and_missing_parts_are_no_rights() {
        let group = library(LibraryKind::Group, "8080");
        let all = [Right::Library, Right::Files, Right::Notes].into();
        assert_eq!(rights(json!({"groups": {"all": {"library": true}}})).to(&group), all);
        assert_eq!(rights(json!({"groups": {"8080": {"library": true}}})).to(&group), all);
        for none in
            [json!({}), Value::Null, json!({"user": {"library": true}}), json!({"groups": {"9": {"library": true}}})]
        {
            assert!(rights(none.clone()).to(&group).is_empty(), "{none}");
        }
    }

    #[test]
    fn a_personal_library_has_files_with_it_and_notes_apart() {
        let own = library(LibraryKind::User, "7");
        let may = rights(json!({"user": {"library": true}}));
        assert_eq!(may.to(&own), [Right::Library, Right::Files].into());
        assert_eq!(may.user_name(&own).as_deref(), Some("Ida Example"));
        let other = library(LibraryKind::User, "8");
        assert!(may.to(&other).is_empty() && may.user_name(&other).is_none());
    }

    #[test]
    fn a_key_that_may_write_anywhere_is_one_that_may_write() {
        let group = library(LibraryKind::Group, "8080");
        let write = json!({"user": {"write": true}, "groups": {"all": {"library": true}}});
        assert!(rights(write).to(&group).contains(&Right::Write));
    }
}
