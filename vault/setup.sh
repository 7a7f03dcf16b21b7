#!/bin/sh
# Prepares Vault or OpenBao for the job of one bundle: KV engine, policy, Kubernetes login, and with
# SCHEMAJOB_VAULT_DATABASE_ROLE dynamic database credentials too. Writes only what is missing or differs, so it can be run
# again at any time; a secret that is there is never touched. docs/vault.md explains what it makes.
#
#   vault/setup.sh [ROLE [NAMESPACE]]        agent-executor and bizmatters unless given
#   vault/setup.sh --print [ROLE [NAMESPACE]]  shows policies and roles and contacts nothing
#
# It runs `bao` or `vault`, whichever there is, or $VAULT_CLI, with the login of that command. Settings have the names
# that they have for the job: SCHEMAJOB_VAULT_SECRET, SCHEMAJOB_VAULT_AUTH_MOUNT, SCHEMAJOB_VAULT_DATABASE_ROLE,
# SCHEMAJOB_OWNER_ROLE, SCHEMAJOB_TARGETS_VAULT (a fleet's path, below which the job then may list and read; its secrets are
# yours to store). And:
#
#   SERVICE_ACCOUNT   that may log in; ROLE unless set
#   AUDIENCE          of its tokens; vault unless set
#   KUBERNETES_HOST   the API server as Vault sees it; https://kubernetes.default.svc unless the login is configured already
#   KUBERNETES_CA     file with its CA, for a Vault outside of the cluster
#   PGHOST PGPORT PGDATABASE PGUSER PGPASSWORD_FILE  what to store, if nothing is stored yet
#   DATABASE_CONNECTION, PGSSLMODE, ADMIN_USER, ADMIN_PASSWORD_FILE  the database engine's own connection, if it has none
{ set +x; } 2>/dev/null # a trace would show passwords
set -eu
here=$(dirname "$0")
print=''
[ "${1:-}" != --print ] || {
  print=yes
  shift
}
role=${1:-agent-executor}
namespace=${2:-bizmatters}
account=${SERVICE_ACCOUNT:-$role}
audience=${AUDIENCE:-vault}
secret=${SCHEMAJOB_VAULT_SECRET:-kv/$namespace/$role/postgres}
auth=${SCHEMAJOB_VAULT_AUTH_MOUNT:-kubernetes}
database_role=${SCHEMAJOB_VAULT_DATABASE_ROLE:-}
connection=${DATABASE_CONNECTION:-$role}
owner=${SCHEMAJOB_OWNER_ROLE:-}
secret_path=${secret%%/*}/data/${secret#*/}
targets=${SCHEMAJOB_TARGETS_VAULT:-}
targets=${targets%/}
targets_list=${targets%%/*}/metadata/${targets#*/}
targets_read=${targets%%/*}/data/${targets#*/}

fail() {
  printf 'ERROR: %s\n' "$1" >&2
  exit "${2:-78}"
}
done_() { printf '==> %s: %s\n' "$1" "$2"; }

for value in "$role" "$namespace" "$account" "$audience" "$secret" "$auth" "$database_role" "$connection" "$owner" "$targets"; do
  case $value in *[!A-Za-z0-9._/-]*) fail "Only letters, digits and ._/- are allowed in names: $value" ;; *) ;; esac
done
case $secret in */*) ;; *) fail "SCHEMAJOB_VAULT_SECRET has to be MOUNT/PATH: $secret" ;; esac
case $targets in '' | ?*/?*) ;; *) fail "SCHEMAJOB_TARGETS_VAULT has to be MOUNT/PATH: $targets" ;; esac
if [ -n "$database_role" ]; then
  case $database_role in
    ?*/creds/?*) ;;
    *) fail "SCHEMAJOB_VAULT_DATABASE_ROLE has to be MOUNT/creds/NAME: $database_role" ;;
  esac
  [ -n "$owner" ] || fail "With SCHEMAJOB_VAULT_DATABASE_ROLE set SCHEMAJOB_OWNER_ROLE, the role that owns the tables."
fi

render() {
  sed -e "s|@ROLE@|$role|g" -e "s|@SECRET_PATH@|$secret_path|g" -e "s|@DATABASE_ROLE@|$database_role|g" \
    -e "s|@SERVICE_ACCOUNT@|$account|g" -e "s|@NAMESPACE@|$namespace|g" -e "s|@AUDIENCE@|$audience|g" \
    -e "s|@CONNECTION@|$connection|g" -e "s|@OWNER_ROLE@|$owner|g" \
    -e "s|@TARGETS_LIST@|$targets_list|g" -e "s|@TARGETS_READ@|$targets_read|g" "$here/$1"
}
policy() {
  render policy.hcl
  [ -z "$database_role" ] || render policy-database.hcl
  [ -z "$targets" ] || render policy-fleet.hcl
}

if [ -n "$print" ]; then
  policy
  render kubernetes-role.json
  [ -z "$database_role" ] || render database-role.json
  exit 0
fi

cli=${VAULT_CLI:-$(command -v bao || command -v vault)} || fail "There is neither bao nor vault; set VAULT_CLI."
"$cli" token lookup >/dev/null || fail "Log in first: $cli login" 77

