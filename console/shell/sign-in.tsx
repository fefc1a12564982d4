import { useState } from 'preact/hooks';
import { tenantName } from '../place.ts';
import { Problem } from '../problem.tsx';
import { beginSignIn } from '../sign-in/oauth.ts';

/** What is there before anybody is. */
export function SignIn({ why }: { readonly why: string | undefined }) {
  const [problem, setProblem] = useState(why);
  const [isLeaving, setLeaving] = useState(false);
  const begin = () => {
    setLeaving(true);
    beginSignIn().catch((error: Error) => {
      setLeaving(false);
      setProblem(error.message);
    });
  };
  return (
    <main class="narrow">
      <h1>{tenantName}</h1>
      <p>Tools, experts, jobs and approvals of this service, as far as your roles permit.</p>
      <Problem text={problem} />
      <button type="button" class="first" onClick={begin} disabled={isLeaving}>
        {isLeaving ? 'Going to the sign-in…' : 'Sign in'}
      </button>
      <p class="quiet">
        What you are given there stays in the memory of this page: when you close or reload it, you sign in
        again.
      </p>
    </main>
  );
}
