import React, { useEffect, useState } from 'react';
import { Box, H2, H4, Loader, Text } from '@adminjs/design-system';
import { ApiClient, useTranslation } from 'adminjs';

// A project tells its story: where it stands, who it waits for, what happened, what left, the money.
const api = new ApiClient();
const Table = ({ rows }: any) => (
  <table style={{ width: '100%', borderCollapse: 'collapse', background: '#fff' }}><tbody>{rows.map((row: any, index: number) => (
    <tr key={index}>{row.map((cell: any, column: number) => <td key={column} style={{ padding: '9px 14px', borderBottom: '1px solid #eae6dd', verticalAlign: 'top', textAlign: column === row.length - 1 && row.length > 2 ? 'right' : 'left' }}>{cell && cell.href ? <a href={cell.href} target={cell.out ? '_blank' : undefined} rel="noreferrer">{cell.text}</a> : cell}</td>)}</tr>
  ))}</tbody></table>
);

const ProjectPage = (props: any) => {
  const { record, resource } = props;
  const { i18n } = useTranslation() as any;
  const [story, setStory] = useState<any>(null);
  useEffect(() => {
    api.recordAction({ resourceId: resource.id, recordId: record.id, actionName: 'show', params: { lang: i18n?.language ?? 'fr' } } as any).then((response: any) => setStory(response.data.story));
  }, [record.id]);
  if (!story) return <Loader />;
  return (
    <Box variant="grey" p="lg">
      <Text color="grey60">{story.subtitle}</Text>
      <H2 mt="0">{story.title}</H2>
      <Box as="ol" display="flex" flexWrap="wrap" p="0" my="lg" style={{ listStyle: 'none', gap: 6 }}>{story.stages.map((stage: any) => <Box as="li" key={stage.label} px="lg" py="sm" style={{ borderRadius: 99, fontSize: 14, fontWeight: stage.current ? 700 : 400, background: stage.current ? '#17171a' : stage.done ? '#d9e6dc' : '#eae6dd', color: stage.current ? '#fff' : '#17171a' }}>{stage.label}</Box>)}</Box>
      <Box bg="white" p="lg" mb="lg" style={{ borderLeft: '4px solid #c8371b' }}><Text fontWeight="bold">{story.waits}</Text>{story.deadline ? <Text>{story.deadline}</Text> : null}</Box>
      {story.sections.filter((section: any) => section.rows.length > 0).map((section: any) => <Box key={section.title} mb="xl"><H4>{section.title}</H4><Table rows={section.rows} /></Box>)}
    </Box>
  );
};
export default ProjectPage;
