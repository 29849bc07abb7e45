import type React from 'react';

// Colours and buttons of the console's pages.
export const colours = { ink: '#17171a', soft: '#5c5a55', line: '#dedad1', accent: '#b02f16', good: '#1f6b3a', paper: '#f6f4ef', sheet: '#fffefb' };

export const buttonStyle = (tone?: string): React.CSSProperties => ({
  font: 'inherit', padding: '7px 14px', cursor: 'pointer', border: `1px solid ${tone === 'strong' ? colours.accent : colours.ink}`,
  background: tone === 'strong' ? colours.accent : 'transparent', color: tone === 'strong' ? '#fff' : tone === 'bad' ? colours.accent : colours.ink,
});
