import { useState } from 'preact/hooks';
import type { LeftOut } from '../mcp/session.ts';
import { Problem } from '../problem.tsx';
import { beginSignIn } from '../sign-in/oauth.ts';

const names = {
  tools: { what: 'The tools, approvals and the trail', signIn: 'Sign in for the tools instead' },
  experts: { what: 'The experts and long jobs', signIn: 'Sign in for the experts instead' },
};

/** Says what is not here, why, and what can be done about it. */
export function NotConnected({ endpoint, why }: LeftOut) {
  const [problem, setProblem] = useState<string>();
  const { what, signIn } = names[endpoint];
  if (why !== 'other_sign_in') {
    return <Problem text={`${what} are not here: ${why.message}`} />;
  }
  const begin = () => void beginSignIn(endpoint).catch((error: Error) => setProblem(error.message));
  return (
    <p class="note">
      {what} need a sign-in of their own: this service has the accounts itself, and what it gives at a sign-in
      is good for one of the two.{' '}
      <button type="button" onClick={begin}>
        {signIn}
      </button>
      {problem !== undefined && <span role="alert"> {problem}</span>}
    </p>
  );
}
