// Written by `npm run cards` from the folder cards/. Do not edit.

/** Of what the pages were made from. */
export const sources = '13ccd8cf5beb1042312805a0117a2d546327118f2a98cd7535abe4c6af0974f6';

/** Of each page. */
export const digests = {
  billing: '576462c2b474b933',
  service: 'f27a2e8ed710f470',
  usage: '08916eea4f628148',
} as const;
