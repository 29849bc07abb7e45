// Bundles the console's components: `npm run build:console`, or by itself when they have changed.
process.env.ADMIN_JS_SKIP_BUNDLE = 'false';
await import('./environment.ts');
const { AdminJS } = await import('adminjs');
const { componentLoader } = await import('./components.ts');
const { writeBundleMark } = await import('./ensure-bundle.ts');

await new AdminJS({ rootPath: '/console', componentLoader }).initialize();
await writeBundleMark();
process.exit(0);
