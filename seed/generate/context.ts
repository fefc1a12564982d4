import { createHash } from 'node:crypto';
import { en, Faker } from '@faker-js/faker';
import * as z from 'zod';
import { tenantId } from '#platform/identity/tenant';
import { seedInstant } from './calendar.ts';

/** What a dataset is a function of: the same options give the same bytes. */
export interface SeedOptions {
  /** The day (`YYYY-MM-DD`, UTC) to which every date in the data is relative. */
  readonly asOf: string;
  /** 0 to 2^31 − 1. */
  readonly seed: number;
  /** Slug of the tenant; tenants have the same ids and different people. */
  readonly tenant: string;
}

type IdKind =
  | 'customer'
  | 'product'
  | 'subscription'
  | 'invoice'
  | 'payment'
  | 'promotion'
  | 'securityEvent'
  | 'order'
  | 'ticket'
  | 'incident';

export interface SeedContext extends SeedOptions {
  /** The tenant's name as it stands in texts. */
  readonly company: string;
  /** A random source of its own for each table, so that a change to one table leaves the others as they are. */
  readonly randomFor: (table: string) => Faker;
  /** The next id of a kind, ascending from 1. */
  readonly nextId: (kind: IdKind) => number;
}

/** @throws RangeError when an option is not usable; the message names it. */
export function createContext(options: SeedOptions): SeedContext {
  checkOptions(options);
  return {
    ...options,
    company: companyName(options.tenant),
    randomFor: (table) => randomSource(options, table),
    nextId: idSequences(),
  };
}

/** The company name of a tenant: its slug with a capital letter. */
export function companyName(tenant: string): string {
  return tenant.charAt(0).toUpperCase() + tenant.slice(1);
}

/** A day that exists, written `YYYY-MM-DD`. */
export function isDay(text: string): boolean {
  return z.iso.date().safeParse(text).success;
}

export function isSeedNumber(seed: number): boolean {
  return Number.isInteger(seed) && seed >= 0 && seed < 2 ** 31;
}

function checkOptions({ asOf, seed, tenant }: SeedOptions): void {
  if (!isDay(asOf)) {
    throw new RangeError(`asOf must be a day such as 2026-01-15; got "${asOf}".`);
  }
  if (!isSeedNumber(seed)) {
    throw new RangeError(`seed must be a whole number from 0 to ${2 ** 31 - 1}; got ${seed}.`);
  }
  tenantId(tenant);
}

/** The random numbers do not depend on `asOf`: another date moves the same people's dates and nothing else. */
function randomSource({ asOf, seed, tenant }: SeedOptions, table: string): Faker {
  const digest = createHash('sha256').update(`${tenant}/${seed}/${table}`).digest();
  const random = new Faker({ locale: [en], seed: digest.readUInt32BE(0) });
  random.setDefaultRefDate(seedInstant(asOf));
  return random;
}

function idSequences(): (kind: IdKind) => number {
  const last = new Map<IdKind, number>();
  return (kind) => {
    const id = (last.get(kind) ?? 0) + 1;
    last.set(kind, id);
    return id;
  };
}
