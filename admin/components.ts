import { fileURLToPath } from 'node:url';
import { ComponentLoader } from 'adminjs';

export const componentLoader = new ComponentLoader();
const file = (name: string): string => fileURLToPath(new URL(`./components/${name}`, import.meta.url));

export const components = {
  stepForm: componentLoader.add('StepForm', file('step-form')),
  recordPage: componentLoader.add('RecordPage', file('record-page')),
  workQueue: componentLoader.add('WorkQueue', file('work-queue')),
  documentPage: componentLoader.add('DocumentPage', file('document-page')),
  blockPage: componentLoader.add('BlockPage', file('block-page')),
  listPage: componentLoader.add('ListPage', file('list-page')),
};
componentLoader.override('TopBar', file('top-bar'));
componentLoader.override('SidebarPages', file('sidebar-pages'));
componentLoader.override('SidebarBranding', file('sidebar-branding'));
