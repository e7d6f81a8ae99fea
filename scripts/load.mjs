import { ensureBuild } from './setup/build.mjs';
import { ensurePackages } from './setup/packages.mjs';
import { ensurePostgres } from './setup/postgres.mjs';
import { node, run } from './setup/run.mjs';

await ensurePackages();
const ARCA_POSTGRES_BIN = await ensurePostgres();
await ensureBuild();
const { code } = await run(node, ['tests/load/sync.ts'], { env: { ARCA_POSTGRES_BIN } });
process.exitCode = code;
