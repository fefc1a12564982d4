// Written by `npm run cards` from the folder cards/. Do not edit.

/** Of what the pages were made from. */
export const sources = 'f711b659e196b62001780140a86bd4133e401d27ff2f68d4d9d6a1a20ce0e855';

/** Of each page. */
export const digests = {
  answer: '04953a8cf6127f8b',
  approval: 'f3a0b6ea2d376661',
  billing: '323c49dd487266b7',
  diagnosis: '82841683120b6411',
  service: '3ef4df86b2c1882c',
  usage: 'cac967fcad57beaa',
} as const;
