// What AdminJS's own pages need besides its theme, as one sheet; the sidebar, which every page has, carries it.
export const consoleStyle = [
  'body, input, button, select, textarea { font-family: system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif !important }',
  'a:focus-visible, button:focus-visible, input:focus-visible, select:focus-visible, textarea:focus-visible, summary:focus-visible { outline: 3px solid #b02f16 !important; outline-offset: 2px }',
  '[data-css="sidebar"] { max-width: 86vw }',
  '@media (max-width: 1323px) { [data-css="sidebar"].hidden { visibility: hidden } }',
  '@media (min-width: 1324px) { .menu-button { display: none } }',
  '@media (max-width: 576px) { .who { display: none } .block-page { padding: 16px !important } }',
  // The actions of a record go to a second line rather than over its title and out of the page.
  '[data-css$="-action-header"] > section[display="block,flex"] { flex-wrap: wrap; align-items: flex-start; gap: 12px 24px }',
  '[data-css$="-action-header"] > section[display="block,flex"] > section { flex: 0 1 auto; max-width: 100% }',
  '[data-css$="-action-header"] > section[display="block,flex"] > section:last-child > section { display: flex; flex-wrap: wrap; gap: 8px }',
  '[data-css$="-action-header"] > section[display="block,flex"] > section:last-child a { margin: 0; padding-left: 16px; padding-right: 16px }',
].join(' ');
