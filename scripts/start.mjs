import { ensureBuild } from './setup/build.mjs';
import { ensurePackages } from './setup/packages.mjs';
import { become, node } from './setup/run.mjs';

await ensurePackages();
await ensureBuild();
become(node, ['src/lib/server/entry.ts']);
