// Written by `npm run cards` from the folder cards/. Do not edit.

/** Of what the pages were made from. */
export const sources = 'e22cc942453a085afd6e0c4c7cf9563fa1da17eaa4c2f01db76107e9c5b44753';

/** Of each page. */
export const digests = {
  answer: 'bd72a513c2e0e885',
  approval: '9e73a2dc7ff9adc7',
  billing: '85f1b2823e916af8',
  diagnosis: '9efd7cef4f7a29bd',
  service: '695f951cb5f01fb3',
  usage: 'ba3f89f1cb84ecd9',
} as const;
