import { ensureBuild } from './setup/build.mjs';
import { ensurePackages } from './setup/packages.mjs';
import { become, node } from './setup/run.mjs';
import { serverArguments } from './setup/server.mjs';

await ensurePackages();
await ensureBuild();
become(node, serverArguments);
