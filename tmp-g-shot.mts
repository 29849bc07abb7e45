import { chromium } from 'playwright-core';
const b = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--headless', '--no-sandbox', '--disable-background-networking'] });
for (const [name, width] of [['wide', 1200], ['narrow', 390]] as const) {
  const p = await b.newPage({ viewport: { width, height: 900 }, locale: 'fr-FR' });
  await p.goto('http://localhost:3710/candidature');
  await p.screenshot({ path: `/tmp/G/cand-${name}.png`, fullPage: true });
}
const p = await b.newPage({ viewport: { width: 1400, height: 1000 }, locale: 'fr-FR' });
await p.goto('http://localhost:3710/console/login');
await p.fill('input[name=email]', 'aicha@off-works.example'); await p.fill('input[name=password]', 'demo-off-works-aicha'); await p.press('input[name=password]', 'Enter');
await p.waitForTimeout(6000);
await p.screenshot({ path: '/tmp/G/home.png', fullPage: true });
await p.goto('http://localhost:8710/namespaces/default/workflows'); await p.waitForTimeout(5000); await p.screenshot({ path: '/tmp/G/temporal.png' });
await p.goto('http://localhost:8710/namespaces/default/workflows/membership%2Fthomas-guerin'); await p.waitForTimeout(6000); await p.screenshot({ path: '/tmp/G/temporal-m.png' });
await b.close();
