//! The keys of a running server: they change with their files, and tokens that they have verified are remembered.
//!
//! Keys and memory are replaced together, so a key that is taken out takes with it what it has verified. The files are
//! read whole and compared, every few seconds, rather than watched: they are small, and no time stamp, file system or
//! mount of a container can hide a change from that.

use std::sync::{Arc, PoisonError, RwLock};
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use super::files::Texts;
use super::remembered::Remembered;
use super::{Fault, KeyFiles, KeySet, KeysError, Refused};
use crate::caller::Principal;
use crate::token::Scheme;

/// How often the files are read.
const INTERVAL: Duration = Duration::from_secs(5);

/// How long files that were just read are not read again for a token that names an unknown key.
const PATIENCE: Duration = Duration::from_secs(1);

/// Keys that tokens are verified with, now.
pub struct Keyring {
    now: RwLock<Arc<Keys>>,
    files: Option<Files>,
}

/// Keys, and what they have verified.
struct Keys {
    set: KeySet,
    remembered: Remembered,
}

struct Files {
    files: KeyFiles,
    patience: Duration,
    tell: Box<dyn Fn(&str) + Send + Sync>,
    last: tokio::sync::Mutex<Reading>,
}

/// The last time that the files were read.
struct Reading {
    at: Instant,
    /// What was read then, by its fingerprint; or what was wrong with it.
    found: Result<[u8; 32], String>,
}

impl Keys {
    fn new(set: KeySet) -> Arc<Keys> {
        Arc::new(Keys {
            set,
            remembered: Remembered::new(),
        })
    }

    fn verify(&self, scheme: Scheme, token: &str) -> Result<Arc<Principal>, Fault> {
        if let Some(principal) = self.remembered.get(scheme, token, now()) {
            return Ok(principal);
        }
        let verified = self.set.check(scheme, token)?;
        Ok(self.remembered.insert(scheme, token, verified))
    }
}

/// Keys that stay as they are.
impl From<KeySet> for Keyring {
    fn from(set: KeySet) -> Keyring {
        Keyring {
            now: RwLock::new(Keys::new(set)),
            files: None,
        }
    }
}

impl Keyring {
    /// Reads keys from files. `tell` is told in a line where others can read a secret. When the files change and are read again, `tell` is told in a line; and once, when they cannot be
    /// used. This blocks.
    ///
    /// # Errors
    /// The keys cannot be used.
    pub fn read(
        files: KeyFiles,
        tell: impl Fn(&str) + Send + Sync + 'static,
    ) -> Result<Keyring, KeysError> {
        Keyring::patient(files, tell, PATIENCE)
    }

    fn patient(
        files: KeyFiles,
        tell: impl Fn(&str) + Send + Sync + 'static,
        patience: Duration,
    ) -> Result<Keyring, KeysError> {
        let texts = files.texts()?;
        let set = files.keys(&texts)?;
        for path in texts.open_secrets() {
            let path = path.display();
            tell(&format!(
                "the secret in {path} can be read by others; run `chmod 600 {path}`"
            ));
        }
        let last = Reading {
            at: Instant::now(),
            found: Ok(texts.fingerprint()),
        };
        Ok(Keyring {
            now: RwLock::new(Keys::new(set)),
            files: Some(Files {
                files,
                patience,
                tell: Box::new(tell),
                last: tokio::sync::Mutex::new(last),
            }),
        })
    }

    /// Verifies a token as [`KeySet::verify`] does, or remembers that it was verified.
    ///
    /// A token that names an unknown key may be signed with one that is newer than the last reading. So the files are read
    /// for it, at most once a second.
    ///
    /// # Errors
    /// The token is refused.
    pub async fn verify(&self, scheme: Scheme, token: &str) -> Result<Arc<Principal>, Refused> {
        let keys = self.now();
        match keys.verify(scheme, token) {
            Ok(principal) => Ok(principal),
            Err(Fault::Refused) => Err(Refused),
            Err(Fault::UnknownKey) => {
                let newer = self.newer_than(&keys).await.ok_or(Refused)?;
                newer.verify(scheme, token).map_err(|_| Refused)
            }
        }
    }

    /// Reads the files again, every few seconds, until nobody has the keyring any more.
    pub async fn follow(keyring: Arc<Keyring>) {
        let weak = Arc::downgrade(&keyring);
        drop(keyring);
        loop {
            tokio::time::sleep(INTERVAL).await;
            let Some(keyring) = weak.upgrade() else {
                return;
            };
            keyring.reread().await;
        }
    }

