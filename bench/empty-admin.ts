// An AdminJS of the console's own versions that holds nothing: what the console's first page is measured against.
process.env.NODE_ENV = 'production';
process.env.ADMIN_JS_SKIP_BUNDLE = 'true';
const { AdminJS } = await import('adminjs');
const { buildRouter } = await import('@adminjs/express');
const { default: express } = await import('express');

const admin = new AdminJS({ rootPath: '/console' });
express().use('/console', buildRouter(admin)).listen(Number(process.env.PORT), '127.0.0.1');
export {};
