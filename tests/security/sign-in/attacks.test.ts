import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { testDataStorage } from '../../support/azurite.ts';
import { chapters } from './chapters.ts';
import { controls } from './controls.ts';
import { filesLessOne } from './less-one.ts';
import { plainSignIn } from './plain-sign-in.ts';
import * as product from './product.ts';
import { asBefore, startSurroundings, startWorld, type World } from './world.ts';

let world: World;

beforeAll(async () => {
  world = await startWorld(await startSurroundings(testDataStorage()), product);
});

afterAll(() => world?.stop());

beforeEach(() => asBefore(world));

it('a sign-in as it should be works', async () => {
  await plainSignIn(world);
});

describe.each(chapters)('$title: refused is', ({ attacks }) => {
  it.each(attacks)('$name', async ({ run }) => {
    await run(world);
  });
});

describe('every control', () => {
  const names = chapters.flatMap(({ attacks }) => attacks.map(({ name }) => name));

  it.each(controls)('$control: is where it is said to be, and attacked', (control) => {
    expect(filesLessOne(control).size).toBeGreaterThan(0);
    expect(names).toEqual(expect.arrayContaining([...control.attacks]));
    expect(control.attacks).not.toEqual([]);
  });

  it('and every attack has one', () => {
    const attacked = new Set(controls.flatMap(({ attacks }) => attacks));
    expect(names.filter((name) => !attacked.has(name))).toEqual([]);
    expect(new Set(names).size).toBe(names.length);
  });
});
