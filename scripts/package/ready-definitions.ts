import type { Plugin } from 'esbuild';
import { ToolRegistry } from '#platform/mcp/registry';
import { describeOffers } from '#platform/offers';
import { deployed } from '#shared/deployed';

/** What stands in the sources where the package has the definitions. */
const replaced = /[\\/]shared[\\/]platform[\\/]mcp[\\/]ready-definitions\.ts$/;

/**
 * The definitions of the tools at `/mcp` as lists send them, by name. They follow from the sources alone; those of experts and
 * jobs may follow from settings as well, and are left to the process that has these.
 */
export function definitionsFromSources(): readonly (readonly [name: string, definition: object])[] {
  const offers = describeOffers(deployed).tools.filter(({ at }) => at.includes('mcp'));
  const registry = new ToolRegistry(offers);
  return offers.flatMap(({ thing: { name } }) => {
    const found = registry.find(name);
    return found === undefined ? [] : [[name, found.wire] as const];
  });
}

/** Puts these definitions into the package: to convert their schemas takes a new process time before its first list. */
export const withReadyDefinitions: Plugin = {
  name: 'ready-definitions',
  setup({ onLoad, onEnd }) {
    let isReplaced = false;
    onLoad({ filter: replaced }, () => {
      isReplaced = true;
      const text = JSON.stringify(JSON.stringify(definitionsFromSources()));
      return { contents: `export const readyDefinitions = new Map(JSON.parse(${text}));` };
    });
    onEnd(() =>
      isReplaced
        ? {}
        : { errors: [{ text: 'No file was there to be replaced by the definitions of tools.' }] },
    );
  },
};
