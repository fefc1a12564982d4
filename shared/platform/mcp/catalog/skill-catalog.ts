import { ProtocolError, ProtocolErrorCode } from '@modelcontextprotocol/server';
import type { Skill as Entry } from '@modelcontextprotocol/server/ext/skills';
import { exposureOf, openTo, viewerAt } from '../../access/exposure.ts';
import type { Offer } from '../../access/offer.ts';
import { metaWith, ownText } from '../definitions/labels.ts';
import { type Skill, skillFile, skillUri } from '../definitions/skill.ts';
import { found } from '../found.ts';
import type { OperationRequest, RunOperation } from '../operation-request.ts';
import { reading } from './reading.ts';
import type { ResourceSurface, SkillSurface } from './surface.ts';

/** What an endpoint serves as skills, and the resources that their files are. */
export interface SkillCatalog {
  readonly skills: SkillSurface;
  /** The given resources, and those of the skills, which no list of resources has: the list of skills has them. */
  readonly resources: ResourceSurface;
}

/** Serves written procedures as skills (SEP-2640), to whoever may use all tools that they name. */
export function skillCatalog(
  offers: readonly Offer<Skill>[],
  others: ResourceSurface,
  run: RunOperation,
): SkillCatalog {
  const byUri = new Map(offers.map((offer) => [skillUri(offer.thing), offer]));
  const entries = new Map<Skill, Promise<Entry>>();
  const entryOf = ({ thing }: Offer<Skill>): Promise<Entry> => {
    const entry = entries.get(thing) ?? described(thing);
    entries.set(thing, entry);
    return entry;
  };
  return {
    skills: {
      list: async ({ principal, endpoint }) =>
        await Promise.all(openTo(offers, viewerAt(endpoint, principal)).map(entryOf)),
      get: async (uri, { principal, endpoint }) => {
        const offer = byUri.get(uri);
        if (offer === undefined || exposureOf(offer, viewerAt(endpoint, principal)) !== 'open') {
          throw new ProtocolError(
            ProtocolErrorCode.InvalidParams,
            'There is no such skill: call skills/list to see the skills that you may use.',
          );
        }
        return await entryOf(offer);
      },
    },
    resources: {
      ...others,
      read: async (uri, request) => {
        const offer = byUri.get(uri);
        return offer === undefined ? await others.read(uri, request) : await readFile(offer, request, run);
      },
      offerOf: (uri) => byUri.get(uri) ?? others.offerOf(uri),
    },
  };
}

async function readFile(offer: Offer<Skill>, request: OperationRequest, run: RunOperation) {
  const { thing: skill } = offer;
  const contents = [{ uri: skillUri(skill), mimeType: 'text/markdown', text: skillFile(skill) }];
  const file = reading(offer, skill.name, `skill/${skill.name}`, async () => ({
    contents,
    _meta: metaWith(ownText),
  }));
  return found(await run(file, request));
}

/** What clients are told of it, digest of its file included. Whoever never asks does not load what computes it. */
async function described(skill: Skill): Promise<Entry> {
  const { skillEntry } = await import('./skill-entry.ts');
  return await skillEntry(skill.name, { 'SKILL.md': skillFile(skill) });
}
