import {
  type ReadResourceResult,
  type Resource,
  ResourceNotFoundError,
  type ResourceTemplateType,
} from '@modelcontextprotocol/server';
import { openTo, viewerAt } from '../../access/exposure.ts';
import type { Offer } from '../../access/offer.ts';
import { visible } from '../../format-controls.ts';
import { metaWith } from '../definitions/labels.ts';
import type { AnyFamily, ResourceEntry } from '../definitions/resource.ts';
import { found } from '../found.ts';
import type { OperationRequest, RunOperation } from '../operation-request.ts';
import type { Operation } from '../pipeline/operation.ts';
import { reading } from './reading.ts';
import type { ResourceSurface } from './surface.ts';

/** What may stand for the variable of a URI. It goes into the audit trail, so it is bounded and plain. */
const keyShape = /^[a-z0-9-]{1,100}$/;

/** Serves families of resources; what never changes is computed here, once. */
export function resourceCatalog(families: readonly Offer<AnyFamily>[], run: RunOperation): ResourceSurface {
  const served = families.map((offer) => ({ ...offer, template: toTemplate(offer.thing) }));
  const readable = ({ principal, endpoint }: OperationRequest) =>
    openTo(served, viewerAt(endpoint, principal));
  const entriesOf = async (family: Offer<AnyFamily>, request: OperationRequest) =>
    found(await run(listOperation(family), request));
  const familyOf = (uri: string) => families.find(({ thing }) => uri.startsWith(`${thing.scheme}://`));
  return {
    async list(request) {
      const lists = readable(request).map(async (family) =>
        (await entriesOf(family, request)).map((entry) => toResource(family.thing, entry)),
      );
      return (await Promise.all(lists)).flat();
    },
    templates: (request) => readable(request).map(({ template }) => template),
    async read(uri, request) {
      const family = familyOf(uri);
      const key = uri.slice(`${family?.thing.scheme}://`.length);
      if (family === undefined || !keyShape.test(key)) {
        throw notFound(uri);
      }
      return found(await run(readOperation(family, key, uri), request));
    },
    async complete(uriTemplate, { name, typed }, request) {
      const family = served.find(({ template }) => template.uriTemplate === uriTemplate);
      if (family === undefined) {
        throw notFound(uriTemplate);
      }
      if (name !== family.thing.variable) {
        return [];
      }
      const entries = await entriesOf(family, request);
      return entries.map(({ key }) => key).filter((key) => key.startsWith(typed));
    },
    offerOf: (uri) => familyOf(uri),
  };
}

/** There is none of this URI. @param uri repeated in the error's data, as the protocol has it, and never whole */
export function notFound(uri: string): ResourceNotFoundError {
  return new ResourceNotFoundError(
    uri.slice(0, 200),
    'There is no such resource: list the resources to see what there is.',
  );
}

function readOperation(family: Offer<AnyFamily>, key: string, uri: string): Operation<ReadResourceResult> {
  const { title, mimeType } = family.thing;
  return reading(family, title, key, async (call) => {
    const { text, labels } = await family.thing.read(key, call);
    return { contents: [{ uri, mimeType, text: visible(text) }], _meta: metaWith(labels) };
  });
}

/** A part of the answer to a list, or to what is asked at every key that a user types. */
function listOperation(family: Offer<AnyFamily>): Operation<readonly ResourceEntry[]> {
  const { title, name } = family.thing;
  return { ...reading(family, title, name, (call) => family.thing.list(call)), isUnrecorded: true };
}

function toTemplate({
  name,
  title,
  description,
  scheme,
  variable,
  mimeType,
}: AnyFamily): ResourceTemplateType {
  return { name, title, description, uriTemplate: `${scheme}://{${variable}}`, mimeType };
}

function toResource(
  { scheme, mimeType }: AnyFamily,
  { key, title, description }: { key: string; title: string; description: string },
): Resource {
  return {
    uri: `${scheme}://${key}`,
    name: key,
    title: visible(title),
    description: visible(description),
    mimeType,
  };
}
