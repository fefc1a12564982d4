// Written by `npm run cards` from the folder cards/. Do not edit.

/** Of what the pages were made from. */
export const sources = '311421eaebf390f4b225baa7450d1eef3cc9624626c7427a4d568ecfb703a86c';

/** Of each page. */
export const digests = {
  answer: 'bf909ba8cf373746',
  billing: 'f06821db795b744f',
  service: '4feb3586041126ff',
  usage: '8ee819c325f2ebfd',
} as const;
