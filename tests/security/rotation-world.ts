import { afterAll, beforeAll, expect } from 'vitest';
import type { KeyRing } from '#platform/key-ring';
import type { App } from '../../shared/app.ts';
import { invoiceOf, withPayers } from '../integration/experts/paying-customers.ts';
import { type ProxyWorld, startProxyWorld } from '../integration/sign-in/proxy-world.ts';
import { smallDataset } from '../support/small-dataset.ts';
import { WaitingEngine } from '../support/waiting-engine.ts';
import type { Served } from '../support/whole-app.ts';
import type { Door } from './door.ts';
import { startTarget, type Target } from './target.ts';

/** One of the two instances, as it is at a moment. */
export interface Instance {
  readonly app: App;
  readonly door: Door;
}

/** Two instances of the service and two of its authorization server, on the same data, whose secrets are replaced. */
export interface RotationWorld {
  /** The instances as they are now: an array that is changed in its place. */
  readonly both: Pick<App, Served>[];
  /** Gives one of the instances these secrets, by starting another one in its place. */
  give(at: 0 | 1, secrets: KeyRing): Promise<Instance>;
  /** Tokens of two persons: one who pays, and one who approves. */
  readonly bill: () => string;
  readonly anna: () => string;
  /** An invoice of 90 dollars that nobody has paid on. */
  readonly nextInvoice: () => number;
  /** Address of a tenant's authorization server. */
  readonly base: () => string;
}

export function rotationWorld(invoices: number): RotationWorld {
  const payers = withPayers(invoices);
  const both: App[] = [];
  let target: Target;
  let signIn: ProxyWorld;
  let next = 0;

  beforeAll(async () => {
    [target, signIn] = await Promise.all([
      startTarget({
        data: [payers.data, smallDataset],
        env: { APPROVE_ABOVE: '50', CONFIRM_PAYMENTS_ABOVE: '0' },
      }),
      startProxyWorld(),
    ]);
  });
  afterAll(async () => {
    await target?.stop();
    await signIn?.close();
  });

  const mint = (name: string, roles: readonly string[]) => () =>
    target.authority.mint(target.tenants[0].tid, {
      ...{ roles, oid: `00000000-0000-4000-8000-0000000000${name}`, sub: name },
    });
  const engine = new WaitingEngine(new Date());
  return {
    both,
    async give(at, secrets) {
      signIn.change({ secrets }, at);
      const { app, ...door } = await target.instance({ STATE_SIGNING_KEY: secrets.join() });
      app.jobs.connect(engine);
      both[at] = app;
      engine.host = app;
      return { app, door };
    },
    bill: mint('b1', ['query', 'billing']),
    anna: mint('a1', ['approver', 'query']),
    nextInvoice: () => invoiceOf(payers.ids[next++] ?? expect.fail('There are too few invoices.')),
    base: () => `${signIn.origin}/contoso-mcp`,
  };
}
