// Written by `npm run cards` from the folder cards/. Do not edit.

/** Of what the pages were made from. */
export const sources = '4b7a62a9189bc0a2967cee3264217ed90cbcdc14fe6426c2fef8cbe3bde2ecc5';

/** Of each page. */
export const digests = {
  answer: '32d89fcd7c1fc76f',
  approval: '148d3c76caef46ec',
  billing: '2fb83b4a79ec2f83',
  diagnosis: '1833eefa4ced2128',
  service: 'a7086bac454ff9a9',
  usage: '80f31846e33e4827',
} as const;
