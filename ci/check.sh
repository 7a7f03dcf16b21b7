#!/bin/sh
# schemajob check in the form that a pipeline reads; its exit code is that of the command.
#   SCHEMAJOB               the command (schemajob)
#   SCHEMAJOB_BUNDLE        the bundle's folder
#   SCHEMAJOB_CHECK_BASE    the branch that this one goes into; none if empty
#   SCHEMAJOB_CHECK_SINCE   a branch whose findings of lint are left out; none if empty
#   SCHEMAJOB_CHECK_OUTPUT  text, github, sarif, junit or json (text)
#   SCHEMAJOB_CHECK_FILE    where the result goes; standard output if empty
# Arguments are passed on: --offline, --bundle FOLDER.
set -eu
set -- check --output "${SCHEMAJOB_CHECK_OUTPUT:-text}" "$@"
if [ -n "${SCHEMAJOB_CHECK_BASE:-}" ]; then
  set -- "$@" --base "$SCHEMAJOB_CHECK_BASE"
fi
if [ -n "${SCHEMAJOB_CHECK_SINCE:-}" ]; then
  set -- "$@" --since "$SCHEMAJOB_CHECK_SINCE"
fi
if [ -n "${SCHEMAJOB_CHECK_FILE:-}" ]; then
  exec >"$SCHEMAJOB_CHECK_FILE"
fi
exec "${SCHEMAJOB:-schemajob}" "$@"
