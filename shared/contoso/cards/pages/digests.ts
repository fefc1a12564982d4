// Written by `npm run cards` from the folder cards/. Do not edit.

/** Of what the pages were made from. */
export const sources = '3ad485b639d63007ab484c806bb512b553bd1df50f6765fdb1d43a3b083f4fea';

/** Of each page. */
export const digests = {
  answer: '32d89fcd7c1fc76f',
  approval: '148d3c76caef46ec',
  billing: '2fb83b4a79ec2f83',
  diagnosis: '1833eefa4ced2128',
  service: 'a7086bac454ff9a9',
  usage: '2a82293dd574fcdd',
} as const;
