import { randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { z } from 'zod';

const port = (fallback: number) => z.coerce.number().int().min(1).max(65_535).default(fallback);
/** An empty variable counts as unset, as in `SMTP_URL= npm start`. */
const optional = <Schema extends z.ZodType>(schema: Schema) => z.preprocess((value) => (value === '' ? undefined : value), schema.optional());
const address = z.string().regex(/^[^\s/:]+:\d+$/, 'must be HOST:PORT');

const environment = z.object({
  DATA_DIR: z.string().min(1).default('.data'),
  DATABASE_URL: optional(z.url({ protocol: /^postgres(ql)?$/ })),
  DATABASE_POOL: z.coerce.number().int().min(1).max(200).default(10),
  TEMPORAL_ADDRESS: optional(address),
  TEMPORAL_NAMESPACE: z.string().min(1).default('default'),
  TEMPORAL_API_KEY: optional(z.string()),
  TEMPORAL_UI_URL: optional(z.url()),
  TASK_QUEUE: z.string().min(1).default('off-works'),
  SMTP_URL: optional(z.url({ protocol: /^smtps?$/ })),
  MAIL_FROM: z.string().min(3).default('OFF-WORKS <bonjour@off-works.example>'),
  MAILBOX_URL: optional(z.url()),
  PORT: port(3000),
  PUBLIC_URL: optional(z.url({ protocol: /^https?$/ })),
  TRUST_PROXY: z.coerce.number().int().min(0).default(0),
  SECRET: optional(z.string().min(32, 'must have at least 32 characters')),
  SESSION_HOURS: z.coerce.number().min(0.1).max(24 * 30).default(12),
  LOG_LEVEL: z.enum(['silent', 'fatal', 'error', 'warn', 'info', 'debug', 'trace']).default('info'),
  POSTGRES_PORT: port(5433),
  TEMPORAL_PORT: port(7233),
  TEMPORAL_UI_PORT: port(8233),
  SMTP_PORT: port(1025),
  MAILBOX_PORT: port(1080),
});

export type Environment = z.output<typeof environment>;

/** What every process is told from outside; addresses without a trailing slash. */
export interface Config {
  /** Absolute path of the folder that keeps what must survive a restart. */
  readonly dataDir: string;
  readonly databaseUrl: string;
  readonly databasePool: number;
  /** host:port */
  readonly temporalAddress: string;
  readonly temporalNamespace: string;
  /** Set for Temporal Cloud; the connection is then encrypted. */
  readonly temporalApiKey: string | null;
  readonly temporalUiUrl: string | null;
  readonly taskQueue: string;
  readonly smtpUrl: string;
  readonly mailFrom: string;
  /** Web page of the local mailbox, when there is one. */
  readonly mailboxUrl: string | null;
  readonly port: number;
  readonly publicUrl: string;
  /** Proxies in front of the server whose word on the visitor's address is taken. */
  readonly trustProxy: number;
  readonly sessionHours: number;
  readonly logLevel: string;
}

export class ConfigProblem extends Error {
  override readonly name = 'ConfigProblem';
}

/**
 * Reads the environment's variables.
 * @throws ConfigProblem that names every variable to mend.
 */
export function readEnvironment(variables: NodeJS.ProcessEnv): Environment {
  const parsed = environment.safeParse(variables);
  if (parsed.success) return parsed.data;
  const lines = parsed.error.issues.map((issue) => `  ${issue.path.join('.')}: ${issue.message}`);
  throw new ConfigProblem(`Please mend these variables:\n${lines.join('\n')}`);
}

/**
 * The settings of one process.
 * @throws ConfigProblem when DATABASE_URL, TEMPORAL_ADDRESS or SMTP_URL is missing: only `npm start` brings its own.
 */
export function readConfig(variables: NodeJS.ProcessEnv = process.env): Config {
  const read = readEnvironment(variables);
  const need = (name: 'DATABASE_URL' | 'TEMPORAL_ADDRESS' | 'SMTP_URL'): string => {
    const value = read[name];
    if (!value) throw new ConfigProblem(`${name} is not set. (\`npm start\` brings a local one by itself.)`);
    return value;
  };
  return {
    dataDir: resolve(read.DATA_DIR),
    databaseUrl: need('DATABASE_URL'),
    databasePool: read.DATABASE_POOL,
    temporalAddress: need('TEMPORAL_ADDRESS'),
    temporalNamespace: read.TEMPORAL_NAMESPACE,
    temporalApiKey: read.TEMPORAL_API_KEY ?? null,
    temporalUiUrl: read.TEMPORAL_UI_URL?.replace(/\/+$/, '') ?? null,
    taskQueue: read.TASK_QUEUE,
    smtpUrl: need('SMTP_URL'),
    mailFrom: read.MAIL_FROM,
    mailboxUrl: read.MAILBOX_URL?.replace(/\/+$/, '') ?? null,
    port: read.PORT,
    publicUrl: (read.PUBLIC_URL ?? `http://localhost:${read.PORT}`).replace(/\/+$/, ''),
    trustProxy: read.TRUST_PROXY,
    sessionHours: read.SESSION_HOURS,
    logLevel: read.LOG_LEVEL,
  };
}

/**
 * What signs links and sessions and encrypts bank details: SECRET, or one made on first use and kept in the data folder.
 * Losing it makes every link and every stored IBAN unreadable, so it belongs in the backup.
 */
export function readSecret(variables: NodeJS.ProcessEnv = process.env): string {
  const { SECRET, DATA_DIR } = readEnvironment(variables);
  if (SECRET) return SECRET;
  const file = join(resolve(DATA_DIR), 'secret');
  mkdirSync(resolve(DATA_DIR), { recursive: true });
  try {
    writeFileSync(file, `${randomBytes(32).toString('base64url')}\n`, { flag: 'wx', mode: 0o600 });
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== 'EEXIST') throw cause;
  }
  return readFileSync(file, 'utf8').trim();
}
