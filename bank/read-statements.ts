import { statementsOf } from '../domain/bank/camt.ts';
import type { Statement } from '../domain/bank/statement.ts';
import { Problem } from '../domain/problem.ts';
import { readXml, XmlRefused } from './read-xml.ts';

/** The most a file of statements may weigh, in bytes: some fifteen thousand lines. */
export const largestStatements = 25 * 1024 * 1024;

/**
 * I11: the statements of a file as a bank gives it.
 * @throws Problem `statement_cut_short`, `statement_not_camt`, and whatever `statementsOf` (domain/bank/camt) says
 */
export function readStatements(bytes: Uint8Array): Statement[] {
  try {
    return statementsOf(readXml(bytes));
  } catch (cause) {
    if (!(cause instanceof XmlRefused)) throw cause;
    throw new Problem(cause.why === 'cut_short' ? 'statement_cut_short' : 'statement_not_camt', cause.message);
  }
}
