#!/bin/sh
# make-secrets.sh [folder [redis-host [questdb-host]]] makes the secrets of compose.yaml, and of Kubernetes and systemd
# (docs/deployment.md), by default in ./secrets beside this file and for hosts named `redis` and `questdb`. What is there
# already is kept, so it can be run again after an upgrade.
#
# The folder is closed to others; the files in it are readable, because containers run as users of their own.
set -eu
folder=${1:-"$(dirname "$0")/secrets"}
redis=${2:-redis}
questdb=${3:-questdb}
mkdir -p "$folder"
chmod 700 "$folder"
cd "$folder"
umask 022

random() { od -An -N24 -tx1 /dev/urandom | tr -d ' \n'; }
keep() { # FILE TEXT: writes it unless it is there; aside and renamed, so that a broken run leaves no half of one
  [ -s "$1" ] || { printf '%s\n' "$2" >"$1.part" && mv "$1.part" "$1"; }
}
digest() { tr -d '\n' <"$1" | sha256sum | cut -d ' ' -f 1; }

# Admin tokens. The Provider's is also the one that Inspectors use.
keep inspector_api_token "$(random)"
keep provider_api_token "$(random)"
# What Prometheus reads with; the services know its digest only.
keep scrape_token "$(random)"
keep viewer_tokens "viewer:$(digest scrape_token)"
# Whoever can write to Redis can tell Inspectors what the venue did: nobody else is to.
keep redis_password "$(random)"
keep redis.conf "requirepass $(cat redis_password)"
keep event_bus_url "redis://:$(cat redis_password)@$redis:6379"
# QuestDB: one user that writes over HTTP, one that Grafana reads with, and the administrator, whom nothing here uses.
keep questdb_writer_password "$(random)"
keep questdb_url "http://inspector:$(cat questdb_writer_password)@$questdb:9000"
keep questdb_reader_password "$(random)"
keep questdb_admin_password "$(random)"
keep grafana_admin_password "$(random)"
