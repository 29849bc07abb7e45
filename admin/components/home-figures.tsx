import React, { useEffect, useState } from 'react';
import { Box } from '@adminjs/design-system';
import { ApiClient } from 'adminjs';
import { useNavigate } from 'react-router';
import { Blocks } from './blocks.tsx';

// The agency's figures under the queue: the page of figures, whose period is chosen here without leaving home. Read after the queue, never with it.
const api = new ApiClient();
const pageName = 'figures';
const itself = `/console/pages/${pageName}?`;

const HomeFigures = ({ lang }: { lang: string }) => {
  const navigate = useNavigate();
  const [period, setPeriod] = useState<Record<string, string>>({});
  const [page, setPage] = useState<any>(null);
  useEffect(() => {
    let current = true;
    // What cannot be read now is one click away on its own page, which says why.
    api.getPage({ pageName, params: { ...period, lang } } as any).then((response: any) => { if (current) setPage(response.data); }).catch(() => undefined);
    return () => { current = false; };
  }, [JSON.stringify(period), lang]);
  if (!page?.blocks) return null;
  const go = (href: string) => (href.startsWith(itself) ? setPeriod(Object.fromEntries(new URLSearchParams(href.slice(itself.length)))) : navigate(href));
  const filter = (values: Record<string, unknown>) => setPeriod(Object.fromEntries(Object.entries(values).map(([name, value]) => [name, String(value ?? '')])));
  return (
    <Box mt="xxl" id="figures">
      <h2 style={{ margin: '0 0 20px', fontSize: 24, fontWeight: 400 }}>{page.title}</h2>
      <Blocks key={page.key} blocks={page.blocks} words={page.words} busy={false} go={go} filter={filter} />
    </Box>
  );
};
export { HomeFigures };
