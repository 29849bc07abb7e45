import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import express, { Router } from 'express';

const folder = fileURLToPath(new URL('./public', import.meta.url));

/** `/assets`: one style sheet and one script for every page, each put together from one file an area, and the few files that stand by themselves. */
export function assetsRouter(): Router {
  const router = Router();
  for (const [path, part, type] of [['/site.css', 'styles', 'css'], ['/site.js', 'scripts', 'js']] as const) {
    const content = together(part);
    const etag = `"${createHash('sha256').update(content).digest('base64url').slice(0, 22)}"`;
    router.get(path, (_request, response) => {
      response.set('Cache-Control', 'public, max-age=3600').set('ETag', etag).type(type).send(content);
    });
  }
  router.use(express.static(folder, { maxAge: '1h', fallthrough: false }));
  return router;
}

/** The base comes first: every other file may count on it. Each script is a function of its own, so none sees another's names. */
function together(part: string): string {
  const names = readdirSync(`${folder}/${part}`).sort((a, b) => Number(b.startsWith('base.')) - Number(a.startsWith('base.')) || a.localeCompare(b));
  return names.map((name) => readFileSync(`${folder}/${part}/${name}`, 'utf8')).join('\n');
}
