#!/bin/sh
# Dumps the tables of a bundle into BACKUP_DIR, in pg_dump's custom format. A file with its final name is complete and
# was read back; a failure leaves only such files there. For the shells of the postgres images, dash
# and busybox. docs/backup.md has the settings and the restore.
#
#   PG_ENV_FILE     the file that `schemajob credentials --file` wrote
#   BACKUP_DIR      where the dumps are kept
#   BACKUP_NAME     first part of their names: the bundle
#   BACKUP_TABLES   tables and views as schema.table, with blanks between them
#   RETENTION_DAYS  after a successful dump, older dumps than this are removed; 30 unless set
#
# Ends with 0, 78 for a setting that is missing or wrong, 1 for a dump that failed, 128 + n for signal n.
{ set +x; } 2>/dev/null # a trace would show the password
set -euf
umask 077
export LC_ALL=C

step() { printf '==> %s\n' "$*"; }
fail() {
  printf 'ERROR: %s\n' "$2" >&2
  exit "$1"
}
need() {
  [ -n "$2" ] || fail 78 "$1 is not set."
}

partial='' child=''
leave() {
  [ -z "$partial" ] || rm -f "$partial"
}
stopped() {
  trap '' HUP INT TERM
  if [ -n "$child" ]; then
    kill -TERM "$child" 2>/dev/null || :
    wait "$child" 2>/dev/null || :
  fi
  printf 'ERROR: stopped by SIG%s.\n' "$1" >&2
  exit "$2"
}
trap leave EXIT
trap 'stopped HUP 129' HUP
trap 'stopped INT 130' INT
trap 'stopped PIPE 141' PIPE
trap 'stopped TERM 143' TERM

# A shell handles a signal only between foreground commands, and Kubernetes sends it only to the shell: so the
# long programs run in the background.
run() {
  "$@" &
  child=$!
  status=0
  wait "$child" || status=$?
  child=''
  return "$status"
}

# 20261121T020000Z -> 20261121020000, which every shell here can compare
digits() {
  day=${1%%T*} time=${1#*T}
  printf '%s%s' "$day" "${time%Z}"
}

settings() {
  need PG_ENV_FILE "${PG_ENV_FILE:-}"
  need BACKUP_DIR "${BACKUP_DIR:-}"
  need BACKUP_NAME "${BACKUP_NAME:-}"
  need BACKUP_TABLES "${BACKUP_TABLES:-}"
  days=${RETENTION_DAYS:-30}
  case $BACKUP_NAME in
    [!A-Za-z0-9]* | *[!A-Za-z0-9._-]*) fail 78 "BACKUP_NAME is no file name of letters, digits, '.', '_', '-'." ;;
  esac
  case $days in
    0* | *[!0-9]* | ??????*) fail 78 "RETENTION_DAYS is no number of days from 1 to 99999: $days" ;;
  esac
  [ -d "$BACKUP_DIR" ] && [ -w "$BACKUP_DIR" ] || fail 78 "BACKUP_DIR is no folder that can be written: $BACKUP_DIR"
  [ -f "$PG_ENV_FILE" ] && [ -r "$PG_ENV_FILE" ] || fail 78 "PG_ENV_FILE is no file that can be read: $PG_ENV_FILE"
  # shellcheck source=/dev/null # written at run time
  . "$PG_ENV_FILE"
  need PGDATABASE "${PGDATABASE:-}"
  for table in $BACKUP_TABLES; do
    case $table in
      *\"* | .* | *. | *.*.*) fail 78 "Not a table as schema.table: $table" ;;
      *.*) ;;
      *) fail 78 "Not a table as schema.table: $table" ;;
    esac
  done
  [ -n "${table:-}" ] || fail 78 "BACKUP_TABLES names no table."
}

dump() {
  # A quoted name is no pattern; with --strict-names each must exist.
  set -- --strict-names
  for table in $BACKUP_TABLES; do
    set -- "$@" --table "\"${table%%.*}\".\"${table#*.}\""
  done
  run pg_dump "$@" --format=custom --no-password --lock-wait-timeout=60s --file="$partial" || fail 1 \
    "pg_dump failed and no dump was kept. Is the image's major version below the server's? See docs/backup.md."
}

# The list is at the head of the file and does not cover the rest; writing the script reads every block.
check() {
  list=$(pg_restore --list "$partial") || fail 1 "The dump has no readable list of contents and was not kept."
  for table in $BACKUP_TABLES; do
    case $list in
      *" TABLE ${table%%.*} ${table#*.} "* | *" VIEW ${table%%.*} ${table#*.} "* | *" SEQUENCE ${table%%.*} ${table#*.} "*) ;;
      *) fail 1 "The dump lacks $table and was not kept." ;;
    esac
  done
  run pg_restore --file=/dev/null "$partial" || fail 1 "The dump cannot be read back and was not kept."
}

keep() {
  # The random end of the temporary name makes the final name unique too: two runs never write to one file.
  final="$BACKUP_DIR/$BACKUP_NAME-$now-${partial##*.}.dump"
  sync "$partial" 2>/dev/null || :
  mv "$partial" "$final" || fail 1 "The dump could not be renamed to $final."
  partial=''
  sync "$BACKUP_DIR" 2>/dev/null || :
}

# The age is that of the name: copying a volume changes the time of a file.
remove_old() {
  oldest=$(digits "$(date -u -d "@$(($(date +%s) - days * 86400))" +%Y%m%dT%H%M%SZ)")
  set +f
  for file in "$BACKUP_DIR/$BACKUP_NAME"-????????T??????Z-??????.dump; do
    [ -f "$file" ] && [ ! -L "$file" ] && [ "$file" != "$final" ] || continue
    made=${file#"$BACKUP_DIR/$BACKUP_NAME"-}
    made=$(digits "${made%%-*}")
    case $made in *[!0-9]*) continue ;; esac
    [ "$made" -lt "$oldest" ] || continue
    rm -f "$file"
    step "Removed ${file##*/}, older than $days days"
  done
  set -f
}

# A killed run could not clean up. A running one writes more often than every six hours.
remove_leftovers() {
  find "$BACKUP_DIR" -maxdepth 1 -type f -name ".$BACKUP_NAME.partial.??????" -mmin +360 -exec rm -f {} \;
}

settings
version=$(pg_dump --version) || fail 78 "There is no pg_dump here; the image has to be postgres:MAJOR."
export PGCONNECT_TIMEOUT="${PGCONNECT_TIMEOUT:-30}" PGAPPNAME="schemajob-backup/$BACKUP_NAME"
remove_leftovers
now=$(date -u +%Y%m%dT%H%M%SZ)
partial=$(mktemp "$BACKUP_DIR/.$BACKUP_NAME.partial.XXXXXX") || fail 1 "No file can be made in $BACKUP_DIR."
step "Dumping $BACKUP_TABLES of $PGDATABASE with $version"
dump
step "Reading the dump back..."
check
keep
step "Kept ${final##*/}, $(wc -c <"$final") bytes"
remove_old
