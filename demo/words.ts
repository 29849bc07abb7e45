/** What the tour says, one line a step. */
export type Words = Readonly<Record<keyof typeof english, string>>;

const english = {
  intro: 'One project, from brief to payouts, with delays of seconds instead of days.',
  ready: 'The house answers.',
  deposit: '{client} hands in a brief on the public page: « {title} »',
  confirm: 'The link in the mail confirms it: project {ref} begins',
  approve: '{manager} reads it in the console and approves it',
  publish: '{client} chooses to publish it',
  alert: 'Members who follow its themes hear of it by e-mail',
  apply: '{lead} applies with {mate}, {other} applies alone',
  choose: '{client} chooses {lead} and {mate}; {other} gets an answer too',
  quote: '{member} sends a quote of {amount} excluding tax; no fee in it',
  global: '{manager} checks the quotes and sends one, ours, within the 24 h',
  sign: '{client} ticks an option and signs: {amount} including tax',
  amount: '{member} enters {amount} behind a personal link; a preview leaves by e-mail',
  anomaly: '{member} reports an anomaly: the 48 h stop',
  resolve: '{manager} corrects the preview: the 48 h begin again',
  final: 'The 48 h have passed: the invoices of the team are final and numbered',
  issued: 'One invoice for the whole team: {number}, {amount} including tax',
  dunning: 'The due date comes near: a reminder leaves by itself',
  declare: '{client} says the transfer has left',
  partPaid: '{finance} records a first transfer of {amount}',
  partSent: 'Each member is paid pro rata, to the cent',
  paid: '{finance} records the rest',
  sent: 'The last payouts leave',
  closed: 'Everybody is paid: the project closes by itself',
  ledger: 'The ledger of {ref}',
  figures: 'Figures',
  clientPaid: 'the client paid',
  members: 'the members received (own VAT included)',
  membersNet: 'the members’ work, excluding tax',
  fee: 'OFF-WORKS’s fee',
  vat: 'VAT on the client’s invoice',
  holds: 'client paid = members + fee + VAT, to the cent',
  end: 'Done in {seconds} s.',
  mail: 'mail', page: 'page', workflow: 'workflow', console: 'console', look: 'look at',
  failed: 'Stopped at step {step}: {problem}',
};

const french: Words = {
  intro: 'Un projet, du brief aux versements, avec des délais de quelques secondes au lieu de quelques jours.',
  ready: 'La maison répond.',
  deposit: '{client} dépose un brief sur la page publique : « {title} »',
  confirm: 'Le lien de l’e-mail le confirme : le projet {ref} commence',
  approve: '{manager} le lit dans la console et le valide',
  publish: '{client} choisit de le publier',
  alert: 'Les membres qui suivent ses thématiques l’apprennent par e-mail',
  apply: '{lead} se présente avec {mate}, {other} se présente seul',
  choose: '{client} choisit {lead} et {mate} ; {other} reçoit aussi une réponse',
  quote: '{member} envoie un devis de {amount} hors taxes, sans nos frais',
  global: '{manager} vérifie les devis et en envoie un seul, le nôtre, dans les 24 h',
  sign: '{client} coche une option et signe : {amount} toutes taxes comprises',
  amount: '{member} saisit {amount} derrière son lien personnel ; un aperçu part par e-mail',
  anomaly: '{member} signale une anomalie : les 48 h s’arrêtent',
  resolve: '{manager} corrige l’aperçu : les 48 h recommencent',
  final: 'Les 48 h sont passées : les factures de l’équipe sont définitives et numérotées',
  issued: 'Une seule facture pour toute l’équipe : {number}, {amount} toutes taxes comprises',
  dunning: 'L’échéance approche : une relance part toute seule',
  declare: '{client} annonce son virement',
  partPaid: '{finance} enregistre un premier virement de {amount}',
  partSent: 'Chaque membre est payé au prorata, au centime près',
  paid: '{finance} enregistre le reste',
  sent: 'Les derniers versements partent',
  closed: 'Tout le monde est payé : le projet se clôt tout seul',
  ledger: 'Le grand livre de {ref}',
  figures: 'Chiffres',
  clientPaid: 'le client a payé',
  members: 'les membres ont reçu (leur TVA comprise)',
  membersNet: 'le travail des membres, hors taxes',
  fee: 'les frais d’OFF-WORKS',
  vat: 'la TVA de la facture au client',
  holds: 'payé par le client = membres + frais + TVA, au centime près',
  end: 'Terminé en {seconds} s.',
  mail: 'e-mail', page: 'page', workflow: 'workflow', console: 'console', look: 'à voir',
  failed: 'Arrêt à l’étape {step} : {problem}',
};

/** English, unless LC_ALL or LANG says French. */
export function wordsFor(variables: NodeJS.ProcessEnv): { readonly locale: 'fr' | 'en'; readonly words: Words } {
  const locale = (variables.LC_ALL || variables.LANG || '').toLowerCase().startsWith('fr') ? 'fr' : 'en';
  return { locale, words: locale === 'fr' ? french : english };
}

export function inWords(sentence: string, data: Readonly<Record<string, string | number>>): string {
  return sentence.replace(/\{(\w+)\}/g, (whole, name: string) => String(data[name] ?? whole));
}
