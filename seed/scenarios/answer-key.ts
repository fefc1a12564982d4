/** Something that an answer says, and the ways to tell that it does. */
export interface Statement {
  readonly statement: string;
  /** The answer contains at least one of these texts, whatever the case of the letters. */
  readonly says: readonly string[];
}

/** What a right answer to a scenario's questions is, for people and for programs that judge answers. */
export interface AnswerKey {
  /** 1 to 9. */
  readonly scenario: number;
  readonly customer_id: number;
  readonly title: string;
  /** The same question as different users would ask it. */
  readonly questions: readonly string[];
  /** All of these are in a right answer; numbers and dates are computed from the data. */
  readonly required_facts: readonly Statement[];
  /** Slugs of the documents that a right answer rests on. */
  readonly documents_to_cite: readonly string[];
  /** None of these is in a right answer. */
  readonly forbidden_claims: readonly Statement[];
  /** Tools without which the facts cannot be known. */
  readonly required_tools: readonly string[];
  /** Tools that change something nobody has asked for. */
  readonly forbidden_tools: readonly string[];
}
