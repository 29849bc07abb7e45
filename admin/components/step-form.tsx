import React, { useEffect, useRef, useState } from 'react';
import { Box, Button, CheckBox, FormGroup, H3, Input, Label, Loader, MessageBox, Select, Text, TextArea } from '@adminjs/design-system';
import { ApiClient, useTranslation } from 'adminjs';

// The form of any step, as the server describes it: what will happen is said before it does, and a refusal loses nothing.
const api = new ApiClient();

const StepForm = (props: any) => {
  const { action, record, resource } = props;
  const { i18n } = useTranslation() as any;
  const [form, setForm] = useState<any>(null);
  const [values, setValues] = useState<any>({});
  const [problem, setProblem] = useState('');
  const [busy, setBusy] = useState(false);
  const shownFor = useRef('');
  const base = { resourceId: resource.id, recordId: record.id, actionName: action.name, params: { lang: i18n?.language ?? 'fr' } };

  useEffect(() => {
    let current = true;
    api.recordAction(base).then((response: any) => {
      if (!current) return;
      setForm(response.data.form);
      // What was typed stays when only the language changes.
      const same = shownFor.current === `${record.id}/${action.name}`;
      shownFor.current = `${record.id}/${action.name}`;
      setValues((typed: any) => ({ ...response.data.form.values, ...(same ? typed : {}) }));
      if (response.data.notice?.type === 'error') setProblem(response.data.notice.message);
    }).catch(() => { if (current) setProblem('…'); });
    return () => { current = false; };
  }, [record.id, action.name, base.params.lang]);

  if (!form) return problem ? <MessageBox variant="danger" message={problem} /> : <Loader />;
  const set = (name: string, value: unknown) => setValues({ ...values, [name]: value });
  const submit = async (event: any) => {
    event.preventDefault();
    setBusy(true);
    setProblem('');
    try {
      const { data } = await api.recordAction({ ...base, method: 'post', data: { key: form.key, values: JSON.stringify(values) } }) as any;
      if (data.notice?.type === 'error') setProblem(data.notice.message);
      else window.location.assign(data.redirectUrl);
    } catch {
      setProblem(form.away);
    }
    setBusy(false);
  };

  return (
    <Box as="form" onSubmit={submit} bg="white" p="xl" maxWidth="760px">
      <H3 mt="0">{form.title}</H3>
      <Text variant="sm" color="grey60" mb="lg">{form.subject}</Text>
      <Box p="lg" mb="xl" style={{ background: '#f6f4ef', borderLeft: '4px solid #b02f16' }}><Text>{form.consequence}</Text></Box>
      {problem ? <MessageBox mb="lg" variant="danger" message={problem} /> : null}
      {(form.tables ?? []).map((table: any) => (
        <Box key={table.title} mb="xl"><Text fontWeight="bold" mb="sm">{table.title}</Text>
          <table style={{ width: '100%', borderCollapse: 'collapse' }}><tbody>{table.rows.map((row: string[], index: number) => (
            <tr key={index}>{row.map((cell, column) => <td key={column} style={{ padding: '6px 8px', borderBottom: '1px solid #dedad1', textAlign: column === row.length - 1 ? 'right' : 'left', fontWeight: index === table.rows.length - 1 && table.total ? 700 : 400 }}>{cell}</td>)}</tr>
          ))}</tbody></table></Box>
      ))}
      {form.fields.map((field: any) => (
        <FormGroup key={field.name}>
          <Label htmlFor={field.name} required={field.required}>{field.label}</Label>
          {field.kind === 'long' ? <TextArea id={field.name} rows={5} width={1} required={field.required} value={values[field.name] ?? ''} onChange={(event: any) => set(field.name, event.target.value)} /> : null}
          {['text', 'amount', 'date'].includes(field.kind) ? <Input id={field.name} type={field.kind === 'date' ? 'date' : 'text'} inputMode={field.kind === 'amount' ? 'decimal' : undefined} width={1} required={field.required} value={values[field.name] ?? ''} onChange={(event: any) => set(field.name, event.target.value)} /> : null}
          {field.kind === 'choice' ? <Select inputId={field.name} options={field.options} value={field.options.find((option: any) => option.value === values[field.name]) ?? null} onChange={(option: any) => set(field.name, option?.value ?? '')} /> : null}
          {field.kind === 'choices' ? <Box>{field.options.map((option: any) => {
            const chosen: string[] = values[field.name] ?? [];
            const ticked = chosen.includes(option.value);
            return <Box key={option.value} display="flex" alignItems="center" py="sm"><CheckBox id={`${field.name}-${option.value}`} checked={ticked} onChange={() => set(field.name, ticked ? chosen.filter((one) => one !== option.value) : [...chosen, option.value])} /><Label inline htmlFor={`${field.name}-${option.value}`} ml="default">{option.label}</Label></Box>;
          })}{field.options.length === 0 ? <Text color="grey60">{field.empty}</Text> : null}</Box> : null}
          {field.help ? <Text variant="sm" color="grey60" mt="sm">{field.help}</Text> : null}
        </FormGroup>
      ))}
      <Button type="submit" variant="contained" disabled={busy}>{form.button}</Button>
    </Box>
  );
};
export default StepForm;
