//! The report as one JSON object, for programs.
//!
//! Names and order of its members are those of [`Report`]: whoever reads it reads the documentation of that type.

use std::io::{self, Write};

use super::Report;

pub(super) fn write(report: &Report, mut out: impl Write) -> io::Result<()> {
    serde_json::to_writer_pretty(&mut out, report)?;
    out.write_all(b"\n")?;
    out.flush()
}
