import React, { useEffect, useState } from 'react';
import { Box, H2, Loader, MessageBox, Text } from '@adminjs/design-system';
import { ApiClient, useTranslation } from 'adminjs';
import { useNavigate } from 'react-router';
import { Blocks } from './blocks.tsx';

// The page of one record, drawn from what the server tells of it.
const api = new ApiClient();

const RecordPage = (props: any) => {
  const { record, resource } = props;
  const { i18n } = useTranslation() as any;
  const navigate = useNavigate();
  const [page, setPage] = useState<any>(null);
  const [away, setAway] = useState(false);
  useEffect(() => {
    let current = true;
    api.recordAction({ resourceId: resource.id, recordId: record.id, actionName: 'show', params: { lang: i18n?.language ?? 'fr' } } as any)
      .then((response: any) => { if (current) setPage(response.data.page); }).catch(() => setAway(true));
    return () => { current = false; };
  }, [record.id, i18n?.language]);
  if (!page) return away ? <MessageBox variant="danger" message="…" /> : <Loader />;
  const go = (href: string) => (href.startsWith('/console/') ? navigate(href) : window.location.assign(href));
  return (
    <Box variant="grey" p="lg" style={{ maxWidth: 1280 }}>
      {page.subtitle ? <Text color="grey60">{page.subtitle}</Text> : null}
      <H2 mt="0" mb="lg">{page.title}</H2>
      <Blocks blocks={page.blocks} words={page.words} busy={false} post={() => Promise.resolve(false)} filter={() => undefined} go={go} />
    </Box>
  );
};
export default RecordPage;
