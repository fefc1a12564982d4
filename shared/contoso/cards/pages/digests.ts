// Written by `npm run cards` from the folder cards/. Do not edit.

/** Of what the pages were made from. */
export const sources = '60028d1cb1504f90fc85bb4052992a573f83206db6b32c4bdc7eff570c2bfa2b';

/** Of each page. */
export const digests = {
  answer: 'bf909ba8cf373746',
  billing: 'f06821db795b744f',
  service: '4feb3586041126ff',
  usage: '8ee819c325f2ebfd',
} as const;
