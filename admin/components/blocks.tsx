import React, { useEffect, useState } from 'react';
import { Box, Text } from '@adminjs/design-system';
import { BlockForm } from './block-form.tsx';
import { Plot } from './block-plot.tsx';
import { buttonStyle, colours } from './block-styles.tsx';
import { MailStudio } from './mail-studio.tsx';

// Each kind of block as people see it (admin/pages/blocks.ts says what each holds).
export { buttonStyle, colours };
const toneOf: Record<string, React.CSSProperties> = {
  good: { color: colours.good, fontWeight: 600 }, bad: { color: colours.accent, fontWeight: 700 }, soft: { color: colours.soft }, strong: { fontWeight: 700 },
};

export const timeLeft = (until: string, now: number, words: any): { text: string; late: boolean } => {
  const minutes = Math.round((new Date(until).getTime() - now) / 60000);
  const size = Math.abs(minutes);
  const text = size >= 2880 ? `${Math.round(size / 1440)} ${words.days}` : size >= 60 ? `${Math.floor(size / 60)} h ${String(size % 60).padStart(2, '0')}` : `${size} min`;
  return { text: minutes < 0 ? `${words.late} ${text}` : text, late: minutes < 0 };
};

const Until = ({ until, words }: any) => {
  const [now, setNow] = useState(Date.now());
  useEffect(() => { const tick = setInterval(() => setNow(Date.now()), 15000); return () => clearInterval(tick); }, []);
  const time = timeLeft(until, now, words);
  return <span style={time.late ? toneOf.bad : undefined}>{time.text}</span>;
};

/** French signs stay with the word they follow, whatever the width of a column. */
const together = (text: any): any => (typeof text === 'string' ? text.replace(/ (?=[:;?!»])/g, '\u00a0').replace(/« /g, '«\u00a0') : text);
/** A number, or a reference, is never cut at its hyphens. */
const whole = (text: any): React.CSSProperties => (typeof text === 'string' && text.length <= 24 && /^[\p{L}\d]+(?:-[\p{L}\d]+)+$/u.test(text) && /\d/.test(text) ? { whiteSpace: 'nowrap' } : {});

export const Words = ({ cell, words, go }: any) => {
  if (typeof cell === 'string') return <span style={whole(cell)}>{together(cell)}</span>;
  const text = <span style={{ ...toneOf[cell.tone], ...whole(cell.text) }}>{together(cell.text)}{cell.until ? <> <Until until={cell.until} words={words} /></> : null}</span>;
  const inside = <>{cell.href ? <a href={cell.href} style={{ color: colours.ink }} onClick={(event) => { if (cell.href.startsWith('/console/') && !event.metaKey && !event.ctrlKey) { event.preventDefault(); go(cell.href); } }}>{text}</a> : text}{cell.detail ? <span style={{ display: 'block', ...toneOf.soft, fontSize: 13 }}>{together(cell.detail)}</span> : null}</>;
  return inside;
};

const DeedButton = ({ deed, post, busy, words }: any) => {
  const [asking, setAsking] = useState(false);
  if (asking) {
    return (
      <span role="alertdialog" aria-label={deed.label} style={{ display: 'inline-block', background: colours.paper, borderLeft: `4px solid ${colours.accent}`, padding: '8px 12px', textAlign: 'left', maxWidth: 340 }}>
        <span style={{ display: 'block', marginBottom: 8 }}>{deed.confirm}</span>
        <button type="button" autoFocus disabled={busy} style={buttonStyle('strong')} onClick={() => post(deed.act, deed.values).then(() => setAsking(false))}>{words.confirm}</button>{' '}
        <button type="button" style={buttonStyle()} onClick={() => setAsking(false)}>{words.cancel}</button>
      </span>
    );
  }
  return <button type="button" disabled={busy} style={buttonStyle(deed.tone)} onClick={() => (deed.confirm ? setAsking(true) : post(deed.act, deed.values))}>{deed.label}</button>;
};

