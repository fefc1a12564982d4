// Written by `npm run cards` from the folder cards/. Do not edit.

/** Of what the pages were made from. */
export const sources = '729c5ef8119563da4300c3642bb5f590874e3fecb9fed0d19499f1e067f5a73c';

/** Of each page. */
export const digests = {
  answer: 'bf909ba8cf373746',
  billing: 'f06821db795b744f',
  service: '4feb3586041126ff',
  usage: '8ee819c325f2ebfd',
} as const;
