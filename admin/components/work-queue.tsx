import React, { useEffect, useState } from 'react';
import { Box, H2, Loader, Text } from '@adminjs/design-system';
import { ApiClient, useTranslation } from 'adminjs';

// What waits for us, sorted by deadline: each line is one click from its action.
const api = new ApiClient();

const left = (until: string | null, now: number, words: any): { text: string; late: boolean } => {
  if (!until) return { text: '', late: false };
  const minutes = Math.round((new Date(until).getTime() - now) / 60000);
  const size = Math.abs(minutes);
  const text = size >= 2880 ? `${Math.round(size / 1440)} ${words.days}` : size >= 60 ? `${Math.floor(size / 60)} h ${String(size % 60).padStart(2, '0')}` : `${size} min`;
  return { text: minutes < 0 ? `${words.late} ${text}` : text, late: minutes < 0 };
};

const WorkQueue = () => {
  const { i18n } = useTranslation() as any;
  const [data, setData] = useState<any>(null);
  const [mine, setMine] = useState(false);
  const [now, setNow] = useState(Date.now());
  useEffect(() => {
    const load = () => api.getDashboard({ params: { lang: i18n?.language ?? 'fr' } } as any).then((response: any) => setData(response.data)).catch(() => undefined);
    load();
    const [reload, tick] = [setInterval(load, 30000), setInterval(() => setNow(Date.now()), 15000)];
    return () => { clearInterval(reload); clearInterval(tick); };
  }, []);
  if (!data) return <Loader />;
  const items = data.items.filter((item: any) => !mine || item.mine);
  return (
    <Box variant="grey" p="xl">
      <Box display="flex" justifyContent="space-between" alignItems="center" mb="xl" flexWrap="wrap">
        <H2 m="0">{data.words.title}</H2>
        <Box role="group" aria-label={data.words.title}>{[false, true].map((choice) => <button key={String(choice)} type="button" aria-pressed={mine === choice} onClick={() => setMine(choice)} style={{ font: 'inherit', padding: '8px 18px', cursor: 'pointer', border: '1px solid #17171a', background: mine === choice ? '#17171a' : 'transparent', color: mine === choice ? '#fff' : '#17171a' }}>{choice ? data.words.mine : data.words.all}</button>)}</Box>
      </Box>
      <Box display="flex" flexWrap="wrap" mb="xl" style={{ gap: 12 }}>{data.counts.map((count: any) => <Box key={count.label} bg="white" p="lg" minWidth="130px" style={{ borderTop: `3px solid ${count.value > 0 ? '#c8371b' : '#dedad1'}` }}><Text fontSize="26px" fontWeight="bold">{count.value}</Text><Text variant="sm">{count.label}</Text></Box>)}</Box>
      <Box bg="white">{items.length === 0 ? <Text p="xl">{data.words.empty}</Text> : items.map((item: any) => {
        const time = left(item.until, now, data.words);
        return (
          <a key={item.kind + item.id} href={item.href} style={{ display: 'flex', gap: 20, alignItems: 'baseline', padding: '14px 20px', borderBottom: '1px solid #eae6dd', color: '#17171a', textDecoration: 'none' }}>
            <span style={{ flex: '0 0 190px', color: '#5c5a55', fontSize: 14 }}>{item.what}</span>
            <span style={{ flex: 1, fontWeight: 600 }}>{item.title}<span style={{ fontWeight: 400, color: '#5c5a55' }}> {item.detail}</span></span>
            <span style={{ color: time.late ? '#c8371b' : '#17171a', fontWeight: time.late ? 700 : 500, whiteSpace: 'nowrap' }}>{time.text}</span>
          </a>
        );
      })}</Box>
    </Box>
  );
};
export default WorkQueue;
