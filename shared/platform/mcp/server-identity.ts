import type { Implementation } from '@modelcontextprotocol/server';

/**
 * The server as answers of 2026-07-28 name it, each of them (`_meta`, `io.modelcontextprotocol/serverInfo`): without what is for
 * people who look for a server, which `initialize` and `server/discover` say.
 */
export function briefly(server: Implementation): Implementation {
  const known = brief.get(server) ?? withoutPublicity(server);
  brief.set(server, known);
  return known;
}

/** Of the few that a process serves as. */
const brief = new WeakMap<Implementation, Implementation>();

function withoutPublicity({ icons, websiteUrl, description, ...info }: Implementation): Implementation {
  return info;
}
