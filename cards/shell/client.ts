import { render } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { type Answer, answerOf } from '../host/answer.ts';
import { connectHost, type Host } from '../host/host.ts';

/** What the client has told of so far. */
export interface Seen {
  readonly host?: Host;
  readonly locale?: string | undefined;
  /** The tool of its call. */
  readonly called?: string | undefined;
  readonly input?: Readonly<Record<string, unknown>>;
  readonly answer?: Answer<unknown> | undefined;
}

/** Connects to the client that shows this page, and leaves with it. @param name as the server names the card */
export function useClient(name: string): Seen & { see(more: Seen): void } {
  const [seen, setSeen] = useState<Seen>({});
  const see = (more: Seen) => setSeen((before) => ({ ...before, ...more }));
  useEffect(() => {
    connectHost(name, {
      input: (input) => see({ input }),
      result: (result) => see({ answer: answerOf(result) }),
      cancelled: (reason) =>
        see({ answer: { kind: 'cancelled', why: reason || 'The call was called off.' } }),
      context: ({ locale, toolInfo }) => see({ locale, called: toolInfo?.tool.name }),
      gone: () => render(null, document.body),
    }).then(
      (host) => see({ host }),
      (error: Error) => see({ answer: { kind: 'failed', why: error.message } }),
    );
  }, []);
  return { ...seen, see };
}
