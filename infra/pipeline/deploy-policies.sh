#!/usr/bin/env bash
# Puts the policies into the gateway. Needs SERVICE, its resource id, and VALUES, the gateway's values as JSON.
set -euo pipefail
values="$(mktemp)"
trap 'rm -f "$values"' EXIT
printf '%s' "$VALUES" > "$values"
"$(dirname "$0")/tool.sh" deploy-policies --service "$SERVICE" --values "$values"
