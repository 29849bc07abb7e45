import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('../../', import.meta.url));
const under = (folder: string, ending: string): string[] =>
  readdirSync(`${root}${folder}`, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith(ending)).map((name) => `${folder}/${name}`);

/** A plain space before a sign, or after an opening quote, lets a line begin with the sign. */
const loose = /[\p{L}\p{N})»’}\]€%] [:;!?»](?![\w=/])|« /u;

function textsOf(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  return value && typeof value === 'object' ? Object.values(value).flatMap(textsOf) : [];
}

describe('S3: French signs stay with their words', () => {
  it.each(under('locales/fr', '.json'))('%s', (file) => {
    expect(textsOf(JSON.parse(readFileSync(`${root}${file}`, 'utf8'))).filter((text) => loose.test(text))).toEqual([]);
  });

  it('in every e-mail', () => {
    const found = under('templates/mail/fr', '.mjml').flatMap((file) => [...readFileSync(`${root}${file}`, 'utf8').matchAll(/>([^<]*)</g)].map(([, text = '']) => text).filter((text) => loose.test(text)).map((text) => `${file}: ${text}`));
    expect(found).toEqual([]);
  });
});
