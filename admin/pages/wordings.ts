import { legalWordings } from '../../domain/legal-wordings.ts';
import type { ConsolePage } from './page.ts';
import { wordingActs } from './wordings/acts.ts';
import { wordingsList } from './wordings/list.ts';
import { wordingBlocks } from './wordings/one.ts';
import { wordingNamed } from './wordings/proposal.ts';

/** S4, I10: the sentences the law asks for on our documents, dated: a document keeps those of its day. */
export const wordingsPage: ConsolePage = {
  name: 'wordings',
  icon: 'BookOpen',
  title: ({ say, query }) => (query.wording ? say.say(`term.${legalWordings[wordingNamed(query.wording)].setting}`) : say.say('wordings.title')),
  blocks: async (asked) => (asked.query.wording ? wordingBlocks(asked, wordingNamed(asked.query.wording)) : wordingsList(asked)),
  acts: wordingActs,
};
