// Written by `npm run cards` from the folder cards/. Do not edit.

export { page as answer } from './answer.ts';
export { page as approval } from './approval.ts';
export { page as billing } from './billing.ts';
export { page as diagnosis } from './diagnosis.ts';
export { page as service } from './service.ts';
export { page as usage } from './usage.ts';
