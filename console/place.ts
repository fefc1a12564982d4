const { path = '', name = '', frame = '' } = document.body.dataset;

/** Whose console this is, as the page says. */
export const tenantName = name;

/** Address of this page, which a sign-in comes back to. */
export const pageAddress = `${location.origin}${path}/console`;

/** The page in which a card is shown. */
export const frameAddress = new URL(frame, location.origin);

/** Whether an origin is set aside for cards; without one theirs is nobody's, which is written "null". */
export const cardsHaveOrigin = frameAddress.origin !== location.origin;

/** What messages of a card come from. */
export const cardOrigin = cardsHaveOrigin ? frameAddress.origin : 'null';

/** The tenant's endpoints. */
export const endpoints = {
  tools: `${location.origin}${path}/mcp`,
  experts: `${location.origin}${path}/agentic/mcp`,
} as const;
export type EndpointName = keyof typeof endpoints;
export const endpointNames = ['tools', 'experts'] as const satisfies readonly EndpointName[];
