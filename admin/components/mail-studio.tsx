import React, { useEffect, useId, useRef, useState } from 'react';

// S4: where a wording of an e-mail is written. What is typed is checked and shown a moment later; nothing runs in the preview.
const colours = { ink: '#17171a', soft: '#5c5a55', line: '#dedad1', accent: '#b02f16', good: '#1f6b3a', paper: '#f6f4ef' };
const box: React.CSSProperties = { font: 'inherit', padding: '8px 10px', border: '1px solid #8b877e', background: '#fff', width: '100%', boxSizing: 'border-box' };
const mono: React.CSSProperties = { fontFamily: 'ui-monospace, SFMono-Regular, Menlo, monospace', fontSize: 13, lineHeight: '20px', tabSize: 2 };
const button = (tone?: string): React.CSSProperties => ({
  font: 'inherit', padding: '8px 16px', cursor: 'pointer', border: `1px solid ${tone === 'strong' ? colours.accent : colours.ink}`,
  background: tone === 'strong' ? colours.accent : tone === 'on' ? colours.ink : 'transparent', color: tone ? '#fff' : colours.ink,
});
const label: React.CSSProperties = { display: 'block', fontWeight: 600, fontSize: 14, marginBottom: 4 };
const pause = 450;

const Editor = ({ id, value, set, wrong, area, name }: any) => {
  const gutter = useRef<HTMLPreElement>(null);
  const lines = value.split('\n').length;
  const follow = () => { if (gutter.current && area.current) gutter.current.scrollTop = area.current.scrollTop; };
  return (
    <div style={{ display: 'flex', border: '1px solid #8b877e', background: '#fff', height: 520 }}>
      <pre ref={gutter} aria-hidden="true" style={{ ...mono, margin: 0, padding: '10px 8px', minWidth: 34, textAlign: 'right', color: colours.soft, background: colours.paper, overflow: 'hidden', userSelect: 'none' }}>
        {Array.from({ length: lines }, (_, index) => <div key={index} style={wrong.has(index + 1) ? { background: colours.accent, color: '#fff', fontWeight: 700 } : undefined}>{index + 1}</div>)}
        <div style={{ height: 40 }} />
      </pre>
      <textarea id={id} ref={area} name={name} value={value} wrap="off" spellCheck={false} autoCapitalize="off" autoCorrect="off" onScroll={follow} onChange={(event) => set(event.target.value)}
        style={{ ...mono, flex: 1, minWidth: 0, border: 0, padding: 10, resize: 'none', whiteSpace: 'pre', overflow: 'auto', background: 'transparent' }} />
    </div>
  );
};

const Preview = ({ shown, texts, device, setDevice, stale }: any) => (
  <div>
    <div role="group" aria-label={texts.preview} style={{ display: 'flex', gap: 8, marginBottom: 10, flexWrap: 'wrap' }}>{['desktop', 'phone', 'text'].map((one) => (
      <button key={one} type="button" aria-pressed={device === one} style={button(device === one ? 'on' : undefined)} onClick={() => setDevice(one)}>{texts[one]}</button>
    ))}</div>
    <div style={{ background: '#fff', border: `1px solid ${colours.line}`, opacity: stale || shown?.old ? 0.55 : 1 }} aria-busy={stale}>
      {shown?.old && shown.html !== undefined ? <p style={{ margin: 0, padding: '8px 14px', background: colours.paper, borderBottom: `1px solid ${colours.line}`, fontSize: 14 }}>{texts.nothingToShow}</p> : null}
      <div style={{ padding: '10px 14px', borderBottom: `1px solid ${colours.line}` }}><span style={{ color: colours.soft, fontSize: 13 }}>{texts.subject}</span><div style={{ fontWeight: 700 }}>{shown?.subject || '…'}</div></div>
      {shown?.html === undefined ? <p style={{ padding: 16, margin: 0 }}>{shown?.refused ?? texts.nothingToShow}</p>
        : device === 'text' ? <pre tabIndex={0} style={{ ...mono, whiteSpace: 'pre-wrap', margin: 0, padding: 16, height: 560, overflow: 'auto' }}>{shown.text}</pre>
          : <iframe title={texts.preview} sandbox="" srcDoc={shown.html} style={{ display: 'block', border: 0, height: 592, width: device === 'phone' ? 375 : '100%', margin: '0 auto', background: '#fff' }} />}
    </div>
    {shown?.from ? <p style={{ color: colours.soft, fontSize: 13, margin: '6px 0 0' }}>{shown.from}</p> : null}
  </div>
);

