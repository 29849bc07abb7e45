import React, { useId, useState } from 'react';
import { RowFields } from './row-fields.tsx';

// A form of a page, as the server describes it.
const line = '1px solid #8b877e';
const box: React.CSSProperties = { font: 'inherit', padding: '8px 10px', border: line, background: '#fff', width: '100%', boxSizing: 'border-box' };

const initial = (fields: any[]): Record<string, unknown> => Object.fromEntries(fields.map((field) => [field.name, field.value ?? (['choices', 'rows'].includes(field.kind) ? [] : field.kind === 'check' ? false : '')]));

const Field = ({ field, value, set, id }: any) => {
  const described = field.help ? `${id}-help` : undefined;
  const shared = { id, name: field.name, required: field.required, 'aria-describedby': described, style: box };
  if (field.kind === 'hidden') return null;
  if (field.kind === 'rows') return <RowFields field={field} value={value} set={set} />;
  if (field.kind === 'check') return <label style={{ display: 'flex', gap: 8 }}><input type="checkbox" checked={Boolean(value)} onChange={(event) => set(event.target.checked)} />{field.label}</label>;
  let control;
  if (field.kind === 'long' || field.kind === 'source') control = <textarea {...shared} rows={field.kind === 'source' ? 22 : 4} spellCheck={field.kind !== 'source'} style={{ ...box, ...(field.kind === 'source' ? { fontFamily: 'ui-monospace, monospace', fontSize: 13 } : {}) }} value={value ?? ''} onChange={(event) => set(event.target.value)} />;
  else if (field.kind === 'choice') control = <select {...shared} value={value ?? ''} onChange={(event) => set(event.target.value)}>{field.required ? null : <option value="">—</option>}{(field.options ?? []).map((option: any) => <option key={option.value} value={option.value}>{option.label}</option>)}</select>;
  else if (field.kind === 'choices') {
    control = (
      <span role="group" aria-label={field.label} style={{ display: 'grid', gap: 6 }}>{(field.options ?? []).length === 0 ? field.empty : null}{(field.options ?? []).map((option: any) => (
        <label key={option.value} style={{ display: 'flex', gap: 8 }}><input type="checkbox" checked={(value ?? []).includes(option.value)} onChange={(event) => set(event.target.checked ? [...(value ?? []), option.value] : value.filter((one: string) => one !== option.value))} />{option.label}</label>
      ))}</span>
    );
  } else if (field.kind === 'file') control = <input {...shared} type="file" accept={field.accept} onChange={(event) => { const file = event.target.files?.[0]; event.target.setCustomValidity(file && field.maxBytes && file.size > field.maxBytes ? field.tooBig : ''); event.target.reportValidity(); set(file ?? ''); }} />;
  else control = <input {...shared} type={field.kind === 'date' ? 'date' : field.kind === 'number' ? 'number' : field.kind === 'password' ? 'password' : 'text'} step="any" autoComplete={field.kind === 'password' ? 'new-password' : 'off'} inputMode={field.kind === 'amount' ? 'decimal' : undefined} value={value ?? ''} onChange={(event) => set(event.target.value)} />;
  return <div style={{ minWidth: 0 }}><label htmlFor={field.kind === 'choices' ? undefined : id} style={{ display: 'block', fontWeight: 600, fontSize: 14, marginBottom: 4 }}>{field.label}{field.required ? ' *' : ''}</label>{control}{field.help ? <span id={described} style={{ display: 'block', fontSize: 13, color: '#5c5a55', marginTop: 4 }}>{field.help}</span> : null}</div>;
};

export const BlockForm = ({ block, busy, post, filter }: any) => {
  const [values, setValues] = useState<Record<string, unknown>>(initial(block.fields));
  const base = useId();
  const send = (event: React.FormEvent) => {
    event.preventDefault();
    if (block.method === 'get') filter(values);
    else post(block.act, values);
  };
  return (
    <form onSubmit={send} aria-label={block.title ?? block.button} style={{ background: '#fff', padding: block.inline ? '12px 16px' : 20 }}>
      {block.title ? <h3 style={{ margin: '0 0 12px', fontSize: 17 }}>{block.title}</h3> : null}
      {block.consequence ? <p style={{ background: '#f6f4ef', borderLeft: '4px solid #b02f16', padding: 12, margin: '0 0 14px', whiteSpace: 'pre-line' }}>{block.consequence}</p> : null}
      <div style={block.inline ? { display: 'flex', gap: 14, flexWrap: 'wrap', alignItems: 'end' } : { display: 'grid', gap: 16, maxWidth: block.fields.some((field: any) => field.kind === 'source') ? undefined : block.fields.some((field: any) => field.kind === 'rows') ? 860 : 640 }}>
        {block.fields.map((field: any) => <Field key={field.name} field={field} id={`${base}${field.name}`} value={values[field.name]} set={(value: unknown) => setValues({ ...values, [field.name]: value })} />)}
        <div><button type="submit" disabled={busy} style={{ font: 'inherit', fontWeight: 600, padding: '9px 18px', cursor: 'pointer', border: '1px solid #b02f16', background: '#b02f16', color: '#fff' }}>{block.button}</button></div>
      </div>
    </form>
  );
};
