import { contoso } from '#contoso/business';
import { endpoints } from '#gateway/registry';
import { fingerprintOf } from '#platform/json/fingerprint';
import { gatherPins } from '../pins/gather.ts';
import type { JsonObject, JsonValue, Pins } from '../pins/pin.ts';

const schema = 'https://static.modelcontextprotocol.io/schemas/2025-12-11/server.schema.json';
/** Of the registry; at most 4 KB. */
const ofThePublisher = 'io.modelcontextprotocol.registry/publisher-provided';

/**
 * `infra/registry/server.json`, the entry of this service in a registry of MCP servers. The fingerprints are of the tools as
 * they are served, so that whoever has approved them sees when one is not what it was.
 */
export async function registryEntry(): Promise<string> {
  const { name, title, version, websiteUrl, icons } = contoso.info;
  const entry = {
    $schema: schema,
    name: `example.${contoso.name}/${name}`,
    title,
    description:
      'Customer care: accounts, invoices, usage, tickets, diagnoses, and experts that ask for them.',
    version,
    websiteUrl,
    icons,
    remotes: endpoints.map(({ path }) => ({
      type: 'streamable-http',
      url: `https://{host}/{route}${path}`,
      variables: {
        host: { description: 'Host name of the gateway, such as mcp.contoso.example', isRequired: true },
        route: { description: 'Route of your organisation, such as contoso-mcp', isRequired: true },
      },
    })),
    _meta: { [ofThePublisher]: { toolFingerprints: toolFingerprints(await gatherPins(contoso)) } },
  };
  return `${JSON.stringify(entry, null, 2)}\n`;
}

/** By the name of the tool: of its entry in `tools/list`. */
export function toolFingerprints(pins: Pins): Readonly<Record<string, string>> {
  const tools = [...pins.values()].filter(({ kind }) => kind === 'tool').sort(byName);
  return Object.fromEntries(
    tools.map(({ name, content }) => [name, fingerprintOf(definitionOf(content.listed))]),
  );
}

/** A tool's entry without what is said about it. */
function definitionOf(listed: JsonValue | undefined): JsonObject {
  const { _meta, ...definition } = (listed ?? {}) as JsonObject;
  return definition;
}

function byName({ name: one }: { name: string }, { name: other }: { name: string }): number {
  return one < other ? -1 : 1;
}
