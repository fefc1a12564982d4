import type { ElicitRequestParams, ElicitResult } from '@modelcontextprotocol/client';

/** Asks the person something that a server wants to know before it goes on. */
export type AskUser = (question: ElicitRequestParams) => Promise<ElicitResult>;

/** A question that is shown. */
export interface OpenQuestion {
  readonly message: string;
  readonly schema: Readonly<Record<string, unknown>>;
  readonly answer: (result: ElicitResult) => void;
}

/** Questions one after the other: the next is shown when the one before is answered. */
export function questions(show: (question: OpenQuestion | undefined) => void): AskUser {
  let last: Promise<unknown> = Promise.resolve();
  return (params) => {
    const asked = last.then(
      () =>
        new Promise<ElicitResult>((resolve) => {
          if (!('requestedSchema' in params)) {
            resolve({ action: 'decline' });
            return;
          }
          show({
            message: params.message,
            schema: params.requestedSchema as Readonly<Record<string, unknown>>,
            answer(result) {
              show(undefined);
              resolve(result);
            },
          });
        }),
    );
    last = asked;
    return asked;
  };
}
