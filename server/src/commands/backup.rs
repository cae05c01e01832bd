//! `backup`: a copy of a database that can take its place.

use std::path::PathBuf;

use crate::config::Database;
use crate::store::address::Address;
use crate::store::{BackupError, backup_file};

/// What to back up, and where to.
#[derive(Clone, Debug, PartialEq, Eq, clap::Args)]
pub struct Backup {
    /// File to make.
    #[arg(value_name = "FILE")]
    pub file: PathBuf,

    /// Replace the file if there is one.
    #[arg(long)]
    pub force: bool,

    #[command(flatten)]
    #[expect(missing_docs, reason = "a comment here would be taken for help")]
    pub database: Database,
}

/// Why there is no backup.
#[derive(Debug, thiserror::Error)]
pub enum NoBackup {
    /// It could not be made.
    #[error(transparent)]
    Failed(#[from] BackupError),
    /// PostgreSQL has its own program for it, which does it better than this one could.
    #[error(
        "a PostgreSQL database is backed up by PostgreSQL's own program (it takes a password from PGPASSWORD or asks for it):\n  \
         pg_dump --format=custom --file={file} {database}\n\
         and brought back, into an empty database, by pg_restore --dbname={database} {file}"
    )]
    IsPostgres {
        /// The file, for a shell.
        file: String,
        /// The database, without its password, for a shell.
        database: String,
    },
}

/// Makes a backup, and says how many events it has.
///
/// # Errors
/// There is none. What was there before is still there.
pub fn backup(backup: &Backup) -> Result<i64, NoBackup> {
    let Backup {
        file,
        force,
        database,
    } = backup;
    match &database.database {
        Address::File(database) => Ok(backup_file(database, file, *force)?),
        Address::Postgres(database) => Err(NoBackup::IsPostgres {
            file: quoted(&file.display().to_string()),
            database: quoted(&database.to_string()),
        }),
    }
}

/// A word as a shell takes it to the letter.
fn quoted(word: &str) -> String {
    format!("'{}'", word.replace('\'', r"'\''"))
}
