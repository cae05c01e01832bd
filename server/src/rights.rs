//! Who else can read a file that is a secret.

use std::path::Path;

/// Whether others than its owner can read a file, or write it.
#[cfg(unix)]
pub(crate) fn readable_by_others(path: &Path) -> bool {
    use std::os::unix::fs::PermissionsExt as _;
    std::fs::metadata(path).is_ok_and(|metadata| metadata.permissions().mode() & 0o077 != 0)
}

/// Elsewhere the folder's rights decide.
#[cfg(not(unix))]
pub(crate) fn readable_by_others(_: &Path) -> bool {
    false
}