# Reads one field as the command line prints it, without the brackets of a list; empty if it does not exist.
field() {
  "$cli" read -field="$2" "$1" 2>/dev/null | sed -e 's/^\[//' -e 's/\]$//' || :
}
# Whether the object at a path has all the values of our file.
same() {
  rendered=$(render "$2")
  for key in $(printf '%s\n' "$rendered" | sed -n 's/^  "\([a-z_]*\)":.*/\1/p'); do
    wanted=$(printf '%s\n' "$rendered" | sed -n "s/^  \"$key\": \"\{0,1\}\(.*[^,\"]\)\"\{0,1\},\{0,1\}\$/\1/p" | sed 's/\\"/"/g')
    actual=$(field "$1" "$key")
    [ "$actual" = "$wanted" ] || return 1
  done
}
write() {
  if same "$1" "$2"; then
    done_ "$1" unchanged
  else
    render "$2" | "$cli" write "$1" - >/dev/null
    done_ "$1" written
  fi
}

key_value_engine() {
  mount=$(field "sys/internal/ui/mounts/$secret" path)
  if [ -z "$mount" ]; then
    mount=${secret%%/*}/
    "$cli" secrets enable -path="$mount" -version=2 kv >/dev/null
    done_ "$mount" "KV version 2 enabled"
    # Vault sets it up in the background and refuses requests until then.
    tries=30
    until "$cli" read "${mount}config" >/dev/null 2>&1; do
      tries=$((tries - 1))
      [ "$tries" -gt 0 ] || fail "$mount is not ready." 69
      sleep 1
    done
  else
    done_ "$mount" unchanged
  fi
  case $(field "sys/internal/ui/mounts/$secret" options) in
    *version:2*) version=2 secret_path=${mount}data/${secret#"$mount"} ;;
    *) version=1 secret_path=$secret ;;
  esac
  [ -n "$targets" ] || return 0
  mount=$(field "sys/internal/ui/mounts/$targets" path)
  [ -n "$mount" ] || fail "There is no KV engine for $targets: $cli secrets enable -path=${targets%%/*} -version=2 kv"
  case $(field "sys/internal/ui/mounts/$targets" options) in
    *version:2*) targets_list=${mount}metadata/${targets#"$mount"} targets_read=${mount}data/${targets#"$mount"} ;;
    *) targets_list=$targets targets_read=$targets ;;
  esac
}
job_policy() {
  if [ "$("$cli" policy read "$role" 2>/dev/null || :)" = "$(policy)" ]; then
    done_ "policy $role" unchanged
  else
    policy | "$cli" policy write "$role" - >/dev/null
    done_ "policy $role" written
  fi
}
kubernetes_login() {
  if "$cli" auth list | grep -q "^$auth/ "; then
    done_ "auth/$auth" unchanged
  else
    "$cli" auth enable -path="$auth" kubernetes >/dev/null
    done_ "auth/$auth" enabled
  fi
  host=$(field "auth/$auth/config" kubernetes_host)
  if [ -n "$host" ] && [ "$host" = "${KUBERNETES_HOST:-$host}" ]; then
    done_ "auth/$auth/config" unchanged
  else
    set -- kubernetes_host="${KUBERNETES_HOST:-https://kubernetes.default.svc}"
    # Without a CA Vault uses that of its own pod, and its own token for the review.
    [ -z "${KUBERNETES_CA:-}" ] || set -- "$@" kubernetes_ca_cert=@"$KUBERNETES_CA" disable_local_ca_jwt=true
    "$cli" write "auth/$auth/config" "$@" >/dev/null
    done_ "auth/$auth/config" written
  fi
  write "auth/$auth/role/$role" kubernetes-role.json
}
database_engine() {
  mount=${database_role%%/creds/*}
  if "$cli" secrets list | grep -q "^$mount/ "; then
    done_ "$mount/" unchanged
  else
    "$cli" secrets enable -path="$mount" database >/dev/null
    done_ "$mount/" "database engine enabled"
  fi
  if [ -n "$(field "$mount/config/$connection" plugin_name)" ]; then
    done_ "$mount/config/$connection" unchanged
  else
    for name in PGHOST PGDATABASE ADMIN_USER ADMIN_PASSWORD_FILE; do
      eval "[ -n \"\${$name:-}\" ]" || fail "$mount/config/$connection does not exist; to make it, set $name."
    done
    printf '%s' "$(cat "$ADMIN_PASSWORD_FILE")" | "$cli" write "$mount/config/$connection" \
      plugin_name=postgresql-database-plugin allowed_roles="${database_role##*/}" username="$ADMIN_USER" password=- \
      connection_url="postgresql://{{username}}:{{password}}@$PGHOST:${PGPORT:-5432}/$PGDATABASE?sslmode=${PGSSLMODE:-require}" \
      >/dev/null
    done_ "$mount/config/$connection" written
  fi
  write "$mount/roles/${database_role##*/}" database-role.json
}
connection_secret() {
  if found=$("$cli" kv get -field=host "$secret" 2>&1); then
    done_ "$secret" unchanged
    return
  fi
  case $found in
    *"No value found"*) ;;
    *) fail "$secret cannot be read, or has no host: $found" ;;
  esac
  if [ -z "${PGPASSWORD_FILE:-}" ]; then
    done_ "$secret" "not there yet: $cli kv put $secret host=… port=5432 database=… username=… password=…"
    return
  fi
  # Check-and-set: never overwrites what somebody else stored in the meantime.
  set -- "$secret" host="${PGHOST:?}" port="${PGPORT:-5432}" database="${PGDATABASE:?}" username="${PGUSER:?}" password=-
  [ "$version" = 1 ] || set -- -cas=0 "$@"
  printf '%s' "$(cat "$PGPASSWORD_FILE")" | "$cli" kv put "$@" >/dev/null
  done_ "$secret" written
}

key_value_engine
job_policy
kubernetes_login
[ -z "$database_role" ] || database_engine
connection_secret
