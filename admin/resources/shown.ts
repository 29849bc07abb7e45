import type { ActionContext, ActionRequest, RecordJSON } from 'adminjs';
import { speaker } from '../text.ts';

type ListOrRecord = { record?: RecordJSON; records?: RecordJSON[] };

/** After-hooks that turn what the database keeps into what people read: cents, states, moments. */
export function shownAs(lifecycle: string | null, moneyFields: readonly string[] = []) {
  const after = async <Response extends ListOrRecord>(response: Response, request: ActionRequest, _context: ActionContext): Promise<Response> => {
    const say = speaker(request.query?.lang === 'en' ? 'en' : 'fr');
    for (const record of [...(response.records ?? []), ...(response.record ? [response.record] : [])]) {
      const params = record.params as Record<string, unknown>;
      for (const name of moneyFields) if (typeof params[name] === 'number') params[name] = say.money(params[name]);
      const field = 'stage' in params ? 'stage' : 'state';
      if (lifecycle && typeof params[field] === 'string') params[field] = say.state(lifecycle, params[field]);
    }
    return response;
  };
  return { list: { after: [after] }, show: { after: [after] }, search: { after: [after] } };
}
