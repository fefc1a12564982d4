#!/usr/bin/env bash
# Signs a release with a key of Key Vault. Needs RELEASE, its folder, SIGNING_KEY, the key's id with its version, SOURCE, COMMIT,
# BUILDER and RUN, which the provenance names, and az signed in. Nothing has to be installed but Node 22.18.
set -euo pipefail
node "$(dirname "$0")/../../scripts/launch.cjs" scripts/package/sign-cli.ts --release "$RELEASE" --vault-key "$SIGNING_KEY" \
  --source "$SOURCE" --commit "$COMMIT" --builder "$BUILDER" --run "$RUN"
