import React, { useEffect, useLayoutEffect, useState } from 'react';
import { useCurrentAdmin, useTranslation } from 'adminjs';
import { buttonStyle, colours } from './block-styles.tsx';

// Kept by the browser, for a page opened anew begins in French.
const kept = 'off-works.language';
const languageKept = (): string | null => { try { return localStorage.getItem(kept); } catch { return null; } };
const keepLanguage = (language: string): void => { try { localStorage.setItem(kept, language); } catch { /* a browser that keeps nothing asks again */ } };

// Above every page: the way to the menu where it is put away, the language, who is signed in and the way out.
const TopBar = ({ toggleSidebar }: any) => {
  const { translateButton, translatePage, i18n } = useTranslation();
  const [session] = useCurrentAdmin();
  const [shown, setShown] = useState(false);
  useEffect(() => {
    const sidebar = document.querySelector('[data-css="sidebar"]');
    if (!sidebar) return undefined;
    const look = () => setShown(sidebar.classList.contains('visible'));
    const watch = new MutationObserver(look);
    watch.observe(sidebar, { attributes: true, attributeFilter: ['class'] });
    const escape = (event: KeyboardEvent) => { if (event.key === 'Escape' && sidebar.classList.contains('visible')) toggleSidebar(); };
    document.addEventListener('keydown', escape);
    look();
    return () => { watch.disconnect(); document.removeEventListener('keydown', escape); };
  }, [toggleSidebar]);
  useLayoutEffect(() => {
    const wanted = languageKept();
    if (wanted && wanted !== i18n.language && i18n.options.supportedLngs?.includes(wanted)) void i18n.changeLanguage(wanted);
  }, [i18n]);
  useEffect(() => { document.documentElement.lang = i18n.language; }, [i18n.language]);
  const languages = (i18n.options.supportedLngs || []).filter((one: string) => one !== 'cimode');
  return (
    <div data-css="topbar" style={{ display: 'flex', alignItems: 'center', gap: 8, minHeight: 56, padding: '4px 16px', flexShrink: 0, background: '#fff', borderBottom: `1px solid ${colours.line}` }}>
      <button type="button" className="menu-button" aria-expanded={shown} onClick={toggleSidebar} style={buttonStyle()}><span aria-hidden="true">☰</span> {translateButton('menu')}</button>
      <span style={{ flex: 1 }} />
      <span role="group" style={{ display: 'flex', gap: 4 }}>{languages.map((language: string) => (
        <button key={language} type="button" lang={language} aria-pressed={i18n.language === language} aria-label={language === 'fr' ? 'FR – Français' : 'EN – English'} onClick={() => { keepLanguage(language); void i18n.changeLanguage(language); }}
          style={{ ...buttonStyle(), ...(i18n.language === language ? { background: colours.ink, color: '#fff' } : {}) }}>{language.toUpperCase()}</button>
      ))}</span>
      {session?.email ? <a href="/console/pages/security" className="who" style={{ color: colours.ink, fontSize: 14 }} title={translatePage('security')}>{String(session.name ?? session.email)}</a> : null}
      {session?.email ? <a href="/console/logout" style={{ ...buttonStyle(), textDecoration: 'none' }}>{translateButton('logout')}</a> : null}
    </div>
  );
};
export default TopBar;
