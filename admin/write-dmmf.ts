// The console's adapter needs to know ids and relations, which the generated client leaves out. @prisma/internals is slow and large,
// so it works once, after installing, and the server reads the file.
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import internals from '@prisma/internals';

const datamodel = await readFile(new URL('../prisma/schema.prisma', import.meta.url), 'utf8');
const dmmf = await internals.getDMMF({ datamodel });
const folder = new URL('./generated/', import.meta.url);
await mkdir(folder, { recursive: true });
await writeFile(new URL('dmmf.json', folder), JSON.stringify({ datamodel: dmmf.datamodel }));
