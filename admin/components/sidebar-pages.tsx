import React from 'react';
import { Navigation } from '@adminjs/design-system';
import { useCurrentAdmin, useTranslation } from 'adminjs';
import { useLocation, useNavigate } from 'react-router';

// The pages of the console a role may open; the server refuses the others besides.
const SidebarPages = ({ pages }: any) => {
  const [staff] = useCurrentAdmin() as any;
  const { translateLabel, translatePage } = useTranslation();
  const location = useLocation();
  const navigate = useNavigate();
  const mine = (pages ?? []).filter((page: any) => (staff?.pages ?? []).includes(page.name));
  if (mine.length === 0) return null;
  return (
    <Navigation
      label={translateLabel('pages')}
      elements={mine.map((page: any) => ({
        id: page.name, label: translatePage(page.name), icon: page.icon, href: `/console/pages/${page.name}`, isSelected: location.pathname.endsWith(`/pages/${page.name}`),
        onClick: (event: any) => { event.preventDefault(); navigate(`/console/pages/${page.name}`); },
      }))}
    />
  );
};
export default SidebarPages;
