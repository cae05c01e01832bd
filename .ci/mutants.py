#!/usr/bin/env python3
"""How much of events-server and dropshot-runtime do the contract tests hold in place?

Changes one thing at a time in a copy of the two crates (https://mutants.rs) and runs the contract tests alone: the proof
and the tests of contract-tests, and what server/codegen/tests/contract asks of generated servers. Prints every change
that no test saw, and the share of those that were seen among those that compile. Exit codes: 0 the share is at least
--least, 1 it is not, 2 it could not be found out.

What is never changed, and why, is in .cargo/mutants.toml. Needs cargo-mutants: cargo install cargo-mutants --locked
"""

import argparse
import json
import os
import random
import re
import resource
import shutil
import subprocess
import sys
import tomllib
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
CRATES = ["events-server", "dropshot-runtime"]
MISSED = "MissedMutant"


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--sample", type=int, default=150, metavar="COUNT", help="how many changes, drawn at random; 0: all (default: %(default)s)")
    parser.add_argument("--seed", type=int, default=1, help="where the drawing starts (default: %(default)s)")
    parser.add_argument("--only", default="", metavar="REGEX", help="draw among the changes whose names match")
    parser.add_argument("--least", type=float, default=95, metavar="PERCENT", help="the share that must be seen (default: %(default)s)")
    parser.add_argument("--work", type=Path, default=ROOT / "target/mutants", metavar="FOLDER", help="where copy and results are kept (default: target/mutants)")
    arguments = parser.parse_args()
    if shutil.which("cargo-mutants") is None:
        fail("cargo-mutants is missing: cargo install cargo-mutants --locked")

    tree = arguments.work / "tree"
    copy(tree)
    names = sorted(mutants(tree, "--list"))
    excluded = len(mutants(tree, "--list", "--no-config")) - len(names)
    names = [name for name in names if re.search(arguments.only, name)]
    drawn = names
    if 0 < arguments.sample < len(names):
        drawn = random.Random(arguments.seed).sample(names, arguments.sample)
    if not drawn:
        fail(f"no change matches `{arguments.only}`")
    print(f"{len(drawn)} of {len(names)} changes, seed {arguments.seed}; {excluded} more are left out (.cargo/mutants.toml)", flush=True)
    # The server of the gallery takes less time to build and to test, and stands on the runtime alone.
    runtime = [name for name in drawn if name.startswith("server/runtime/")]
    found = run(tree, arguments.work, runtime, "dropshot-codegen", ["contract"], seconds=20)
    others = [name for name in drawn if name not in runtime or found.get(name) == MISSED]
    found |= run(tree, arguments.work, others, "contract-tests", ["proof", "it"], seconds=90)
    sys.exit(0 if told(found) >= arguments.least else 1)


def copy(tree):
    """Copies the tracked files as they stand; what has not changed keeps its time, so that cargo need not build it again."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, check=True, capture_output=True)
    files = {name for name in listed.stdout.decode().split("\0") if name and (ROOT / name).is_file()}
    for file in files:
        source, target = ROOT / file, tree / file
        if not target.is_file() or target.read_bytes() != source.read_bytes():
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(source, target)
    for folder, folders, found in os.walk(tree):
        if Path(folder) == tree:
            folders[:] = [name for name in folders if name not in ("target", ".git")]
        for name in found:
            path = Path(folder) / name
            if str(path.relative_to(tree)) not in files:
                path.unlink()


def mutants(tree, *arguments):
    """The changes that cargo-mutants lists."""
    command = ["cargo", "mutants", "--dir", str(tree), "--colors", "never", *arguments]
    for crate in CRATES:
        command += ["--package", crate]
    done = subprocess.run(command, cwd=tree, capture_output=True, text=True)
    if done.returncode != 0:
        fail(done.stderr)
    names = done.stdout.splitlines()
    if "--no-config" in arguments:
        return names
    # cargo-mutants 27.1 leaves in every left-out member of a struct expression, whatever its configuration says.
    left_out = tomllib.loads((tree / ".cargo/mutants.toml").read_text())["exclude_re"]
    return [name for name in names if not any(re.search(each, name) for each in left_out)]


def run(tree, output, names, crate, tests, seconds):
    """Makes each change, runs the tests of a crate for no longer than that, and gives what became of each."""
    if not names:
        return {}
    environment = dict(os.environ, RUST_BACKTRACE="0")
    chosen = [f"--test={test}" for test in tests]
    # cargo-mutants would run the tests of the changed crates for this, whatever it is told to run for a change.
    unchanged = ["cargo", "test", "--quiet", "--profile", "mutants", "--package", crate, *chosen]
    if subprocess.run(unchanged, cwd=tree, env=environment).returncode != 0:
        fail("the tests fail without any change")
    command = ["cargo", "mutants", "--dir", str(tree), "--in-place", "--output", str(output), "--colors", "never"]
    command += ["--profile", "mutants", "--no-times", "--baseline", "skip", "--timeout", str(seconds), "--build-timeout", "600"]
    command += ["--test-package", crate, *(f"--cargo-arg={test}" for test in chosen)]
    for changed in CRATES:
        command += ["--package", changed]
    for name in names:
        command += ["--file", name.split(":")[0], "--re", f"^{re.escape(name)}$"]
    code = subprocess.run(command, cwd=tree, env=environment, preexec_fn=bounded).returncode
    # 2 and 3: some were missed, or took too long.
    if code not in (0, 2, 3):
        fail(f"cargo-mutants ended with {code}")
    outcomes = json.loads((output / "mutants.out/outcomes.json").read_text())["outcomes"]
    found = {outcome["scenario"]["Mutant"]["name"]: outcome["summary"] for outcome in outcomes}
    # cargo-mutants 27.1 tries every left-out member of a struct expression, whatever it is told to try.
    return {name: summary for name, summary in found.items() if name in names}


def bounded():
    """Some changes make a loop without end that keeps all that it makes."""
    resource.setrlimit(resource.RLIMIT_AS, (8 << 30, 8 << 30))


def told(found):
    """Says what became of the changes, and gives the share that was seen."""
    count = Counter(found.values())
    for name in sorted(name for name, summary in found.items() if summary == MISSED):
        print(f"missed  {name}")
    # What makes a test wait for ever was seen.
    seen = count["CaughtMutant"] + count["Timeout"]
    viable = seen + count[MISSED]
    share = 100 * seen / viable if viable else 0
    print(
        f"killed {count['CaughtMutant']}, missed {count[MISSED]}, timed out {count['Timeout']}, "
        f"unviable {count['Unviable']}: {share:.1f}% of {viable} viable changes were seen"
    )
    return share


def fail(message):
    print(f"mutants: {message.strip()}", file=sys.stderr)
    sys.exit(2)


if __name__ == "__main__":
    main()