const Findings = ({ shown, texts, go, stale }: any) => {
  const findings = shown?.findings ?? [];
  if (!shown) return <p style={{ margin: 0 }}>…</p>;
  if (findings.length === 0) return <p role="status" style={{ margin: 0, padding: '10px 14px', background: '#fff', borderLeft: `4px solid ${colours.good}`, opacity: stale ? 0.55 : 1 }}>{texts.allGood}</p>;
  return (
    <div role="status" style={{ background: '#fff', borderLeft: `4px solid ${colours.accent}`, padding: '10px 14px', opacity: stale ? 0.55 : 1 }}>
      <div style={{ fontWeight: 700 }}>{shown.count}</div>
      <ul style={{ margin: '6px 0 0', padding: 0, listStyle: 'none', display: 'grid', gap: 6 }}>{findings.map((finding: any, index: number) => (
        <li key={index} style={{ display: 'flex', gap: 10 }}>
          {finding.where ? <button type="button" style={{ font: 'inherit', fontSize: 13, border: 0, padding: 0, background: 'none', textDecoration: 'underline', cursor: 'pointer', color: colours.accent, whiteSpace: 'nowrap' }} onClick={() => go(finding)}>{finding.where}</button> : null}
          <span>{finding.words}</span>
        </li>
      ))}</ul>
    </div>
  );
};

const Variables = ({ block, insert }: any) => (
  <details style={{ background: '#fff', padding: '12px 16px' }}>
    <summary style={{ cursor: 'pointer', fontWeight: 600 }}>{block.texts.variables}</summary>
    <p style={{ margin: '10px 0', color: colours.soft, fontSize: 14 }}>{block.texts.variablesHelp}</p>
    <div style={{ overflowX: 'auto' }}>
      <table style={{ width: '100%', borderCollapse: 'collapse', fontSize: 14 }}>
        <thead><tr>{['variable', 'meaning', 'example'].map((one) => <th key={one} scope="col" style={{ textAlign: 'left', fontWeight: 700, padding: '6px 8px', borderBottom: `2px solid ${colours.ink}` }}>{block.texts[one]}</th>)}</tr></thead>
        <tbody>{block.variables.map((one: any) => (
          <tr key={one.name}>
            <td style={{ padding: '6px 8px', borderBottom: `1px solid ${colours.line}`, verticalAlign: 'top' }}><button type="button" title={block.texts.insert} onClick={() => insert(one.write)} style={{ ...mono, border: 0, background: colours.paper, padding: '2px 6px', cursor: 'pointer', textAlign: 'left', whiteSpace: 'pre-wrap' }}>{one.write}</button></td>
            <td style={{ padding: '6px 8px', borderBottom: `1px solid ${colours.line}`, verticalAlign: 'top' }}>{one.meaning}{one.kept ? <span style={{ display: 'block', fontSize: 13, fontWeight: 700 }}>{block.texts.kept}</span> : null}</td>
            <td style={{ padding: '6px 8px', borderBottom: `1px solid ${colours.line}`, verticalAlign: 'top', color: colours.soft }}>{one.example}</td>
          </tr>
        ))}</tbody>
      </table>
    </div>
    <p style={{ fontWeight: 600, margin: '14px 0 4px' }}>{block.texts.pieces}</p>
    <p style={{ display: 'flex', flexWrap: 'wrap', gap: 8, margin: 0 }}>{block.pieces.map((piece: any) => <button key={piece.write} type="button" title={piece.text} onClick={() => insert(piece.write)} style={{ ...mono, border: 0, background: colours.paper, padding: '2px 6px', cursor: 'pointer' }}>{piece.write}</button>)}</p>
  </details>
);

