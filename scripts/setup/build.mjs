import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { must, root, say } from './run.mjs';
import { hashSources } from './sources.mjs';

const marker = join(root, 'build', '.arca-built');

/** Builds the app, unless the build of exactly these sources is there already. */
export async function ensureBuild() {
	const wanted = hashSources();
	if (existsSync(marker) && readFileSync(marker, 'utf8') === wanted) return;
	say('building the app (about half a minute)');
	await must('vite', ['build'], 'The app could not be built; see above.');
	writeFileSync(marker, wanted);
}
