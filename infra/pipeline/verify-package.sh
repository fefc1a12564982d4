#!/usr/bin/env bash
# Refuses a release that is not, byte by byte, what the pipeline built from this commit. Needs RELEASE, its folder, and COMMIT;
# then either PUBLIC_KEY, the PEM text of who signs, with SOURCE and BUILDER; or REPOSITORY (OWNER/NAME) and GH_TOKEN, for the
# attestations that GitHub signed. Nothing has to be installed but Node 22.18, or the GitHub CLI.
set -euo pipefail
: "${RELEASE:?}" "${COMMIT:?}"
if [ -n "${PUBLIC_KEY:-}" ]; then
  : "${SOURCE:?}" "${BUILDER:?}"
  key="$(mktemp)"
  trap 'rm -f "$key"' EXIT
  printf '%s\n' "$PUBLIC_KEY" > "$key"
  node "$(dirname "$0")/../../scripts/launch.cjs" scripts/package/verify-cli.ts --release "$RELEASE" --key "$key" \
    --commit "$COMMIT" --source "$SOURCE" --builder "$BUILDER"
else
  : "${REPOSITORY:?}"
  test -f "$RELEASE/contoso-mcp.zip"
  find "$RELEASE" -mindepth 1 -print0 | while IFS= read -r -d '' file; do
    gh attestation verify "$file" --repo "$REPOSITORY" --source-digest "$COMMIT" --deny-self-hosted-runners \
      --signer-workflow "$REPOSITORY/.github/workflows/deploy.yml"
  done
fi
