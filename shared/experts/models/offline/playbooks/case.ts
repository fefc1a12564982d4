import type { Domain } from '../../../domains.ts';
import type { Draft } from '../draft.ts';
import type { Steps } from '../steps.ts';
import type { Transcript } from '../transcript.ts';

/** What a playbook is given. */
export interface Case {
  readonly transcript: Transcript;
  /** `YYYY-MM-DD` */
  readonly today: string;
  readonly domain: Domain;
}

/** Answers one kind of question. */
export type Playbook = (about: Case) => Steps<Draft>;
