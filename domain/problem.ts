/**
 * A rule says no. `code` is the key of the sentence shown to the person (locale files, `problems.CODE`),
 * `details` fills it in, and `message` is the cause for the operator.
 */
export class Problem extends Error {
  override readonly name = 'Problem';
  readonly code: ProblemCode;
  readonly details: Readonly<Record<string, string | number>>;

  constructor(code: ProblemCode, message: string, details: Record<string, string | number> = {}) {
    super(message);
    this.code = code;
    this.details = details;
  }
}

export type ProblemCode =
  | 'stage_changed' // someone else acted first, or the page is old
  | 'not_allowed' // this person may not do this
  | 'not_found'
  | 'over' // the workflow has ended
  | 'already_applied'
  | 'not_invited'
  | 'not_a_candidate'
  | 'not_in_team'
  | 'member_not_active'
  | 'quote_not_standing'
  | 'quote_version_old'
  | 'quote_expired'
  | 'fee_typed_in' // Q5: the fee is added by the system
  | 'rights_not_apart' // Q1: an assignment of rights named inside another line; details: label
  | 'lump_sum' // one single line without detail
  | 'discount_too_high'
  | 'empty_quote'
  | 'billing_missing'
  | 'siret_invalid'
  | 'vat_number_invalid'
  | 'iban_invalid'
  | 'amount_invalid' // words, negative, zero, too many decimals
  | 'amount_above_allowance' // details: leftCents
  | 'amount_above_due' // details: leftCents
  | 'transfer_above_open' // I6: details: overCents, openCents
  | 'transfer_exceeded' // details: overCents
  | 'transfer_remainder' // details: leftCents
  | 'transfer_begun' // an interrupted post recorded a part; details: number, amountCents
  | 'transfer_half_done' // details: count, of, cause, in the reader's words
  | 'allocation_above_due' // details: number, leftCents
  | 'not_confirmed'
  | 'no_deadline' | 'deadline_in_past'
  | 'window_promised' // I2: the 48 h are the member's
  | 'window_closed'
  | 'anomaly_open'
  | 'number_missing'
  | 'order_number_missing'
  | 'payment_term_above_ceiling'
  | 'ledger_unbalanced'
  | 'referral_owed' // I8: a first share has fallen due already
  | 'payout_held' // a document of vigilance is missing (M4)
  | 'file_too_large' // details: megabytes
  | 'file_kind_refused' // neither PDF, PNG nor JPEG, whatever its name says
  | 'already_decided'
  | 'link_unknown' | 'link_expired' | 'link_revoked' | 'link_used' | 'link_foreign'
  | 'candidature_exists'
  | 'agency_refused'
  | 'still_open' // something still runs: details: what
  | 'wording_broken' // S4: details: count
  | 'wording_changed' // S4: another wording was published meanwhile
  | 'download_missing' | 'download_kind_refused' // M13: details: allowed
  | 'form_invalid' // a field is missing or wrong; the fields say which
  | 'term_refused' // S4: details: sentence, in the reader's words
  | 'reason_missing' | 'date_unclear'
  | 'setting_in_past' | 'setting_in_force'
  | 'setting_changed' // S4: somebody was faster; details: who
  | 'setting_same' // nothing would change
  | 'rate_overlaps' // C11: another special rate of this client runs meanwhile; details: from, until
  | 'rate_over'
  | 'theme_exists' // details: name
  | 'rule_does_nothing' | 'rule_text_missing'
  | 'rule_delay_invalid' // details: most
  | 'rule_text_unknown' // S4: details: name, known
  | 'layout_broken' // Q4: a global quote that loses or doubles a line
  | 'draft_changed' // Q4: someone else saved the layout meanwhile; details: who
  | 'sign_in_refused' | 'code_refused' | 'password_wrong' // S5: nothing says whether the account exists
  | 'sign_in_wait' // S5: details: seconds or minutes
  | 'password_short' // details: minimum
  | 'password_trivial' | 'passwords_differ'
  | 'staff_exists' | 'own_role' | 'last_administrator'
  | 'temporal_away' | 'database_away' | 'mail_away' | 'taking_longer';
