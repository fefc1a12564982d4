#!/usr/bin/env bash
# Puts the package into each function app. Needs APPS; GROUP and ZIP, and az signed in, or PUBLISH_WITH=func and FOLDER, the
# unpacked package, and Azure Functions Core Tools 4.
set -euo pipefail
for app in $APPS; do
  if [ "${PUBLISH_WITH:-az}" = func ]; then
    (cd "$FOLDER" && func azure functionapp publish "$app" --no-build --javascript)
  else
    az functionapp deployment source config-zip --resource-group "$GROUP" --name "$app" --src "$ZIP"
  fi
done
