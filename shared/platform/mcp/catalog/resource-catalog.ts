import {
  type ReadResourceResult,
  type Resource,
  ResourceNotFoundError,
  type ResourceTemplateType,
} from '@modelcontextprotocol/server';
import { visible } from '../../format-controls.ts';
import type { AnyFamily } from '../definitions/resource.ts';
import type { Reads } from './reads.ts';
import type { CatalogRequest, ResourceSurface } from './surface.ts';

/** What may stand for the variable of a URI. It goes into the audit trail, so it is bounded and plain. */
const keyShape = /^[a-z0-9-]{1,100}$/;

/** Serves families of resources; what never changes is computed here, once. */
export function resourceCatalog(
  families: readonly AnyFamily[],
  { onRecord, offRecord }: Reads,
): ResourceSurface {
  const served = families.map((family) => ({ family, template: toTemplate(family) }));
  const readable = ({ principal }: CatalogRequest) =>
    served.filter(({ family }) => principal.permissions.has(family.permission));
  const entriesOf = (family: AnyFamily, request: CatalogRequest) =>
    offRecord({ ...recordOf(family), answer: (_input, call) => family.list(call) }, request);
  const familyOf = (uri: string) => families.find(({ scheme }) => uri.startsWith(`${scheme}://`));
  return {
    async list(request) {
      const lists = readable(request).map(async ({ family }) =>
        (await entriesOf(family, request)).map((entry) => toResource(family, entry)),
      );
      return (await Promise.all(lists)).flat();
    },
    templates: (request) => readable(request).map(({ template }) => template),
    read: (uri, request) => {
      const family = familyOf(uri);
      const key = uri.slice(`${family?.scheme}://`.length);
      if (family === undefined || !keyShape.test(key)) {
        throw notFound(uri);
      }
      const answer: Parameters<typeof onRecord<ReadResourceResult>>[0]['answer'] = async (_input, call) => ({
        contents: [{ uri, mimeType: family.mimeType, text: visible(await family.read(key, call)) }],
      });
      return onRecord({ name: `resource:${key}`, permission: family.permission, answer }, request);
    },
    async complete(uriTemplate, { name, typed }, request) {
      const family = served.find(({ template }) => template.uriTemplate === uriTemplate)?.family;
      if (family === undefined) {
        throw notFound(uriTemplate);
      }
      if (name !== family.variable) {
        return [];
      }
      const entries = await entriesOf(family, request);
      return entries.map(({ key }) => key).filter((key) => key.startsWith(typed));
    },
    permissionFor: (uri) => familyOf(uri)?.permission,
  };
}

/** @param uri repeated in the error's data, as the protocol has it, and never whole */
function notFound(uri: string): ResourceNotFoundError {
  return new ResourceNotFoundError(
    uri.slice(0, 200),
    'There is no such resource: list the resources to see what there is.',
  );
}

const recordOf = ({ name, permission }: AnyFamily) => ({ name: `resource:${name}`, permission });

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