    /// Reads the files again, and takes what is there now, if it can be used.
    pub async fn reread(&self) {
        if let Some(files) = &self.files {
            self.reread_into(files, &mut *files.last.lock().await).await;
        }
    }

    fn now(&self) -> Arc<Keys> {
        Arc::clone(&self.now.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// The keys that have come after these, if there are any. Whoever asks while the files are being read waits for that.
    async fn newer_than(&self, known: &Arc<Keys>) -> Option<Arc<Keys>> {
        let files = self.files.as_ref()?;
        let mut last = files.last.lock().await;
        if Arc::ptr_eq(known, &self.now()) && last.at.elapsed() >= files.patience {
            self.reread_into(files, &mut last).await;
        }
        Some(self.now()).filter(|keys| !Arc::ptr_eq(known, keys))
    }

    async fn reread_into(&self, files: &Files, last: &mut Reading) {
        let read = {
            let files = files.files.clone();
            tokio::task::spawn_blocking(move || files.texts())
        };
        // The task neither panics nor is stopped.
        let Ok(read) = read.await else { return };
        last.at = Instant::now();
        let fingerprint = read.as_ref().ok().map(Texts::fingerprint);
        if fingerprint.is_some_and(|found| last.found == Ok(found)) {
            return;
        }
        let read = read.and_then(|texts| files.files.keys(&texts));
        match (read, fingerprint) {
            (Ok(set), Some(fingerprint)) => {
                let count = set.keys.len();
                *self.now.write().unwrap_or_else(PoisonError::into_inner) = Keys::new(set);
                last.found = Ok(fingerprint);
                let keys = if count == 1 { "key" } else { "keys" };
                (files.tell)(&format!(
                    "the keys have changed: tokens are verified with {count} {keys} now"
                ));
            }
            (Err(error), _) => {
                let message = error.to_string();
                if last.found.as_ref() != Err(&message) {
                    (files.tell)(&format!("{message}; the keys from before stay in use"));
                    last.found = Err(message);
                }
            }
            (Ok(_), None) => {}
        }
    }
}

/// Now, in seconds since 1970.
fn now() -> u64 {
    SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .unwrap_or_default()
        .as_secs()
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may panic")]
mod tests {
    use std::fs;
    use std::path::PathBuf;
    use std::sync::Mutex;

    use super::*;
    use crate::token::{Audiences, Issuer};

    /// A file of keys, and what a keyring has told.
    struct Case {
        _folder: tempfile::TempDir,
        path: PathBuf,
        told: Arc<Mutex<Vec<String>>>,
        keyring: Keyring,
    }

    fn issuer(name: &str) -> Issuer {
        Issuer::new(name, [7; 32])
    }

    fn case(patience: Duration) -> Case {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("keys.json");
        fs::write(&path, issuer("one").to_jwk_set()).unwrap();
        #[cfg(unix)]
        fs::set_permissions(&path, std::os::unix::fs::PermissionsExt::from_mode(0o600)).unwrap();
        let told = Arc::new(Mutex::new(Vec::new()));
        let files = KeyFiles {
            paths: vec![path.clone()],
            issuers: Vec::new(),
            audiences: Audiences::default(),
        };
        let keyring = {
            let told = Arc::clone(&told);
            let tell = move |line: &str| told.lock().unwrap().push(line.to_owned());
            Keyring::patient(files, tell, patience).unwrap()
        };
        Case {
            _folder: folder,
            path,
            told,
            keyring,
        }
    }

    impl Case {
        fn told(&self) -> Vec<String> {
            std::mem::take(&mut self.told.lock().unwrap())
        }

        async fn is_good(&self, token: &str) -> bool {
            self.keyring.verify(Scheme::Bearer, token).await.is_ok()
        }
    }

    fn token(issuer: &Issuer) -> String {
        issuer
            .issue(Scheme::Bearer, "ada", &[], Duration::from_secs(60))
            .unwrap()
    }

    const LONG: Duration = Duration::from_secs(3600);

    #[tokio::test]
    async fn a_key_that_is_taken_out_takes_with_it_what_it_has_verified() {
        let case = case(LONG);
        let (one, two) = (token(&issuer("one")), token(&issuer("two")));
        assert!(case.is_good(&one).await && case.is_good(&one).await);
        assert!(!case.is_good(&two).await);

        fs::write(&case.path, issuer("two").to_jwk_set()).unwrap();
        case.keyring.reread().await;
        assert!(!case.is_good(&one).await);
        assert!(case.is_good(&two).await);
        assert_eq!(
            case.told(),
            ["the keys have changed: tokens are verified with 1 key now"]
        );
        case.keyring.reread().await;
        assert_eq!(case.told(), [""; 0], "nothing has changed");
    }

    #[test]
    #[cfg(unix)]
    fn a_secret_that_others_can_read_is_told_of_and_a_public_key_is_not() {
        use std::os::unix::fs::PermissionsExt as _;

        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("keys.json");
        let secret = issuer("one").to_jwk_set();
        let public = r#"{"keys":[{"kty":"OKP","crv":"Ed25519","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}]}"#;
        for (text, mode, expected) in [
            (&*secret, 0o600, 0),
            (&*secret, 0o640, 1),
            (&*secret, 0o604, 1),
            (public, 0o644, 0),
        ] {
            fs::write(&path, text).unwrap();
            fs::set_permissions(&path, fs::Permissions::from_mode(mode)).unwrap();
            let told = Arc::new(Mutex::new(Vec::new()));
            let files = KeyFiles {
                paths: vec![path.clone()],
                issuers: Vec::new(),
                audiences: Audiences::default(),
            };
            let tell = {
                let told = Arc::clone(&told);
                move |line: &str| told.lock().unwrap().push(line.to_owned())
            };
            assert!(Keyring::read(files, tell).is_ok());
            let told = told.lock().unwrap();
            assert_eq!(told.len(), expected, "{mode:o}: {told:?}");
            let is_told =
                |line: &String| line.contains("keys.json can be read by others; run `chmod 600 ");
            assert!(told.iter().all(is_told), "{told:?}");
        }
    }

    #[tokio::test]
    async fn a_key_of_the_same_name_is_another_key() {
        let case = case(LONG);
        let old = token(&issuer("one"));
        assert!(case.is_good(&old).await);
        fs::write(&case.path, Issuer::new("one", [8; 32]).to_jwk_set()).unwrap();
        case.keyring.reread().await;
        assert!(!case.is_good(&old).await);
    }

    #[tokio::test]
    async fn what_cannot_be_used_is_told_once_and_changes_nothing() {
        let case = case(LONG);
        let one = token(&issuer("one"));
        let check = async |expected: &str| {
            case.keyring.reread().await;
            case.keyring.reread().await;
            assert!(case.is_good(&one).await);
            let told = case.told();
            assert_eq!(told.len(), 1, "{told:?}");
            assert!(told[0].contains(expected), "{told:?}");
            assert!(
                told[0].ends_with("the keys from before stay in use"),
                "{told:?}"
            );
        };
        fs::write(&case.path, "{\"keys\": [").unwrap();
        check("keys.json cannot be used: this is not a JWK Set").await;
        fs::write(&case.path, "{\"keys\": []}").unwrap();
        check("there is no key to verify signatures with").await;
        fs::remove_file(&case.path).unwrap();
        check("keys.json cannot be read").await;

        fs::write(&case.path, issuer("two").to_jwk_set()).unwrap();
        case.keyring.reread().await;
        assert!(!case.is_good(&one).await);
        assert_eq!(case.told().len(), 1);
    }

    #[tokio::test]
    async fn a_token_that_names_an_unknown_key_has_the_files_read() {
        let case = case(Duration::ZERO);
        let (one, two) = (token(&issuer("one")), token(&issuer("two")));
        assert!(case.is_good(&one).await);
        fs::write(&case.path, issuer("two").to_jwk_set()).unwrap();
        assert!(case.is_good(&one).await, "known keys are not looked for");
        assert!(case.is_good(&two).await);
        assert!(!case.is_good(&one).await);
    }

    #[tokio::test]
    async fn unknown_keys_do_not_have_the_files_read_all_the_time() {
        let case = case(LONG);
        fs::write(&case.path, issuer("two").to_jwk_set()).unwrap();
        assert!(!case.is_good(&token(&issuer("two"))).await);
        assert_eq!(case.told(), [""; 0]);
    }

    #[tokio::test]
    async fn keys_without_files_stay_as_they_are() {
        let set = KeySet::parse(&issuer("one").to_jwk_set()).unwrap();
        let keyring = Keyring::from(set);
        keyring.reread().await;
        let verify = async |name| keyring.verify(Scheme::Bearer, &token(&issuer(name))).await;
        assert!(verify("one").await.is_ok());
        assert_eq!(verify("two").await, Err(Refused));
    }
}
