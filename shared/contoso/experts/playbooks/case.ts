import type { Draft } from '#platform/experts/models/offline/draft';
import type { Steps } from '#platform/experts/models/offline/steps';
import type { Transcript } from '#platform/experts/models/offline/transcript';
import type { Domain } from '../domains.ts';

/** What a playbook is given. */
export interface Case {
  readonly transcript: Transcript;
  /** `YYYY-MM-DD` */
  readonly today: string;
  readonly domain: Domain;
}

/** Answers one kind of question. */
export type Playbook = (about: Case) => Steps<Draft>;
