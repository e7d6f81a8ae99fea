import { ensurePackages } from './setup/packages.mjs';
import { become, node } from './setup/run.mjs';

await ensurePackages();
// vite ends when its standard input closes, unless it believes to be in CI.
become(node, ['node_modules/vite/bin/vite.js', 'dev', ...process.argv.slice(2)], { CI: 'true' });
