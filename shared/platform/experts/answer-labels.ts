import { unlabelled } from '../mcp/definitions/labels.ts';

/** Of an expert's answer: a model wrote it, after it read records and what others wrote in them. */
export const wordsOfModels = unlabelled;
