import { acceptLead, refuseLead } from '../../database/leads/decide.ts';
import { declareLead } from '../../database/leads/declare.ts';
import type { ReferralLevel } from '../../domain/referral.ts';
import { leadFields } from '../../steps/lead-forms.ts';
import { demoStaff } from './staff.ts';
import type { House } from './house.ts';

interface DemoLead {
  readonly member: string;
  readonly said: Readonly<Record<'company' | 'contactName' | 'contactEmail' | 'contactPhone' | 'need', string>> & { readonly wishedLevel: ReferralLevel };
  /** What Aïcha of the staff answered; nothing yet when absent. */
  readonly answer?: { readonly level: ReferralLevel; readonly message: string } | { readonly reason: string };
}

/** M14: one to answer, one accepted at another level than was wished, one refused. */
export const demoLeads: readonly DemoLead[] = [
  {
    member: 'lea',
    said: { company: 'Conserverie des Glénan', contactName: 'Marie Le Bihan', contactEmail: 'marie@conserverie-glenan.example', contactPhone: '02 98 00 41 17', wishedLevel: 'full_lead', need: 'Nouvelle gamme de rillettes : identité, étiquettes et site. Marie veut démarrer avant l’été et a un budget de 18 000 €.' },
  },
  {
    member: 'hugo',
    said: { company: 'Imprimerie Valade', contactName: 'Georges Valade', contactEmail: 'georges@imprimerie-valade.example', contactPhone: '', wishedLevel: 'full_lead', need: 'Leur outil de devis date de 2009. Ils cherchent une équipe pour le refaire, avec un design digne de leur métier.' },
    answer: { level: 'supported_lead', message: 'Beau contact, merci. Nous vous accompagnons au premier rendez-vous, d’où le niveau « apport accompagné ».' },
  },
  {
    member: 'nora',
    said: { company: 'Bellerive Conseil', contactName: 'Anne Bellerive', contactEmail: 'anne@bellerive-conseil.example', contactPhone: '', wishedLevel: 'introduction', need: 'Deux consultants à placer à l’année chez leur client.' },
    answer: { reason: 'Merci d’y avoir pensé. Il s’agit de placer des personnes à l’année : ce n’est pas un projet, et nous ne saurions pas bien le servir.' },
  },
];

/** Told again, it is the same lead: each step has a key of its own. */
export async function bringLead(house: House, { member, said, answer }: DemoLead): Promise<void> {
  const person = house.members.get(member);
  if (!person) throw new Error(`no demo member ${member}`);
  const { db, deps: { secret }, staff } = house;
  const at = Date.now();
  const { leadId } = await declareLead(db, { by: { kind: 'member', id: person.id, name: person.name }, at, secret }, person.id, `demo/lead/${member}`, leadFields.parse({ siren: '', ...said, agrees: 'yes' }));
  if (!answer) return;
  const decision = { leadId, key: `demo/lead/${member}/answer` };
  const doing = { by: { kind: 'staff' as const, id: staff.aicha.id, name: demoStaff.find(({ handle }) => handle === 'aicha')?.name ?? '' }, at, secret };
  if ('reason' in answer) await refuseLead(db, doing, { ...decision, ...answer });
  else await acceptLead(db, doing, { ...decision, ...answer });
}
