import React from 'react';

// A small plot as SVG, with its figures beside it as a table for those who do not see it.
const Plot = ({ block }: any) => {
  const { points, title } = block;
  if (points.length === 0) return <figure style={{ margin: 0, background: '#fff', padding: 16 }}><figcaption style={{ fontWeight: 700 }}>{title}</figcaption><p>{block.empty}</p></figure>;
  const [width, height, foot] = [560, 180, 26];
  const most = Math.max(1, block.band?.to ?? 0, ...points.map((point: any) => point.value));
  const step = width / points.length;
  const y = (value: number): number => height - (value / most) * (height - 24);
  const every = Math.ceil(points.length / 10);
  const middle = (index: number): number => index * step + step / 2;
  return (
    <figure style={{ margin: 0, background: '#fff', padding: 16 }}>
      <figcaption style={{ fontWeight: 700, marginBottom: 8 }}>{title}</figcaption>
      <svg viewBox={`0 0 ${width} ${height + foot}`} role="img" aria-label={title} style={{ width: '100%', maxWidth: 720, height: 'auto', overflow: 'visible' }}>
        {block.band ? <g><rect x="0" width={width} y={y(block.band.to)} height={y(block.band.from) - y(block.band.to)} fill="#1f6b3a" opacity="0.14" /></g> : null}
        <line x1="0" x2={width} y1={height} y2={height} stroke="#17171a" />
        {block.shape === 'bars'
          ? points.map((point: any, index: number) => <rect key={index} x={index * step + step * 0.15} width={step * 0.7} y={y(point.value)} height={height - y(point.value)} fill="#c8371b"><title>{`${point.label} : ${point.shown}`}</title></rect>)
          : <polyline fill="none" stroke="#c8371b" strokeWidth="2.5" points={points.map((point: any, index: number) => `${middle(index)},${y(point.value)}`).join(' ')} />}
        {block.band ? <text x="4" y={y(block.band.to) + 13} fontSize="11" fill="#1f6b3a">{block.band.label}</text> : null}
        {points.map((point: any, index: number) => ((points.length - 1 - index) % every === 0 ? (
          <g key={index} fontSize="11" textAnchor="middle" fill="#5c5a55"><text x={middle(index)} y={height + 17}>{point.label}</text><text x={middle(index)} y={y(point.value) - 6} fill="#17171a">{point.shown}</text></g>
        ) : null))}
      </svg>
      <details><summary style={{ cursor: 'pointer', fontSize: 13 }}>{title}</summary><table><tbody>{points.map((point: any) => <tr key={point.label}><th scope="row" style={{ textAlign: 'left', paddingRight: 16, fontWeight: 400 }}>{point.label}</th><td style={{ textAlign: 'right' }}>{point.shown}</td></tr>)}</tbody></table></details>
    </figure>
  );
};
export { Plot };
