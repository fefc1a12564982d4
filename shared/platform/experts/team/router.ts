import type { ExpertDefinition } from '../definition.ts';

/** Whose matter a question is. */
export interface Route {
  /** Domains of experts that answer such questions, the best one first; at least one. */
  readonly domains: readonly [string, ...string[]];
  /** Why, in one sentence for the person who asked. */
  readonly why: string;
  /** Tokens that a model took to find out. */
  readonly usage?: { readonly inputTokens: number; readonly outputTokens: number };
}

/** Finds the expert for a question that was put to nobody in particular. */
export interface Router {
  /**
   * @param experts all there are, at least one
   * @throws what the signal was aborted with
   */
  route(question: string, experts: readonly ExpertDefinition[], signal: AbortSignal): Promise<Route>;
}
