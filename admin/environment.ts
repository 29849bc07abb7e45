import { fileURLToPath } from 'node:url';

// Read by AdminJS when it is first imported: this module comes before it everywhere. The bundle of our components is made beforehand
// (bundle.ts), and kept out of a dot-folder, which Express would refuse to serve.
export const bundleFolder = fileURLToPath(new URL('../dist/console', import.meta.url));

export const consoleEnvironment = { ADMIN_JS_TMP_DIR: bundleFolder, ADMIN_JS_SKIP_BUNDLE: process.env.ADMIN_JS_SKIP_BUNDLE ?? 'true', NODE_ENV: 'production' };
Object.assign(process.env, consoleEnvironment);