const Table = ({ block, ...rest }: any) => {
  const right = (column: number): React.CSSProperties => ((block.numeric ?? []).includes(column) ? { textAlign: 'right', whiteSpace: 'nowrap', fontVariantNumeric: 'tabular-nums' } : { textAlign: 'left' });
  if (block.rows.length === 0) return <Box bg="white" p="xl">{block.caption ? <Text fontWeight="bold" mb="sm">{block.caption}</Text> : null}<Text>{block.empty}</Text></Box>;
  const deeds = block.rows.some((row: any) => row.deeds?.length);
  return (
    <div style={{ background: '#fff', overflowX: 'auto' }} tabIndex={0} role="region" aria-label={block.caption ?? block.head.join(', ')}>
      <table style={{ width: '100%', borderCollapse: 'collapse', fontSize: 14 }}>
        {block.caption ? <caption style={{ textAlign: 'left', padding: '14px 16px 6px', fontWeight: 700 }}>{block.caption}</caption> : null}
        <thead><tr>{block.head.map((text: string, column: number) => <th key={column} scope="col" style={{ padding: '10px 16px', borderBottom: `2px solid ${colours.ink}`, fontWeight: 600, ...right(column) }}>{text}</th>)}{deeds ? <td style={{ borderBottom: `2px solid ${colours.ink}` }} /> : null}</tr></thead>
        <tbody>{block.rows.map((row: any, index: number) => (
          <tr key={index}>{row.cells.map((cell: any, column: number) => <td key={column} style={{ padding: '10px 16px', borderBottom: `1px solid ${colours.line}`, verticalAlign: 'top', ...(column === 0 ? { minWidth: 130 } : {}), ...right(column) }}><Words cell={cell} {...rest} /></td>)}
            {deeds ? <td style={{ padding: '6px 16px', borderBottom: `1px solid ${colours.line}`, textAlign: 'right' }}><span style={{ display: 'inline-flex', gap: 8, flexWrap: 'wrap', justifyContent: 'flex-end' }}>{(row.deeds ?? []).map((deed: any) => <DeedButton key={deed.act + deed.label} deed={deed} {...rest} />)}</span></td> : null}
          </tr>
        ))}</tbody>
      </table>
    </div>
  );
};

const Timeline = ({ block, words, go }: any) => {
  const [kept, setKept] = useState('');
  const items = block.items.filter((item: any) => !kept || item.kind === kept);
  return (
    <div>
      <div role="group" aria-label={block.all} style={{ display: 'flex', flexWrap: 'wrap', gap: 8, marginBottom: 12 }}>{[{ kind: '', label: block.all }, ...block.kinds].map((one: any) => (
        <button key={one.kind} type="button" aria-pressed={kept === one.kind} onClick={() => setKept(one.kind)} style={{ ...buttonStyle(), ...(kept === one.kind ? { background: colours.ink, color: '#fff' } : {}) }}>{one.label}</button>
      ))}</div>
      <ol style={{ listStyle: 'none', margin: 0, padding: 0, background: '#fff' }}>{items.length === 0 ? <li style={{ padding: 16 }}>{block.empty}</li> : items.map((item: any, index: number) => (
        <li key={index} style={{ display: 'flex', flexWrap: 'wrap', gap: '2px 16px', padding: '10px 16px', borderBottom: `1px solid ${colours.line}` }}>
          <span style={{ flex: '0 0 170px', color: colours.soft, fontSize: 14, fontVariantNumeric: 'tabular-nums' }}><time dateTime={item.at}>{item.when}</time></span>
          <span style={{ flex: '1 1 300px', minWidth: 0 }}><Words cell={{ text: item.text, href: item.href, tone: item.tone, detail: item.detail }} words={words} go={go} /></span>
          <span style={{ color: colours.soft, fontSize: 14 }}>{item.who}</span>
        </li>
      ))}</ol>
    </div>
  );
};

const marks: Record<string, { sign: string; background: string }> = { same: { sign: ' ', background: '#fff' }, added: { sign: '+', background: '#e3f0e6' }, removed: { sign: '−', background: '#fae6e1' }, skipped: { sign: ' ', background: colours.paper } };

const Differences = ({ block }: any) => {
  if (block.lines.length === 0) return <Box bg="white" p="xl">{block.empty}</Box>;
  return (
    <div style={{ background: '#fff', overflowX: 'auto' }} tabIndex={0} role="region" aria-label={block.title}>
      <div style={{ padding: '14px 16px 6px', fontWeight: 700 }}>{block.title}</div>
      <div style={{ fontFamily: 'ui-monospace, monospace', fontSize: 13, lineHeight: '20px', minWidth: 'max-content' }}>{block.lines.map((line: any, index: number) => {
        const Tag = line.mark === 'added' ? 'ins' : line.mark === 'removed' ? 'del' : 'div';
        return <Tag key={index} aria-label={line.mark === 'added' || line.mark === 'removed' ? `${block.words[line.mark]} ${line.text}` : undefined} style={{ display: 'block', textDecoration: 'none', whiteSpace: 'pre', padding: '0 16px', background: marks[line.mark]?.background, color: line.mark === 'skipped' ? colours.soft : colours.ink }}>{marks[line.mark]?.sign} {line.text}</Tag>;
      })}</div>
    </div>
  );
};

