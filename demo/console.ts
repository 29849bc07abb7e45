/** The staff console as its own pages use it: what a person clicks there is asked over the same addresses. */
export interface Console {
  /** The id of the one record of a resource that fits. @throws Error when there is none, or several */
  find(resource: string, filters: Readonly<Record<string, string>>): Promise<string>;
  /** Opens the form of a step, fills it in and posts it. @throws Error with the sentence the console shows */
  act(resource: string, recordId: string, step: string, written?: Readonly<Record<string, unknown>>): Promise<void>;
  /** Address of a record's page. */
  page(resource: string, recordId: string): string;
}

interface StepForm { readonly key: string; readonly fields: readonly { readonly name: string }[]; readonly values: Readonly<Record<string, unknown>> }
interface Answer { readonly form?: StepForm; readonly notice?: { readonly type: string; readonly message: string }; readonly records?: readonly { readonly id: string }[] }

/** Signs in. @throws Error when the address or the password is refused */
export async function signInToConsole(publicUrl: string, email: string, password: string): Promise<Console> {
  const signIn = await fetch(`${publicUrl}/console/login`, { method: 'POST', redirect: 'manual', body: new URLSearchParams({ email, password }) });
  const cookie = signIn.headers.getSetCookie().map((one) => one.split(';')[0]).join('; ');
  if (signIn.status !== 302 || !cookie) throw new Error(`the console does not let ${email} in: is this the house of the demo data?`);

  const call = async (path: string, body?: URLSearchParams): Promise<Answer> => {
    const response = await fetch(`${publicUrl}/console/api/resources/${path}`, { method: body ? 'POST' : 'GET', headers: { cookie }, redirect: 'manual', ...(body ? { body } : {}) });
    if (!response.ok) throw new Error(`the console answers ${response.status} to ${path}`);
    const answer = (await response.json()) as Answer;
    if (answer.notice?.type === 'error') throw new Error(answer.notice.message);
    return answer;
  };
  return {
    async find(resource, filters) {
      const query = new URLSearchParams(Object.fromEntries(Object.entries(filters).map(([name, value]) => [`filters.${name}`, value])));
      const { records = [] } = await call(`${resource}/actions/list?${query.toString()}`);
      const [record] = records;
      if (!record || records.length > 1) throw new Error(`${records.length} ${resource} where ${query.toString()}`);
      return record.id;
    },
    async act(resource, recordId, step, written = {}) {
      const path = `${resource}/records/${recordId}/${step}`;
      const { form } = await call(path);
      if (!form) throw new Error(`the console has no form for ${step}`);
      const unknown = Object.keys(written).find((name) => !form.fields.some((field) => field.name === name));
      if (unknown) throw new Error(`the form of ${step} has no field ${unknown}`);
      await call(path, new URLSearchParams({ key: form.key, values: JSON.stringify({ ...form.values, ...written }) }));
    },
    page: (resource, recordId) => `${publicUrl}/console/resources/${resource}/records/${recordId}/show`,
  };
}
