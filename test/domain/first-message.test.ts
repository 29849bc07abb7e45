import { expect, it } from 'vitest';
import { adviceOnFirstMessage, missingInFirstMessage } from '../../domain/first-message.ts';
import { leadsElsewhere } from '../../domain/share-limits.ts';

it('M6: a first message needs characters and words of its own', () => {
  expect(missingInFirstMessage('')).toBe(40);
  expect(missingInFirstMessage('Bonjour !')).toBe(31);
  expect(missingInFirstMessage('ha ha ha ha ha ha ha ha ha ha ha ha ha ha ha ha')).toBe(30);
  expect(adviceOnFirstMessage('Je filme des ateliers d’artisans depuis dix ans, et le vôtre me parle.')).toBe('thin');
  expect(adviceOnFirstMessage('Je filme des ateliers d’artisans depuis dix ans, et le vôtre me parle. L’an dernier, une tonnellerie : trois films courts, vus quarante mille fois. J’ai une idée pour le vôtre.')).toBeNull();
});

it('M12: a note that leads elsewhere is known, an ordinary sentence is not', () => {
  for (const note of ['https://x.example', 'va sur truc.com', 'WWW.machin.org', 'ｔｒｕｃ.fr']) expect(leadsElsewhere(note), note).toBe(true);
  for (const note of ['C’est pour toi. Comme avant !', 'Rendez-vous à 17.30', 'M.Dupont t’attend']) expect(leadsElsewhere(note), note).toBe(false);
});