const BlockOne = ({ block, ...rest }: any) => {
  const { go, words } = rest;
  if (block.kind === 'heading') return <div><h3 style={{ margin: 0, fontSize: 18, lineHeight: '26px', fontWeight: 700 }}>{block.text}</h3>{block.detail ? <Text color="grey60">{block.detail}</Text> : null}</div>;
  if (block.kind === 'text') return <p style={{ margin: 0, whiteSpace: 'pre-line', ...toneOf[block.tone] }}>{block.text}</p>;
  if (block.kind === 'figures') {
    return (
      <dl style={{ display: 'flex', flexWrap: 'wrap', gap: 12, margin: 0 }}>{block.items.map((item: any) => (
        <div key={item.label} style={{ background: '#fff', padding: 16, minWidth: 140, borderTop: `3px solid ${item.tone === 'bad' ? colours.accent : item.tone === 'good' ? colours.good : colours.line}` }}>
          <dt style={{ fontSize: 13, color: colours.soft }}>{item.label}</dt>
          <dd style={{ margin: '4px 0 0', fontSize: 24, lineHeight: '30px', fontWeight: 700, fontVariantNumeric: 'tabular-nums' }}><Words cell={{ text: item.value, href: item.href }} words={words} go={go} /></dd>
          {item.detail ? <dd style={{ margin: 0, fontSize: 13, color: colours.soft }}>{item.detail}</dd> : null}
        </div>
      ))}</dl>
    );
  }
  if (block.kind === 'table') return <Table block={block} {...rest} />;
  if (block.kind === 'plot') return <Plot block={block} go={go} />;
  if (block.kind === 'form') return <BlockForm block={block} {...rest} />;
  if (block.kind === 'links') {
    return (
      <nav style={{ display: 'flex', flexWrap: 'wrap', gap: 8 }}>{block.items.map((item: any) => (
        <a key={item.href} href={item.href} aria-current={item.current ? 'page' : undefined} style={{ ...buttonStyle(), textDecoration: 'none', ...(item.current ? { background: colours.ink, color: '#fff' } : {}) }}
          onClick={(event) => { if (item.href.startsWith('/console/')) { event.preventDefault(); go(item.href); } }}>{item.text}</a>
      ))}</nav>
    );
  }
  if (block.kind === 'columns') return <div style={{ display: 'grid', gap: 20, gridTemplateColumns: 'repeat(auto-fit, minmax(min(340px, 100%), 1fr))', alignItems: 'start' }}>{block.columns.map((column: any, index: number) => <div key={index} style={{ minWidth: 0 }}><Blocks blocks={column} {...rest} /></div>)}</div>;
  if (block.kind === 'details') return <details open={block.open} style={{ background: '#fff', padding: '12px 16px' }}><summary style={{ cursor: 'pointer', fontWeight: 600 }}>{block.summary}</summary><div style={{ paddingTop: 12 }}><Blocks blocks={block.blocks} {...rest} /></div></details>;
  if (block.kind === 'frame') return <iframe title={block.title} {...(block.src ? { src: block.src } : { sandbox: '', srcDoc: block.html })} style={{ width: '100%', maxWidth: block.width ?? '100%', height: block.height ?? 640, border: `1px solid ${colours.line}`, background: '#fff' }} />;
  if (block.kind === 'timeline') return <Timeline block={block} words={words} go={go} />;
  if (block.kind === 'callout') return <div style={{ background: '#fff', borderLeft: `4px solid ${colours.accent}`, padding: 16 }}><strong>{block.text}</strong>{block.detail ? <div>{block.detail}</div> : null}{block.until ? <div><Until until={block.until} words={words} /></div> : null}</div>;
  if (block.kind === 'stages') {
    return (
      <ol aria-label={block.label} style={{ listStyle: 'none', margin: 0, padding: 0, display: 'flex', flexWrap: 'wrap', gap: 6 }}>{block.items.map((stage: any) => (
        <li key={stage.label} aria-current={stage.current ? 'step' : undefined} style={{ padding: '6px 16px', borderRadius: 99, fontSize: 14, fontWeight: stage.current ? 700 : 400, background: stage.current ? colours.ink : stage.done ? '#d9e6dc' : '#eae6dd', color: stage.current ? '#fff' : colours.ink }}>{stage.label}</li>
      ))}</ol>
    );
  }
  if (block.kind === 'differences') return <Differences block={block} />;
  if (block.kind === 'mailStudio') return <MailStudio block={block} {...rest} />;
  if (block.kind === 'pre') return <pre tabIndex={0} style={{ whiteSpace: 'pre-wrap', background: '#fff', padding: 16, margin: 0, overflowX: 'auto', fontSize: 13 }}>{block.text}</pre>;
  return null;
};

export const Blocks = ({ blocks, ...rest }: any) => <div style={{ display: 'grid', gap: 20, minWidth: 0 }}>{blocks.map((block: any, index: number) => <BlockOne key={index} block={block} {...rest} />)}</div>;
