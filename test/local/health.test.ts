import { Client, Connection } from '@temporalio/client';
import { createServer } from 'node:net';
import { describe, expect, it } from 'vitest';
import { openDatabase } from '../../database/open.ts';
import { BusyPort, freePort, needFree } from '../../local/ports.ts';
import { maskPath } from '../../mask-path.ts';
import { openHouse } from '../support/house.ts';

const house = await openHouse();
const ask = async (base: string) => {
  const response = await fetch(`${base}/healthz`);
  return { status: response.status, body: (await response.json()) as Record<string, string> };
};

describe('P4 health', () => {
  it('is 200 when all answer', async () => {
    expect(await ask(house.url)).toEqual({ status: 200, body: { status: 'ok', database: 'up', temporal: 'up', mail: 'up' } });
  });

  it('is 503 and says which part is away', async () => {
    const temporal = new Client({ connection: Connection.lazy({ address: '127.0.0.1:1' }) });
    expect(await ask(await house.another({ temporal }))).toMatchObject({ status: 503, body: { temporal: 'away', database: 'up', mail: 'up' } });
    const db = openDatabase({ url: 'postgresql://nobody:x@127.0.0.1:1/none' });
    expect(await ask(await house.another({ db }))).toMatchObject({ status: 503, body: { database: 'away', temporal: 'up' } });
    const config = { ...house.deps.config, smtpUrl: 'smtp://127.0.0.1:1' };
    expect(await ask(await house.another({ config }))).toMatchObject({ status: 503, body: { mail: 'away' } });
  });
});

describe('P4 a busy port', () => {
  it('is named with the variable to set', async () => {
    const port = await freePort();
    const taken = createServer();
    await new Promise<void>((ready) => taken.listen(port, '127.0.0.1', ready));
    await expect(needFree(port, 'PORT', 'the pages')).rejects.toThrow(BusyPort);
    await expect(needFree(port, 'PORT', 'the pages')).rejects.toThrow(/PORT=/);
    await new Promise<void>((done) => taken.close(() => done()));
    await needFree(port, 'PORT', 'the pages');
  });
});

describe('privacy of the request log', () => {
  it('hides tokens and queries', () => {
    expect(maskPath('/l/abcdefghijklmnop/do/apply?x=1')).toBe('/l/***/do/apply');
  });
});
