import React, { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'adminjs';
import { useNavigate } from 'react-router';
import { colours } from './block-styles.tsx';
import { consoleStyle } from './console-style.ts';

// The name of the house, and the search over everything: « / » goes to it from anywhere.
const SidebarBranding = () => {
  const { translatePage } = useTranslation();
  const navigate = useNavigate();
  const [typed, setTyped] = useState('');
  const box = useRef<HTMLInputElement>(null);
  useEffect(() => {
    const key = (event: KeyboardEvent) => {
      const on = event.target as HTMLElement;
      if (event.key !== '/' || event.metaKey || event.ctrlKey || on.isContentEditable || ['INPUT', 'TEXTAREA', 'SELECT'].includes(on.tagName)) return;
      event.preventDefault();
      box.current?.focus();
    };
    document.addEventListener('keydown', key);
    return () => document.removeEventListener('keydown', key);
  }, []);
  return (
    <div style={{ padding: '20px 24px 12px' }}>
      <style>{consoleStyle}</style>
      <a href="/console" onClick={(event) => { event.preventDefault(); navigate('/console'); }} style={{ display: 'block', fontSize: 22, fontWeight: 700, color: colours.ink, textDecoration: 'none', marginBottom: 14 }}>OFF-WORKS</a>
      <form role="search" onSubmit={(event) => { event.preventDefault(); if (typed.trim()) navigate(`/console/pages/search?${new URLSearchParams({ q: typed.trim() })}`); }}>
        <input ref={box} type="search" value={typed} onChange={(event) => setTyped(event.target.value)} aria-label={translatePage('search')} aria-keyshortcuts="/" placeholder={`${translatePage('search')}  /`} maxLength={100} style={{ font: 'inherit', width: '100%', boxSizing: 'border-box', padding: '8px 10px', border: '1px solid #8b877e', background: '#fff' }} />
      </form>
    </div>
  );
};
export default SidebarBranding;
