import { ensurePackages } from './setup/packages.mjs';
import { become, node } from './setup/run.mjs';

await ensurePackages();
// A file that is named without a folder is meant where the command was called.
const INIT_CWD = process.env.INIT_CWD ?? process.cwd();
become(node, ['src/lib/server/backup/backup-command.ts', ...process.argv.slice(2)], { INIT_CWD });
