import React from 'react';
import { Navigation } from '@adminjs/design-system';
import { useCurrentAdmin, useTranslation } from 'adminjs';
import { useLocation, useNavigate } from 'react-router';

// The pages of the console a role may open, under their headings; the server refuses the others besides.
const SidebarPages = ({ pages }: any) => {
  const [staff] = useCurrentAdmin() as any;
  const { translateLabel, translatePage } = useTranslation();
  const location = useLocation();
  const navigate = useNavigate();
  const iconOf = new Map((pages ?? []).map((page: any) => [page.name, page.icon]));
  return (
    <>{(staff?.menu ?? []).map(({ heading, pages: names }: any) => (
      <Navigation
        key={heading}
        label={translateLabel(`heading.${heading}`)}
        elements={names.map((name: string) => ({
          id: name, label: translatePage(name), icon: iconOf.get(name), href: `/console/pages/${name}`, isSelected: location.pathname.endsWith(`/pages/${name}`),
          onClick: (event: any) => { event.preventDefault(); navigate(`/console/pages/${name}`); },
        }))}
      />
    ))}</>
  );
};
export default SidebarPages;
