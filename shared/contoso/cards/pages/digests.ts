// Written by `npm run cards` from the folder cards/. Do not edit.

/** Of what the pages were made from. */
export const sources = '71824cf2b72c34fb9544687f1507bc9f8c8c25b73d2ab9a1d35a367490785cfa';

/** Of each page. */
export const digests = {
  answer: 'bf909ba8cf373746',
  billing: 'f06821db795b744f',
  service: '4feb3586041126ff',
  usage: '8ee819c325f2ebfd',
} as const;
