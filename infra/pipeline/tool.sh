#!/usr/bin/env bash
# Runs a tool of a deployment, doctor or deploy-policies: the one of the release, where RELEASE names its folder, which needs
# nothing installed; otherwise the npm script.
set -euo pipefail
name="$1"
shift
if [ -n "${RELEASE:-}" ]; then
  node "$RELEASE/$name.mjs" "$@"
else
  npm run "${name/deploy-policies/deploy:policies}" -- "$@"
fi
