/**
 * Most bytes of the query of an address, without its question mark. API Management answers a longer one with 404 before
 * any policy runs; an authorization code of Entra's alone can be longer.
 */
export const queryLimit = 2_048;
