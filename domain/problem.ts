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
  | 'confirmation_expired' // C1: the brief is kept, another link may leave
  | 'links_enough' // C1: several left for that address already
  | 'already_collaborator' // C6
  | 'in_another_company' // C6: an address is of one company
  | 'owner_stays' // C6: the owner hands over first
  | 'invitation_over' // C6
  | 'picture_not_taken' // a PNG, JPEG or WebP
  | 'picture_too_wide' // M2: it would unpack into too much; details: megapixels
  | 'references_full' // M2; details: most
  | 'email_same' // M2, C6: another address is asked for
  | 'email_change_limit' // M2, C6; details: most
  | 'email_change_over' // M2, C6: confirmed, stopped or too old
  | 'period_gone' // M2: removed meanwhile, or gone by
  | 'period_overlaps' // M2: a day is one thing; details: from, to of the period there is
  | 'calendar_full' // M2; details: most
  | 'erasure_waits' // M2: something is under way
  | 'draft_full' // C1: as many files as a draft takes
  | 'offer_over' // C6
  | 'not_found'
  | 'over' // the workflow has ended
  | 'already_applied'
  | 'not_invited'
  | 'not_a_candidate'
  | 'not_in_team'
  | 'team_invitation_over' // M6
  | 'mate_unknown' // M6; details: name
  | 'mate_ambiguous' // M6: several members have that name; details: name, handles
  | 'message_short' // M6; details: missing, in characters
  | 'share_limit' // M12; details: most
  | 'share_to_self' | 'share_with_link' | 'share_closed' // M12
  | 'member_not_active'
  | 'quote_not_standing'
  | 'quote_version_old'
  | 'check_blocks_fee' | 'check_blocks_detail' | 'check_blocks_billing' | 'check_blocks_validity' // Q4: the check list refuses the sending; details: member, and the check's own
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
  | 'account_same' // M3: details: last4
  | 'account_change_over' // M3: confirmed, replaced, given up, stopped or expired
  | 'quote_files_full' // M9: details: count, megabytes
  | 'csv_unreadable' // Q1: no table at all
  | 'percent_invalid' // M10: over 100, or no number
  | 'amount_invalid' // words, negative, zero, too many decimals
  | 'amount_above_allowance' // details: leftCents
  | 'amount_above_due' // details: leftCents
  | 'credit_above_invoice' // I12: more than what is left of a member's invoice; details: leftCents
  | 'invoice_written_off' // I12: claimed again first
  | 'nothing_left_due' // I12
  | 'client_credit_short' // I12: the client's credit is less; details: leftCents
  | 'allowance_closed' // I12: the project is closed, so nothing can be invoiced again
  | 'payment_taken_back' // I12: already
  | 'nothing_to_recover' // I12
  | 'transfer_above_open' // I6: details: overCents, openCents
  | 'transfer_exceeded' // details: overCents
  | 'transfer_remainder' // details: leftCents
  | 'transfer_begun' // an interrupted post recorded a part; details: number, amountCents
  | 'transfer_half_done' // details: count, of, cause, in the reader's words
  | 'allocation_above_due' // details: number, leftCents
  | 'not_confirmed'
  | 'reminded_today' // details: names
  | 'dunning_paused'
  | 'nobody_to_remind'
  | 'no_deadline' | 'deadline_in_past'
  | 'window_promised' // I2: the 48 h are the member's
  | 'window_closed'
  | 'anomaly_open'
  | 'number_missing'
  | 'order_number_missing'
  | 'dispute_open' // C10: the client disputes the invoice, and waits for an answer
  | 'no_dispute' // C10
  | 'question_answered' // C9: a question is answered once
  | 'payment_term_above_ceiling'
  | 'ledger_unbalanced'
  | 'referral_owed' // I8: a first share has fallen due already
  | 'payout_held' // a document of vigilance is missing (M4)
  | 'message_too_long' // C7: details: most
  | 'signed_out' // while they wrote
  | 'file_too_large' // details: megabytes
  | 'nobody_ticked' // an invitation to nobody
  | 'shortlist_full' // details: most
  | 'file_not_taken' // details: name; none of the kinds one may join
  | 'file_kind_refused' // neither PDF, PNG nor JPEG, whatever its name says
  | 'already_decided'
  | 'link_unknown' | 'link_expired' | 'link_revoked' | 'link_used' | 'link_foreign'
  | 'candidature_exists'
  | 'candidature_read' // M1: staff have begun to study it
  | 'too_many_files' // details: most
  | 'files_full' // too much waits to be confirmed
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
  | 'statement_not_camt' | 'statement_cut_short' | 'statement_version' // I11; details: version
  | 'statement_broken' // details: what
  | 'statement_not_euro' // details: currency
  | 'statement_no_balance' // details: statement
  | 'statement_unbalanced' // details: statement, differenceCents
  | 'statement_known' // the same file was read before; details: who, at
  | 'bank_account_unknown' // details: account
  | 'bank_account_exists' // details: name
  | 'line_settled' // I11: a line of a statement is confirmed, or left aside
  | 'line_begun' // a payment of it is recorded already
  | 'line_nothing_matched'
  | 'line_left_over' // details: leftCents; a reason is asked for
  | 'match_above_line' // details: overCents
  | 'match_not_open' // details: number
  | 'match_wrong_way' // money that comes in pays invoices, money that goes out pays members
  | 'payout_not_sent' // details: name
  | 'payout_in_export' // details: ref
  | 'payout_account_held' // details: name
  | 'transfers_none' | 'transfer_twice'
  | 'outside_sepa' // details: name
  | 'execution_day_closed' // details: on
  | 'execution_day_past'
  | 'four_eyes' // whoever made a file of transfers does not approve it
  | 'excess_not_kept' // I12: what is above what is due cannot be said to be one client's
  | 'late_fee_above_due' // I6: details: leftCents
  | 'late_fee_settled' // I6: interest and indemnity are waived, or received, or asked for already
  | 'export_changed' // details: name; what a file pays is no longer what it was
  | 'export_underway' // details: name; a transfer of the file was made
  | 'lead_yours_already' // M14; details: company, at
  | 'project_brought_already' // M14; details: ref, name
  | 'temporal_away' | 'database_away' | 'mail_away' | 'taking_longer';
