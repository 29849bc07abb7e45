import React, { useRef } from 'react';
import { buttonStyle, colours } from './block-styles.tsx';

// Rows of fields that people add, remove and move; each button says which row it is of.
const cellBox: React.CSSProperties = { font: 'inherit', padding: '6px 8px', border: '1px solid #8b877e', background: '#fff', width: '100%', boxSizing: 'border-box' };
const small: React.CSSProperties = { ...buttonStyle(), padding: '4px 10px' };

export const RowFields = ({ field, value, set }: any) => {
  const rows: Record<string, unknown>[] = value ?? [];
  const { words, fixed } = field;
  const columns = field.columns.filter((column: any) => column.kind !== 'hidden');
  const table = useRef<HTMLTableElement>(null);
  const change = (index: number, name: string, typed: string) => set(rows.map((row, at) => (at === index ? { ...row, [name]: typed } : row)));
  const move = (from: number, to: number) => {
    const next = [...rows];
    const [row] = next.splice(from, 1);
    if (row) next.splice(to, 0, row);
    set(next);
  };
  const add = () => {
    set([...rows, Object.fromEntries(field.columns.map((column: any) => [column.name, column.value ?? '']))]);
    setTimeout(() => table.current?.querySelector<HTMLInputElement>('tbody tr:last-child input')?.focus());
  };
  return (
    <fieldset style={{ border: 'none', margin: 0, padding: 0, minWidth: 0 }}>
      <legend style={{ fontWeight: 600, fontSize: 14, marginBottom: 6, padding: 0 }}>{field.label}</legend>
      {rows.length === 0 ? <p style={{ margin: '0 0 8px', color: colours.soft }}>{field.empty}</p> : (
        <div style={{ overflowX: 'auto' }}>
          <table ref={table} style={{ width: '100%', borderCollapse: 'collapse', fontSize: 14 }}>
            <thead><tr><td />{columns.map((column: any) => <th key={column.name} scope="col" style={{ textAlign: 'left', fontWeight: 600, padding: '4px 8px 4px 0' }}>{column.label}</th>)}<td /></tr></thead>
            <tbody>{rows.map((row, index) => {
              const named = (label: string) => `${label} (${words.row} ${index + 1})`;
              return (
                <tr key={index}>
                  <th scope="row" style={{ padding: '4px 10px 4px 0', fontWeight: 400, color: colours.soft, textAlign: 'right' }}>{index + 1}</th>
                  {columns.map((column: any) => (
                    <td key={column.name} style={{ padding: '4px 8px 4px 0', minWidth: column.kind === 'choice' ? 130 : 80 }}>{column.shown ? String(row[column.name] ?? '') : column.kind === 'choice' ? (
                      <select aria-label={named(column.label)} style={cellBox} value={String(row[column.name] ?? '')} onChange={(event) => change(index, column.name, event.target.value)}>{column.options.map((option: any) => <option key={option.value} value={option.value}>{option.label}</option>)}</select>
                    ) : <input aria-label={named(column.label)} required={column.required} type={column.kind === 'number' ? 'number' : 'text'} style={cellBox} value={String(row[column.name] ?? '')} onChange={(event) => change(index, column.name, event.target.value)} />}</td>
                  ))}
                  <td style={{ whiteSpace: 'nowrap', padding: '4px 0' }}>
                    <button type="button" aria-label={named(words.up)} title={words.up} disabled={index === 0} style={{ ...small, opacity: index === 0 ? 0.35 : 1 }} onClick={() => move(index, index - 1)}>↑</button>{' '}
                    <button type="button" aria-label={named(words.down)} title={words.down} disabled={index === rows.length - 1} style={{ ...small, opacity: index === rows.length - 1 ? 0.35 : 1 }} onClick={() => move(index, index + 1)}>↓</button>{' '}
                    {fixed ? null : <button type="button" aria-label={named(words.remove)} style={{ ...small, color: colours.accent }} onClick={() => set(rows.filter((_, at) => at !== index))}>{words.remove}</button>}
                  </td>
                </tr>
              );
            })}</tbody>
          </table>
        </div>
      )}
      {fixed ? null : <button type="button" style={{ ...buttonStyle(), marginTop: 8 }} onClick={add}>{words.add}</button>}
    </fieldset>
  );
};
