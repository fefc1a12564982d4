// Written by `npm run cards` from the folder cards/. Do not edit.

/** Of what the pages were made from. */
export const sources = 'ab9a3f878d666b4722f263ddedc8ed107700cc06dc4b8713babe9f89e8618ab4';

/** Of each page. */
export const digests = {
  answer: '811f1a9133641707',
  billing: '250ce2c0adf6d1de',
  diagnosis: 'd6e761fc1b3ccb16',
  service: 'aa8f404756283fbe',
  usage: '4981fb9ce0b1938d',
} as const;
