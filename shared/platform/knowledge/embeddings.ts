/** Turns texts into vectors whose directions are close when the texts mean something similar. */
export interface Embeddings {
  /** Vectors of different models cannot be compared. */
  readonly model: string;
  /**
   * One vector for each text, in their order.
   * @throws Unavailable when the service does not answer in time
   */
  embed(texts: readonly string[], signal: AbortSignal): Promise<number[][]>;
}
