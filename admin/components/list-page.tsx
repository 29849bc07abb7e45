import React, { useEffect, useState } from 'react';
import { Loader, MessageBox } from '@adminjs/design-system';
import { ApiClient, useTranslation } from 'adminjs';
import { useLocation, useNavigate } from 'react-router';
import { BlockForm } from './block-form.tsx';
import { buttonStyle, colours } from './block-styles.tsx';
import { Words } from './blocks.tsx';

// The list of any resource, drawn from what the server says of it: filters, order, pages, files, deeds on several records.
const api = new ApiClient();
const cell: React.CSSProperties = { padding: '10px 14px', borderBottom: `1px solid ${colours.line}`, verticalAlign: 'top' };
const right: React.CSSProperties = { textAlign: 'right', whiteSpace: 'nowrap', fontVariantNumeric: 'tabular-nums' };

const ListPage = ({ resource }: any) => {
  const { i18n, translateMessage } = useTranslation() as any;
  const location = useLocation();
  const navigate = useNavigate();
  const [page, setPage] = useState<any>(null);
  const [away, setAway] = useState(false);
  const [chosen, setChosen] = useState<string[]>([]);
  const query = Object.fromEntries(new URLSearchParams(location.search));
  const lang = i18n?.language ?? 'fr';
  useEffect(() => {
    let current = true;
    setChosen([]);
    api.resourceAction({ resourceId: resource.id, actionName: 'list', params: { ...query, lang } } as any).then(({ data }: any) => {
      if (!current) return;
      setPage(data.page ? { ...data.page, at: location.search } : null);
      setAway(!data.page);
    }).catch(() => { if (current) setAway(true); });
    return () => { current = false; };
  }, [resource.id, location.search, lang]);
  if (away) return <MessageBox variant="danger" message={translateMessage('errorFetchingRecords')} />;
  if (!page) return <Loader />;

  const { words } = page;
  const go = (href: string) => navigate(href);
  const link = (href: string) => ({ href, onClick: (event: React.MouseEvent) => { if (event.metaKey || event.ctrlKey) return; event.preventDefault(); go(href); } });
  const filter = (values: Record<string, unknown>) => {
    const kept = Object.entries({ ...(query.sort ? { sort: query.sort } : {}), ...values }).filter(([, value]) => value !== '' && value !== null && value !== undefined).map(([name, value]) => [name, String(value)]);
    go(`/console/resources/${resource.id}${kept.length ? `?${new URLSearchParams(kept)}` : ''}`);
  };
  const asked = page.filters.some((field: any) => field.value);
  const bulk = page.bulk.length > 0;
  const all = page.rows.length > 0 && chosen.length === page.rows.length;
  const toggle = (id: string) => setChosen(chosen.includes(id) ? chosen.filter((one) => one !== id) : [...chosen, id]);
  return (
    <div style={{ display: 'grid', gap: 16, minWidth: 0 }}>
      <details open={asked} key={`${resource.id}${page.at}`} style={{ background: '#fff' }}>
        <summary style={{ cursor: 'pointer', fontWeight: 600, padding: '12px 16px' }}>{words.filters}</summary>
        <BlockForm key={page.at} block={{ fields: page.filters, method: 'get', button: words.filter, inline: true }} filter={filter} busy={false} />
        {asked ? <p style={{ margin: 0, padding: '0 16px 12px' }}><a style={{ color: colours.ink }} {...link(`/console/resources/${resource.id}`)}>{words.clear}</a></p> : null}
      </details>
      {page.refusals.map((text: string) => <MessageBox key={text} variant="danger" message={text} />)}
      <div style={{ display: 'flex', gap: 10, flexWrap: 'wrap', alignItems: 'center' }}>
        <strong role="status">{page.count}</strong>
        <span style={{ flex: 1 }} />
        {page.rows.length ? page.exports.map((one: any) => <a key={one.href} href={one.href} download title={words.exportLimit} style={{ ...buttonStyle(), textDecoration: 'none' }}>{one.text}</a>) : null}
      </div>
      {bulk && page.rows.length ? (
        <div role="group" aria-label={words.selected} style={{ display: 'flex', gap: 10, flexWrap: 'wrap', alignItems: 'center', background: colours.sheet, border: `1px solid ${colours.line}`, padding: '8px 14px' }}>
          <span>{chosen.length ? `${words.selected} ${chosen.length}` : words.bulkNone}</span>
          {page.bulk.map((one: any) => <button key={one.href} type="button" disabled={chosen.length === 0} style={{ ...buttonStyle(), ...(chosen.length ? {} : { color: colours.soft, borderColor: colours.line, cursor: 'default' }) }} onClick={() => go(`${one.href}&ids=${chosen.join(',')}`)}>{one.label}</button>)}
        </div>
      ) : null}
      {page.rows.length === 0 ? <p style={{ background: '#fff', padding: 32, margin: 0, lineHeight: 1.5, maxWidth: 720 }}>{page.empty}</p> : (
        <div style={{ background: '#fff', overflowX: 'auto' }} tabIndex={0} role="region" aria-label={words.title}>
          <table style={{ width: '100%', borderCollapse: 'collapse', fontSize: 14 }}>
            <thead><tr>
              {bulk ? <th scope="col" style={{ ...cell, borderBottom: `2px solid ${colours.ink}`, width: 1 }}><input type="checkbox" aria-label={words.chooseAll} checked={all} onChange={() => setChosen(all ? [] : page.rows.map((row: any) => row.id))} /></th> : null}
              {page.head.map((head: any, index: number) => (
                <th key={index} scope="col" aria-sort={head.direction} style={{ ...cell, borderBottom: `2px solid ${colours.ink}`, fontWeight: 600, textAlign: 'left', whiteSpace: 'nowrap', ...(head.numeric ? right : {}) }}>
                  {head.href ? <a style={{ color: colours.ink }} {...link(head.href)}>{head.label}{head.direction ? <span aria-hidden="true"> {head.direction === 'descending' ? '↓' : '↑'}</span> : null}</a> : head.label}
                </th>
              ))}
            </tr></thead>
            <tbody>{page.rows.map((row: any) => (
              <tr key={row.id}>
                {bulk ? <td style={cell}><input type="checkbox" aria-label={`${words.choose} ${row.title}`} checked={chosen.includes(row.id)} onChange={() => toggle(row.id)} /></td> : null}
                {row.cells.map((one: any, index: number) => <td key={index} style={{ ...cell, ...(page.head[index].numeric ? right : {}) }}>{index === 0 ? <a style={{ color: colours.ink, fontWeight: 600 }} {...link(row.href)}>{row.title}</a> : <Words cell={one} words={words} go={go} />}</td>)}
              </tr>
            ))}</tbody>
          </table>
        </div>
      )}
      {words.lastPage ? <p style={{ margin: 0 }}>{words.lastPage}</p> : null}
      {page.pager.length ? <nav style={{ display: 'flex', gap: 10, justifyContent: 'flex-end' }}>{page.pager.map((one: any) => <a key={one.href} style={{ ...buttonStyle(), textDecoration: 'none' }} {...link(one.href)}>{one.text}</a>)}</nav> : null}
    </div>
  );
};
export default ListPage;
