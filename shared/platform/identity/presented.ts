import { AsyncLocalStorage } from 'node:async_hooks';
import type { SignInChallenge } from './challenges.ts';

/** The token that a request came with, for as long as the request is served and no longer. */
export interface Presented {
  readonly token: string;
  /** Address of the protected-resource metadata where it came in; undefined when there is none. */
  readonly resourceMetadata: string | undefined;
  /** That the request is to be answered with, set while it is served. */
  challenge?: SignInChallenge;
}

const presented = new AsyncLocalStorage<Presented>();

/** Serves a request. Only where calls may act for their user at other services is its token kept at hand. */
export function whilePresented<Result>(one: Presented, work: () => Promise<Result>): Promise<Result> {
  return presented.run(one, work);
}

/** What the request under way came with; undefined outside of one, and where tokens are not kept at hand. */
export function nowPresented(): Presented | undefined {
  return presented.getStore();
}
