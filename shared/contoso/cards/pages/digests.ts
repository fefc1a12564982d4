// Written by `npm run cards` from the folder cards/. Do not edit.

/** Of what the pages were made from. */
export const sources = 'ff4f50e944ce388861259a9b80d4fc450163b2e70c713db11289c43b0facd468';

/** Of each page. */
export const digests = {
  answer: '811f1a9133641707',
  billing: '250ce2c0adf6d1de',
  diagnosis: 'fc517f135efb1143',
  service: 'aa8f404756283fbe',
  usage: '4981fb9ce0b1938d',
} as const;
