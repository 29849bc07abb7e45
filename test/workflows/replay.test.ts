import { readdir, readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import proto from '@temporalio/proto';
import { Worker } from '@temporalio/worker';
import { describe, expect, it } from 'vitest';
import { ask } from '../support/ask.ts';

const folder = fileURLToPath(new URL('../histories/', import.meta.url));
const recorded = (await readdir(folder)).filter((file) => file.endsWith('.bin')).sort();
const code = await readFile(await ask('workflow-bundle'), 'utf8');

describe('W2, W4: lives already begun go on with the workflows as they are now', () => {
  it('has a history of each workflow of a project', () => {
    const kinds = new Set(recorded.map((file) => file.split('.')[0]));
    expect([...kinds].sort()).toEqual(expect.arrayContaining(['alert-digest', 'alerts', 'bank-line', 'client-invoice', 'conversation-mails', 'invoice-correction', 'member-invoice', 'project', 'quote-review', 'reminder', 'sepa-export']));
  });

  it.each(recorded)('%s replays', async (file) => {
    const history = proto.temporal.api.history.v1.History.decode(await readFile(`${folder}${file}`));
    const kind = file.split('.')[0] ?? '';
    await Worker.runReplayHistory({ workflowBundle: { code } }, history, `${kind}/recorded`);
    expect(history.events?.length).toBeGreaterThan(5);
  });
});
