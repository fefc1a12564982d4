#!/usr/bin/env bash
# Has the doctor look at the app settings of each function app. Needs GROUP, APPS (separated by blanks), and az signed in.
# With RELEASE, the folder of a release, it is the doctor of that release.
set -euo pipefail
settings="$(mktemp)"
trap 'rm -f "$settings"' EXIT
for app in $APPS; do
  az functionapp config appsettings list --resource-group "$GROUP" --name "$app" --output json > "$settings"
  "$(dirname "$0")/tool.sh" doctor --settings "$settings"
done
