import React, { useEffect, useState } from 'react';
import { Box, Loader, Text } from '@adminjs/design-system';
import { ApiClient, useTranslation } from 'adminjs';

// A kept document, as it was sent or signed, in a frame where nothing runs.
const api = new ApiClient();
const DocumentPage = (props: any) => {
  const [shown, setShown] = useState<any>(null);
  const { i18n } = useTranslation() as any;
  const lang = i18n?.language ?? 'fr';
  useEffect(() => {
    let current = true;
    api.recordAction({ resourceId: props.resource.id, recordId: props.record.id, actionName: 'show', params: { lang } } as any).then((response: any) => { if (current) setShown(response.data.shown); });
    return () => { current = false; };
  }, [props.record.id, lang]);
  if (!shown) return <Loader />;
  return <Box bg="white" p="lg"><Text fontWeight="bold">{shown.title}</Text><Text variant="sm" color="grey60">{shown.mark}</Text>{shown.file && <Text mt="default"><a href={shown.file.href} download>{shown.file.text}</a></Text>}<iframe title={shown.title} sandbox="" srcDoc={shown.html} style={{ width: '100%', height: '78vh', border: '1px solid #dedad1', marginTop: 14 }} /></Box>;
};
export default DocumentPage;