export const MailStudio = ({ block, ask, post, busy, words }: any) => {
  const { texts } = block;
  const [subject, setSubject] = useState(block.subject);
  const [source, setSource] = useState(block.source);
  const [reference, setReference] = useState(block.reference);
  const [note, setNote] = useState('');
  const [device, setDevice] = useState('desktop');
  const [shown, setShown] = useState<any>(null);
  const [stale, setStale] = useState(true);
  const [publishing, setPublishing] = useState(false);
  const area = useRef<HTMLTextAreaElement>(null);
  const first = useRef<HTMLInputElement>(null);
  const asked = useRef(0);
  const base = useId();

  // The last question asked is the only one answered.
  useEffect(() => {
    const turn = (asked.current += 1);
    setStale(true);
    const timer = setTimeout(() => {
      ask('preview', { subject, source, reference })
        .then((answer: any) => { if (turn === asked.current) { setShown((before: any) => ({ ...before, refused: undefined, ...answer, old: answer.html === undefined, subject: answer.html === undefined ? before?.subject : answer.subject })); setStale(false); } })
        .catch(() => { if (turn === asked.current) { setShown((before: any) => ({ ...before, refused: words.away })); setStale(false); } });
    }, pause);
    return () => clearTimeout(timer);
  }, [subject, source, reference]);

  const changed = subject !== block.subject || source !== block.source;
  useEffect(() => {
    if (!changed) return undefined;
    const warn = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener('beforeunload', warn);
    return () => window.removeEventListener('beforeunload', warn);
  }, [changed]);

  const goTo = ({ part, line }: any) => {
    if (part === 'subject') { first.current?.focus(); return; }
    const lines = source.split('\n');
    const from = lines.slice(0, line - 1).join('\n').length + (line > 1 ? 1 : 0);
    area.current?.focus();
    area.current?.setSelectionRange(from, from + (lines[line - 1] ?? '').length);
    if (area.current) area.current.scrollTop = Math.max(0, (line - 8) * 20);
  };
  const insert = (text: string) => {
    const at = area.current?.selectionStart ?? source.length;
    setSource(source.slice(0, at) + text + source.slice(area.current?.selectionEnd ?? at));
    setTimeout(() => { area.current?.focus(); area.current?.setSelectionRange(at + text.length, at + text.length); }, 0);
  };
  const wrong = new Set((shown?.findings ?? []).filter((one: any) => one.part === 'source').map((one: any) => one.line));
  const send = (act: string, more: object = {}) => post(act, { subject, source, note, reference, ...more });
  const broken = stale || (shown?.findings ?? []).length > 0;

  return (
    <div style={{ display: 'grid', gap: 20, gridTemplateColumns: 'repeat(auto-fit, minmax(min(430px, 100%), 1fr))', alignItems: 'start' }}>
      <div style={{ display: 'grid', gap: 14, minWidth: 0 }}>
        <div><label htmlFor={`${base}s`} style={label}>{texts.subject}</label><input id={`${base}s`} ref={first} style={box} value={subject} autoComplete="off" onChange={(event) => setSubject(event.target.value)} /></div>
        <div><label htmlFor={`${base}m`} style={label}>{texts.source}</label><Editor id={`${base}m`} name="source" area={area} value={source} set={setSource} wrong={wrong} /></div>
        <Findings shown={shown} texts={texts} go={goTo} stale={stale} />
        <Variables block={block} insert={insert} />
      </div>
      <div style={{ display: 'grid', gap: 14, minWidth: 0 }}>
        <div><label htmlFor={`${base}n`} style={label}>{texts.note}</label><input id={`${base}n`} style={box} value={note} maxLength={200} onChange={(event) => setNote(event.target.value)} /></div>
        <div style={{ display: 'flex', gap: 10, flexWrap: 'wrap' }}>
          <button type="button" disabled={busy} style={button()} onClick={() => send('saveDraft')}>{texts.saveDraft}</button>
          <button type="button" disabled={busy || broken} style={{ ...button(), ...(broken ? { opacity: 0.5, cursor: 'not-allowed' } : {}) }} onClick={() => send('sendTrial')}>{texts.sendTrial}</button>
          {block.mayPublish && !publishing ? <button type="button" disabled={busy || broken} style={{ ...button('strong'), ...(broken ? { opacity: 0.5, cursor: 'not-allowed' } : {}) }} onClick={() => setPublishing(true)}>{texts.publish}</button> : null}
        </div>
        {publishing ? (
          <div role="alertdialog" aria-label={texts.publish} style={{ background: colours.paper, borderLeft: `4px solid ${colours.accent}`, padding: '10px 14px' }}>
            <p style={{ margin: '0 0 10px' }}>{texts.publishConsequence}</p>
            <button type="button" autoFocus disabled={busy} style={button('strong')} onClick={() => send('publish', { base: block.base }).then((right: boolean) => { if (!right) setPublishing(false); })}>{words.confirm}</button>{' '}
            <button type="button" style={button()} onClick={() => setPublishing(false)}>{words.cancel}</button>
          </div>
        ) : null}
        {block.mayPublish ? null : <p style={{ margin: 0, color: colours.soft, fontSize: 14 }}>{texts.publishNotYours}</p>}
        <div>
          <label htmlFor={`${base}r`} style={label}>{texts.reference}</label>
          <input id={`${base}r`} list={`${base}l`} style={box} value={reference} placeholder={texts.referenceEmpty} autoComplete="off" onChange={(event) => setReference(event.target.value)} />
          <datalist id={`${base}l`}>{block.references.map((one: string) => <option key={one} value={one} />)}</datalist>
          {shown?.refused ? <span role="alert" style={{ color: colours.accent, fontSize: 14 }}>{shown.refused}</span> : null}
        </div>
        <Preview shown={shown} texts={texts} device={device} setDevice={setDevice} stale={stale} />
      </div>
    </div>
  );
};
