import React, { useEffect, useRef, useState } from 'react';
import { Box, H2, Loader, MessageBox } from '@adminjs/design-system';
import { ApiClient, useTranslation } from 'adminjs';
import { useLocation, useNavigate, useParams } from 'react-router';
import { Blocks } from './blocks.tsx';

// Any page of the console, drawn from what the server says of it. A refusal keeps what was typed.
const api = new ApiClient();
// What was answered just before going to another address: the page is made anew there.
let carried: any = null;
const takeCarried = () => { const notice = carried; carried = null; return notice; };

// A form with a file goes as a form does; any other as JSON.
const posted = (act: string, key: string, values: Record<string, unknown>) => {
  const files = Object.entries(values).filter(([, value]) => value instanceof File) as [string, File][];
  const fields = { act, key, values: JSON.stringify(Object.fromEntries(Object.entries(values).filter(([, value]) => !(value instanceof File)))) };
  if (files.length === 0) return fields;
  const form = new FormData();
  for (const [name, value] of [...Object.entries(fields), ...files]) form.append(name, value);
  return form;
};

const BlockPage = () => {
  const { i18n } = useTranslation() as any;
  const { pageName } = useParams() as any;
  const location = useLocation();
  const navigate = useNavigate();
  const [page, setPage] = useState<any>(null);
  const [notice, setNotice] = useState<any>(takeCarried);
  const [busy, setBusy] = useState(false);
  const top = useRef<HTMLDivElement>(null);
  const params = { ...Object.fromEntries(new URLSearchParams(location.search)), lang: i18n?.language ?? 'fr' };

  const failed = () => setNotice({ type: 'error', message: page?.words.away ?? '…' });
  useEffect(() => {
    let current = true;
    api.getPage({ pageName, params } as any).then((response: any) => { if (current) setPage(response.data); }).catch(failed);
    return () => { current = false; };
  }, [pageName, location.search, i18n?.language]);

  // Once it is drawn, so that it is what people see.
  useEffect(() => { if (notice) top.current?.scrollIntoView({ block: 'nearest' }); }, [notice, page]);

  if (!page) return notice ? <MessageBox variant="danger" message={notice.message} /> : <Loader />;

  // A file is the server's to show; everything else under /console is a page of this application.
  const go = (href: string) => (href.startsWith('/console/') && !/^\/console\/(member-files|conversation-files|transfer-files)\//.test(href) ? navigate(href) : window.location.assign(href));
  const post = async (act: string, values: Record<string, unknown>): Promise<boolean> => {
    setBusy(true);
    setNotice(null);
    let right = false;
    try {
      const { data } = await api.getPage({ pageName, method: 'post', params, data: posted(act, page.key, values) } as any) as any;
      right = data.notice?.type !== 'error';
      setNotice(data.notice);
      if (right) setPage(data);
      if (right && data.redirect) { carried = data.notice; go(data.redirect); }
    } catch {
      failed();
    }
    setBusy(false);
    return right;
  };
  // Asks the server without drawing the page again: a preview while somebody types. What they typed stays.
  const ask = async (act: string, values: Record<string, unknown>): Promise<any> => {
    const { data } = await api.getPage({ pageName, method: 'post', params, data: { act, key: page.key, values: JSON.stringify(values) } } as any) as any;
    return data.answer ?? { refused: data.notice?.message };
  };
  const filter = (values: Record<string, unknown>) => {
    const query = new URLSearchParams(Object.entries(values).filter(([, value]) => value !== '' && value !== null && value !== undefined).map(([name, value]) => [name, String(value)]));
    go(`/console/pages/${pageName}?${query}`);
  };

  return (
    <Box variant="grey" p="xl" className="block-page" style={{ maxWidth: 1280 }}>
      <div ref={top} style={{ scrollMarginTop: 24 }} role="status" aria-live="polite">{notice ? <MessageBox mb="lg" variant={notice.type === 'error' ? 'danger' : 'success'} message={notice.message} onCloseClick={() => setNotice(null)} /> : null}</div>
      <H2 mt="0" mb="xl">{page.title}</H2>
      <Blocks key={location.search + page.key} blocks={page.blocks} words={page.words} busy={busy} post={post} ask={ask} filter={filter} go={go} />
    </Box>
  );
};
export default BlockPage;
