import type { Db } from '../database/open.ts';

/** What activities work with. */
export interface ActivityDeps {
  readonly db: Db;
  /** Signs personal links. */
  readonly secret: string;
  readonly publicUrl: string;
  readonly mailFrom: string;
  readonly smtpUrl: string;
}
