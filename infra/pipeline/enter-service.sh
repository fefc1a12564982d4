#!/usr/bin/env bash
# Enters the service into an API Center, where the organisation's MCP servers are looked up. Needs az signed in, API_CENTER (its
# name; without it nothing is done), API_CENTER_GROUP (its resource group) and URL, an MCP endpoint through the gateway.
set -euo pipefail
if [ -z "${API_CENTER:-}" ]; then
  echo "No API Center is named: the service is not entered anywhere."
  exit 0
fi
if [[ ! "$URL" =~ ^https://([^/]+)/([^/]+)/(agentic/)?mcp$ ]]; then
  echo "URL is \"$URL\"; it must be an endpoint such as https://HOST/contoso-mcp/mcp." >&2
  exit 1
fi
az deployment group create --resource-group "$API_CENTER_GROUP" --name enter-service --output none \
  --template-file "$(dirname "$0")/../registry/api-center.bicep" \
  --parameters center="$API_CENTER" host="${BASH_REMATCH[1]}" route="${BASH_REMATCH[2]}"
