import { installDebian } from './setup/debian.mjs';
import { ensurePackages } from './setup/packages.mjs';
import { fail, has, node, run, say } from './setup/run.mjs';

await ensurePackages();
const ARCA_OFFICE = process.env.ARCA_OFFICE ?? 'soffice';
if (!has(ARCA_OFFICE)) await installDebian(['libreoffice-calc', 'fonts-noto-core'], 'LibreOffice');
if (!has(ARCA_OFFICE)) fail('LibreOffice could not be had. Install it, or name its program in ARCA_OFFICE.');
say('opening what Arca exports in LibreOffice');
const { code } = await run(node, ['node_modules/vitest/vitest.mjs', 'run', '--project', 'office'], {
	env: { ARCA_OFFICE }
});
say('what it prints is in test-results/office, to be looked at');
process.exitCode = code;
