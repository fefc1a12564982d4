import { describe, expect, it } from 'vitest';
import { Unavailable } from '#platform/errors';
import { refusalOf } from '#platform/sign-in/proxy/refusals';
import { UpstreamRefused } from '#platform/sign-in/proxy/upstream';
import { tokens, world } from './grant-types-world.ts';

const refusing = (error: string, description?: string) =>
  world(async () => {
    throw new UpstreamRefused(refusalOf(error, description));
  });

describe('a code', () => {
  it('is answered for people of any of the tenant’s directories', async () => {
    const { redeem, records } = world(async () => ({ ...tokens, tid: 'directory-2' }));
    expect(await redeem()).toMatchObject({ access_token: 'a.b.c', expires_in: 3_600, scope: 'mcp.access' });
    expect(records).toMatchObject([{ user: 'directory-1:someone', client: 'client', tokenId: 'uti' }]);
  });

  it('of somebody of another directory is refused, and nobody is on record', async () => {
    const { redeem, records } = world(async () => ({ ...tokens, tid: 'directory-3' }));
    await expect(redeem()).rejects.toMatchObject({
      error: 'invalid_grant',
      message: expect.stringMatching(/none of Acme/),
    });
    expect(records).toEqual([]);
  });

  it('is redeemed once, and what came of it ends when it comes twice', async () => {
    const { redeem, refresh, asked } = world(async () => tokens);
    const { refresh_token = '' } = await redeem();
    await expect(redeem()).rejects.toMatchObject({ error: 'invalid_grant' });
    expect(asked()).toBe(1);
    await expect(refresh(refresh_token)).rejects.toMatchObject({ error: 'invalid_grant' });
  });

  it.each([
    ['another tenant', { tenant: 'other' }],
    ['another client', { client: 'other' }],
    ['another redirect', { redirect: 'http://127.0.0.1/other' }],
    ['another verifier', { challenge: 'A'.repeat(43) }],
  ])('of %s is refused, and the provider is not asked', async (_what, changes) => {
    const { redeem, asked } = world(async () => tokens);
    await expect(redeem(changes)).rejects.toMatchObject({ error: 'invalid_grant' });
    expect(asked()).toBe(0);
  });

  it('brings no refresh token where the provider gives none', async () => {
    const { redeem } = world(async () => ({ ...tokens, refreshToken: undefined }));
    expect(await redeem()).not.toHaveProperty('refresh_token');
  });
});

describe('a refusal of the identity provider', () => {
  it.each([
    ['invalid_grant', undefined, 'invalid_grant', 400, /has ended this sign-in; sign in again/],
    ['invalid_grant', 'AADSTS65001: consent', 'invalid_grant', 400, /give consent/],
    ['interaction_required', 'AADSTS53003: blocked', 'invalid_grant', 400, /rules of Acme/],
    ['invalid_client', 'AADSTS7000215: secret for sara', 'server_error', 502, /renew it\. \(the-id\)$/],
    ['unheard of!', 'something', 'server_error', 502, /try again in a few minutes/],
  ])('(%s, %s) is told as %s', async (error, description, told, status, sentence) => {
    const redeemed = refusing(error, description).redeem();
    await expect(redeemed).rejects.toMatchObject({
      error: told,
      status,
      message: expect.stringMatching(sentence),
    });
    await expect(redeemed).rejects.toMatchObject({ message: expect.not.stringMatching(/sara|AADSTS/) });
  });
});

describe('a refresh token', () => {
  it.each([
    ['another tenant', { tenant: 'other' }],
    ['another client', { client: 'other' }],
  ])('of %s is refused, and the provider is not asked', async (_what, changes) => {
    const { refresh, sealRefreshToken, asked } = world(async () => tokens);
    await expect(refresh(await sealRefreshToken(changes))).rejects.toMatchObject({ error: 'invalid_grant' });
    expect(asked()).toBe(0);
  });

  it('that was used is refused, its sign-in ends, and the provider is not asked', async () => {
    const { refresh, sealRefreshToken, asked, store } = world(async () => tokens);
    await refresh(await sealRefreshToken());
    await expect(refresh(await sealRefreshToken())).rejects.toMatchObject({ error: 'invalid_grant' });
    expect(asked()).toBe(1);
    expect(await store.isUnused('family', 2)).toBe(false);
  });

  it('is kept while the provider does not answer, and replaced when it does', async () => {
    let answers = true;
    const { redeem, refresh } = world(async () => {
      if (answers) {
        return tokens;
      }
      throw new Unavailable('It does not answer.');
    });
    const { refresh_token: first = '' } = await redeem();
    answers = false;
    await expect(refresh(first)).rejects.toThrow(Unavailable);
    answers = true;
    const { refresh_token: second = '' } = await refresh(first);
    expect(second).not.toBe(first);
    await expect(refresh(first)).rejects.toMatchObject({ error: 'invalid_grant' });
    await expect(refresh(second)).rejects.toMatchObject({ error: 'invalid_grant' });
  });

  it('goes on with the provider’s former one where it gives no new one', async () => {
    let given: string | undefined = 'theirs';
    const { redeem, refresh } = world(async () => ({ ...tokens, refreshToken: given }));
    const { refresh_token: first = '' } = await redeem();
    given = undefined;
    const { refresh_token: second = '' } = await refresh(first);
    expect(await refresh(second)).toHaveProperty('refresh_token');
  });

  it('that two bring at once goes on for one, and then for nobody', async () => {
    const { redeem, refresh, store } = world(async () => tokens);
    const { refresh_token: token = '' } = await redeem();
    const both = await Promise.allSettled([refresh(token), refresh(token)]);
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(await store.isUnused('family', 9)).toBe(false);
  });
});
