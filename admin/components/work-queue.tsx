import React, { useEffect, useState } from 'react';
import { Box, H2, Loader, MessageBox } from '@adminjs/design-system';
import { ApiClient, useCurrentAdmin, useTranslation } from 'adminjs';
import { useLocation, useNavigate } from 'react-router';
import { buttonStyle, colours } from './block-styles.tsx';
import { HomeFigures } from './home-figures.tsx';

// What waits for us, what we may act upon first: each line is one click from its action. Kind and scope stand in the address.
const api = new ApiClient();

const two = (value: number): string => String(value).padStart(2, '0');
const left = (until: string | null, now: number, words: any): { text: string; late: boolean } => {
  if (!until) return { text: '', late: false };
  const seconds = Math.round((new Date(until).getTime() - now) / 1000);
  const size = Math.abs(seconds);
  const text = size >= 172800 ? `${Math.round(size / 86400)} ${words.days}` : size >= 3600 ? `${Math.floor(size / 3600)} h ${two(Math.floor((size % 3600) / 60))}` : `${Math.floor(size / 60)} min ${two(size % 60)} s`;
  return { text: seconds < 0 ? `${words.late} ${text}` : text, late: seconds < 0 };
};

const TimeLeft = ({ until, words }: any) => {
  const [now, setNow] = useState(Date.now());
  const close = until && Math.abs(new Date(until).getTime() - now) < 3_700_000;
  useEffect(() => { const tick = setInterval(() => setNow(Date.now()), close ? 1000 : 15000); return () => clearInterval(tick); }, [close]);
  const time = left(until, now, words);
  return <span style={{ color: time.late ? colours.accent : colours.ink, fontWeight: time.late ? 700 : 500, whiteSpace: 'nowrap', fontVariantNumeric: 'tabular-nums' }}>{time.text}</span>;
};

const WorkQueue = () => {
  const { i18n } = useTranslation() as any;
  const location = useLocation();
  const navigate = useNavigate();
  const [staff] = useCurrentAdmin() as any;
  const figures = (staff?.menu ?? []).some(({ pages }: any) => pages.includes('figures'));
  const [data, setData] = useState<any>(null);
  const [away, setAway] = useState(false);
  const query = Object.fromEntries(new URLSearchParams(location.search));
  useEffect(() => {
    let current = true;
    const load = () => api.getDashboard({ params: { ...query, lang: i18n?.language ?? 'fr' } } as any).then((response: any) => { if (current) { setData(response.data); setAway(false); } }).catch(() => { if (current) setAway(true); });
    load();
    const reload = setInterval(load, 30000);
    return () => { current = false; clearInterval(reload); };
  }, [location.search, i18n?.language]);
  if (!data) return away ? <MessageBox variant="danger" message="…" /> : <Loader />;
  const { words } = data;
  const choose = (change: Record<string, string>) => navigate(`/console?${new URLSearchParams(Object.entries({ ...query, ...change }).filter(([, value]) => value))}`);
  const pressed = (on: boolean): React.CSSProperties => ({ ...buttonStyle(), ...(on ? { background: colours.ink, color: '#fff' } : {}) });
  return (
    <Box variant="grey" p={['default', 'xl']} style={{ maxWidth: 1280 }}>
      <div role="status" aria-live="polite">{away ? <MessageBox mb="lg" variant="danger" message={words.away} /> : null}</div>
      <Box display="flex" justifyContent="space-between" alignItems="center" mb="xl" flexWrap="wrap" style={{ gap: 12 }}>
        <H2 m="0">{words.title}</H2>
        <div role="group" aria-label={words.scope} style={{ display: 'flex' }}>{['me', 'team', 'all'].map((scope) => <button key={scope} type="button" aria-pressed={data.scope === scope} onClick={() => choose({ scope })} style={pressed(data.scope === scope)}>{words[scope]}</button>)}</div>
      </Box>
      <div role="group" aria-label={words.kinds} style={{ display: 'flex', flexWrap: 'wrap', gap: 8, marginBottom: 24 }}>
        <button type="button" aria-pressed={!query.kind} onClick={() => choose({ kind: '' })} style={pressed(!query.kind)}>{words.everything}</button>
        {data.kinds.filter((one: any) => one.count > 0 || one.kind === query.kind).map((one: any) => <button key={one.kind} type="button" aria-pressed={query.kind === one.kind} onClick={() => choose({ kind: query.kind === one.kind ? '' : one.kind })} style={pressed(query.kind === one.kind)}>{one.label} <strong>{one.shown}</strong></button>)}
      </div>
      {data.items.length === 0 ? <div style={{ background: '#fff', padding: 24, lineHeight: 1.5 }}><strong>{words.empty}</strong><p style={{ margin: '8px 0 0' }}>{words.teach}</p></div> : (
        <ul style={{ background: '#fff', listStyle: 'none', margin: 0, padding: 0 }}>{data.items.map((item: any) => (
          <li key={item.kind + item.id} style={{ borderBottom: `1px solid ${colours.line}` }}>
            <a href={item.href} onClick={(event) => { if (!event.metaKey && !event.ctrlKey) { event.preventDefault(); navigate(item.href); } }} style={{ display: 'flex', flexWrap: 'wrap', gap: '2px 20px', alignItems: 'baseline', padding: '14px 20px', color: colours.ink, textDecoration: 'none', lineHeight: 1.4 }}>
              <span style={{ flex: '0 0 190px', color: colours.soft, fontSize: 14 }}>{item.what}</span>
              <span style={{ flex: '1 1 220px', minWidth: 0, fontWeight: 600 }}>{item.title} <span style={{ fontWeight: 400, color: colours.soft }}>{item.detail}</span></span>
              <TimeLeft until={item.until} words={words} />
            </a>
          </li>
        ))}</ul>
      )}
      {figures ? <HomeFigures lang={i18n?.language ?? 'fr'} /> : null}
    </Box>
  );
};
export default WorkQueue;
