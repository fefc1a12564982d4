import { describe, expect, test } from 'vitest';
import { azuriteConnectionString } from '#emulators/stack/azurite';
import { openStorage } from '#platform/storage/connect';

describe('DATA_STORAGE', () => {
  test.each([
    ['nothing', ''],
    ['half a connection string', 'AccountName=contoso;AccountKey=c2VjcmV0'],
    ['an account URL with a path', 'https://contoso.table.core.windows.net/x'],
    ['an account URL with a signature', 'https://contoso.table.core.windows.net/?sig=c2VjcmV0'],
  ])('%s stops the start with what it must be, and repeats no secret', async (_what, dataStorage) => {
    const opening = openStorage({ dataStorage });
    await expect(opening).rejects.toThrow('DATA_STORAGE must be a connection string');
    await expect(opening).rejects.not.toThrow('c2VjcmV0');
  });

  test('http to another machine is refused', async () => {
    const dataStorage = azuriteConnectionString(10002).replace('127.0.0.1', '192.0.2.1');
    await expect(openStorage({ dataStorage })).rejects.toThrow('DATA_STORAGE uses http to another machine');
  });

  test('an account URL is used with the identity of the process', async () => {
    const opening = openStorage({ dataStorage: 'https://contoso.table.core.windows.net' });
    await expect(opening).resolves.toHaveProperty('ping');
  });
});
