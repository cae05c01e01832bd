#!/bin/sh
# A private PostgreSQL cluster in a folder of its own, which is gone when this ends, in whichever way.
#
#   postgres.sh                 prints the cluster's URL, then does what its input says, line by line, and says `done`:
#                               `stop` ends it as a crash does, `start` starts it again; the end of the input is its end
#   postgres.sh COMMAND...      runs a command, with the URL in EVENTS_TEST_POSTGRES
#
# With TLS_FOLDER, which has cert.pem and key.pem, it also listens on the port TLS_PORT of 127.0.0.1, to TLS alone. The URL
# does not say that port.
#
# Exit code 77: there is no PostgreSQL on this machine. Otherwise that of the command.
set -eu
trap '' INT

bin=
if command -v initdb >/dev/null && command -v pg_ctl >/dev/null; then
  bin=$(dirname "$(command -v initdb)")
fi
for folder in /usr/lib/postgresql/*/bin; do
  if [ -z "$bin" ] && [ -x "$folder/initdb" ]; then bin=$folder; fi
done
[ -n "$bin" ] || exit 77

# PostgreSQL refuses to run as root.
as='env'
if [ "$(id -u)" = 0 ]; then
  user=nobody
  if id postgres >/dev/null 2>&1; then user=postgres; fi
  as="setpriv --reuid=$user --regid=$(id -g "$user") --clear-groups env HOME=/tmp"
fi

work=$PWD
cd /
folder=$($as mktemp -d)
$as "$bin/initdb" -D "$folder/data" -U events --auth=trust --encoding=UTF8 --no-locale --no-sync >/dev/null
$as sh -c "printf 'local all ada scram-sha-256\nlocal all all trust\nhostssl all all 127.0.0.1/32 trust\n' > '$folder/data/pg_hba.conf'"

port=${TLS_PORT:-5432}
listen="-p $port -c listen_addresses=''"
if [ -n "${TLS_FOLDER:-}" ]; then
  for name in cert key; do
    $as sh -c "umask 077; cat > '$folder/data/$name.pem'" <"$TLS_FOLDER/$name.pem"
  done
  listen="-p $port -c listen_addresses=127.0.0.1 -c ssl=on -c ssl_cert_file=cert.pem -c ssl_key_file=key.pem"
fi

# What outlives a process is with the system already, and nobody pulls a plug here: to wait for the disk shows nothing.
start() {
  $as "$bin/pg_ctl" -D "$folder/data" -w -s -l "$folder/log" \
    -o "-k '$folder' $listen -c max_connections=300 -c fsync=off" start </dev/null >/dev/null
}
stop() { $as "$bin/pg_ctl" -D "$folder/data" -w -s -m immediate stop </dev/null >/dev/null 2>&1 || true; }
trap 'stop; rm -rf "$folder"' EXIT
trap 'exit 1' TERM HUP

start
url="postgres://events@/postgres?host=$folder"
if [ $# -gt 0 ]; then
  cd "$work"
  EVENTS_TEST_POSTGRES="$url" "$@"
else
  echo "$url"
  while read -r command; do
    "$command"
    echo done
  done
fi
