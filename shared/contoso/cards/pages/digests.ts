// Written by `npm run cards` from the folder cards/. Do not edit.

/** Of what the pages were made from. */
export const sources = '99679d8c4366d4c3106ff0e2ec38338baaa234006cba6d5bdadba1f495d43013';

/** Of each page. */
export const digests = {
  answer: 'e4f04d14dc3d3528',
  approval: '810554bb37df4574',
  billing: '49f5f99487c35f80',
  diagnosis: '9efd7cef4f7a29bd',
  service: 'dba77c18d3b34815',
  usage: '1067fc0d8ac04ba9',
} as const;
