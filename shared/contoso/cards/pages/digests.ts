// Written by `npm run cards` from the folder cards/. Do not edit.

/** Of what the pages were made from. */
export const sources = 'ee4257bb0d48aaa231601f0d2ad248cf2a2d2c1a57ac890ec77e84ef72cb2899';

/** Of each page. */
export const digests = {
  answer: '811f1a9133641707',
  billing: '250ce2c0adf6d1de',
  diagnosis: 'd6e761fc1b3ccb16',
  service: 'aa8f404756283fbe',
  usage: '4981fb9ce0b1938d',
} as const;
