import type { RuleTarget } from '../domain/reminder-rules.ts';
import type { Db, Tx } from './open.ts';
import { administrationStaff, billingContacts, clientRecipient, memberRecipient, staffFor, staffRecipient, type Recipient } from './recipients.ts';
import type { ReminderSubject } from './reminder-subject.ts';

type Staffer = Parameters<typeof staffFor>[1];
interface Named { readonly id: string; readonly email: string; readonly name: string; readonly locale: string }
export interface ReminderProject { readonly id: string; readonly companyId: string; readonly ownerId: string; readonly owner: Named; readonly accountManager: Staffer }

/** Who a rule writes to, each once: people who left and members who are not active are not written to. `at` in ms. */
export async function reminderReaders(db: Db | Tx, target: RuleTarget, project: ReminderProject, subject: ReminderSubject, at: number): Promise<Recipient[]> {
  switch (target) {
    case 'account_manager': return staffFor(db, project.accountManager, at);
    case 'administrative': return administrationStaff(db);
    case 'finance': return staffOf(db, 'finance');
    case 'administrators': return staffOf(db, 'administrator');
    case 'client_owner': return [clientRecipient(project.owner)];
    case 'billing_contacts': return billingContacts(db, project.companyId, project.ownerId);
    case 'member': return members(db, subject.memberIds);
    case 'team_lead':
    case 'team': {
      const team = await db.teamMember.findMany({ where: { projectId: project.id, ...(target === 'team_lead' ? { isLead: true } : {}) }, select: { memberId: true } });
      return members(db, team.map(({ memberId }) => memberId));
    }
  }
}

async function staffOf(db: Db | Tx, role: string): Promise<Recipient[]> {
  return (await db.staff.findMany({ where: { active: true, role }, orderBy: { id: 'asc' } })).map(staffRecipient);
}

async function members(db: Db | Tx, ids: readonly string[]): Promise<Recipient[]> {
  return (await db.member.findMany({ where: { id: { in: [...ids] }, state: 'active' }, orderBy: { id: 'asc' } })).map(memberRecipient);
}
