const { path = '', name = '' } = document.body.dataset;

/** Whose console this is, as the page says. */
export const tenantName = name;

/** Address of this page, which a sign-in comes back to. */
export const pageAddress = `${location.origin}${path}/console`;

/** The page in which a card is shown. */
export const frameAddress = `${path}/console/card`;

/** The tenant's endpoints. */
export const endpoints = {
  tools: `${location.origin}${path}/mcp`,
  experts: `${location.origin}${path}/agentic/mcp`,
} as const;
export type EndpointName = keyof typeof endpoints;
export const endpointNames = ['tools', 'experts'] as const satisfies readonly EndpointName[];
