import { ensurePackages } from './setup/packages.mjs';
import { become, node } from './setup/run.mjs';

await ensurePackages();
become(node, ['src/lib/server/two-factor/proof-keys-command.ts']);
