import * as z from 'zod';

/** Calls a method of the DevTools protocol in one page. */
export type InPage = (method: string, params?: object) => Promise<unknown>;

const tree = z.object({
  nodes: z.array(
    z.looseObject({
      role: z.object({ value: z.unknown() }).optional(),
      name: z.object({ value: z.unknown() }).optional(),
      backendDOMNodeId: z.number().optional(),
    }),
  ),
});
const resolved = z.object({ object: z.looseObject({ objectId: z.string() }) });

/** Something of a page that a screen reader names. */
export interface NamedThing {
  /** Role and name, such as `button: Allow`. */
  readonly line: string;
  readonly node: number | undefined;
}

/** What a screen reader reads, in order. */
export async function namedThings(inPage: InPage): Promise<NamedThing[]> {
  const { nodes } = tree.parse(await inPage('Accessibility.getFullAXTree'));
  return nodes
    .map(({ role, name, backendDOMNodeId: node }) => ({
      line: `${role?.value}: ${name?.value ?? ''}`,
      node,
    }))
    .filter(({ line }) => !/: $|^(InlineTextBox|StaticText)/.test(line));
}

/** Clicks, and leaves the keyboard there. @throws Error while the page has no such thing */
export async function clickOn(inPage: InPage, line: string): Promise<void> {
  const things = await namedThings(inPage);
  const node = things.find((thing) => thing.line === line)?.node;
  if (node === undefined) {
    throw new Error(`The page has no ${line}, but:\n${things.map((thing) => thing.line).join('\n')}`);
  }
  const { object } = resolved.parse(await inPage('DOM.resolveNode', { backendNodeId: node }));
  await inPage('Runtime.callFunctionOn', {
    objectId: object.objectId,
    functionDeclaration: 'function () { this.focus(); this.click(); }',
    userGesture: true,
  });
}
