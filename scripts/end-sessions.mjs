import { ensurePackages } from './setup/packages.mjs';
import { become, node } from './setup/run.mjs';

await ensurePackages();
become(node, ['src/lib/server/sessions/end-sessions-command.ts', ...process.argv.slice(2)]);
