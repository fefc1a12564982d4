import type * as z from 'zod';
import type { outputOf } from '#platform/experts/expert-tools';

/** What an expert answers. */
export type ExpertAnswer = z.output<ReturnType<typeof outputOf>>;
