/**
 * The failures that a caller may read. Every message is one sentence that says what to do;
 * any other exception is an internal error and its text never leaves the process.
 */
export abstract class BusinessError extends Error {
  abstract readonly code:
    | 'not_found'
    | 'conflict'
    | 'refused'
    | 'confirmation_required'
    | 'approval_required'
    | 'invalid_input'
    | 'unavailable';
  override get name(): string {
    return this.constructor.name;
  }
}

/** Codes of failures that nobody decided: something did not answer, or is at fault. The same may work later. */
const faults: ReadonlySet<unknown> = new Set(['unavailable', 'internal_error']);

/** Whether a call came to nothing without anybody's having refused it. @param code of the failure, as it was answered */
export function isFault(code: unknown): boolean {
  return faults.has(code);
}

/** The thing that the caller named does not exist for this tenant. */
export class NotFound extends BusinessError {
  readonly code = 'not_found';
}

/** The request contradicts what is stored, or somebody else changed it at the same time. */
export class Conflict extends BusinessError {
  readonly code = 'conflict';
}

/** The request is understood and a rule forbids it. */
export class Refused extends BusinessError {
  readonly code = 'refused';
}

/** The call would change something that its user has to agree to first. The message says what would happen. */
export class ConfirmationRequired extends BusinessError {
  readonly code = 'confirmation_required';
}

/** The call waits for a second person to approve it. The message says what waits. */
export class ApprovalRequired extends BusinessError {
  readonly code = 'approval_required';
  /** Under which it waits. */
  readonly approval: string;

  constructor(message: string, approval: string) {
    super(message);
    this.approval = approval;
  }
}

/** A value is missing, has the wrong type or is out of range. */
export class InvalidInput extends BusinessError {
  readonly code = 'invalid_input';
}

/** A service that this one needs does not answer; trying again later may work. */
export class Unavailable extends BusinessError {
  readonly code = 'unavailable';
}
