import React from 'react';
import { colours } from './block-styles.tsx';

// A small plot as SVG, with its figures beside it as a table for those who do not see it.
const Plot = ({ block, go }: any) => {
  const { points, title } = block;
  const to = (point: any) => ({ href: point.href, onClick: (event: any) => { if (!event.metaKey && !event.ctrlKey) { event.preventDefault(); go(point.href); } } });
  if (points.length === 0) return <figure style={{ margin: 0, background: '#fff', padding: 16 }}><figcaption style={{ fontWeight: 700 }}>{title}</figcaption><p>{block.empty}</p></figure>;
  if (block.shape === 'rows') return <Rows title={title} points={points} to={to} />;
  const [width, height, foot] = block.small ? [350, 130, 26] : [560, 180, 26];
  const most = Math.max(1, block.band?.to ?? 0, ...points.map((point: any) => point.value));
  const step = width / points.length;
  const y = (value: number): number => height - (value / most) * (height - 24);
  const every = Math.ceil(points.length / (block.small ? 6 : 10));
  const highest = Math.max(...points.map((point: any) => point.value));
  const peak = highest > 0 ? points.findIndex((point: any) => point.value === highest) : -1;
  const middle = (index: number): number => index * step + step / 2;
  return (
    <figure style={{ margin: 0, background: '#fff', padding: 16 }}>
      <figcaption style={{ fontWeight: 700, marginBottom: 8 }}>{title}</figcaption>
      <svg viewBox={`0 0 ${width} ${height + foot}`} aria-hidden="true" style={{ width: '100%', maxWidth: 720, height: 'auto', overflow: 'visible' }}>
        {block.band ? <g><rect x="0" width={width} y={y(block.band.to)} height={y(block.band.from) - y(block.band.to)} fill="#1f6b3a" opacity="0.14" /></g> : null}
        <line x1="0" x2={width} y1={height} y2={height} stroke="#17171a" />
        {block.shape === 'bars'
          ? points.map((point: any, index: number) => { const bar = <rect x={index * step + step * 0.15} width={step * 0.7} y={y(point.value)} height={height - y(point.value)} fill={colours.accent}><title>{`${point.label} : ${point.shown}`}</title></rect>; return point.href ? <a key={index} tabIndex={-1} {...to(point)}>{bar}</a> : <g key={index}>{bar}</g>; })
          : <polyline fill="none" stroke={colours.accent} strokeWidth="2.5" points={points.map((point: any, index: number) => `${middle(index)},${y(point.value)}`).join(' ')} />}
        {block.band ? <text x="4" y={y(block.band.to) + 13} fontSize="11" fill="#1f6b3a">{block.band.label}</text> : null}
        {points.map((point: any, index: number) => ((points.length - 1 - index) % every === 0 ? (
          <g key={index} fontSize="11" textAnchor="middle" fill="#5c5a55"><text x={middle(index)} y={height + 17}>{point.label}</text>{peak >= 0 && index !== peak && Math.abs(index - peak) < every ? null : <text x={middle(index)} y={y(point.value) - 6} fill="#17171a">{point.shown}</text>}</g>
        ) : null))}
        {peak >= 0 && (points.length - 1 - peak) % every !== 0 ? <text x={middle(peak)} y={y(highest) - 6} fontSize="11" textAnchor="middle" fill="#17171a">{points[peak].shown}</text> : null}
      </svg>
      <details><summary style={{ cursor: 'pointer', fontSize: 13 }}>{title}</summary><table><tbody>{points.map((point: any) => <tr key={point.label}><th scope="row" style={{ textAlign: 'left', paddingRight: 16, fontWeight: 400 }}>{point.label}</th><td style={{ textAlign: 'right' }}>{point.href ? <a style={{ color: colours.ink }} {...to(point)}>{point.shown}</a> : point.shown}</td></tr>)}</tbody></table></details>
    </figure>
  );
};

const Rows = ({ title, points, to }: any) => {
  const most = Math.max(1, ...points.map((point: any) => point.value));
  return (
    <div style={{ background: '#fff', padding: 16 }}>
      <table style={{ width: '100%', borderCollapse: 'collapse', fontSize: 14 }}>
        <caption style={{ textAlign: 'left', fontWeight: 700, marginBottom: 8 }}>{title}</caption>
        <tbody>{points.map((point: any) => (
          <tr key={point.label}>
            <th scope="row" style={{ textAlign: 'left', fontWeight: 400, padding: '4px 12px 4px 0', whiteSpace: 'nowrap', width: 1 }}>{point.href ? <a style={{ color: colours.ink }} {...to(point)}>{point.label}</a> : point.label}</th>
            <td style={{ padding: '4px 0' }}><span aria-hidden="true" style={{ display: 'block', height: 14, minWidth: 2, width: `${(point.value / most) * 100}%`, background: colours.accent }} /></td>
            <td style={{ padding: '4px 0 4px 12px', textAlign: 'right', fontVariantNumeric: 'tabular-nums', width: 1 }}>{point.shown}</td>
          </tr>
        ))}</tbody>
      </table>
    </div>
  );
};
export { Plot };
