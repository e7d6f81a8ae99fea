import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import { afterAll, describe, expect, test } from 'vitest';
import { SERVER_CANARY } from '../../src/lib/server/canary.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const folder = mkdtempSync(join(root, 'node_modules', '.cache-canary-'));

afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** The files under a folder that hold the canary. */
function holdersOf(built: string): string[] {
	const files = readdirSync(built, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
	return files
		.map((entry) => join(entry.parentPath, entry.name))
		.filter((path) => readFileSync(path).includes(SERVER_CANARY));
}

describe('no server code reaches the browser', () => {
	test('the built client holds no trace of lib/server, workers included', () => {
		expect(existsSync(join(root, 'build/client'))).toBe(true);
		expect(holdersOf(join(root, 'build/client'))).toEqual([]);
	});

	test('the built server does hold it, so the canary is alive', () => {
		expect(holdersOf(join(root, 'build/server')).length).toBeGreaterThan(0);
	});

	test('a worker that imports lib/server would be found', async () => {
		const server = join(root, 'src/lib/server/system-layer/index.ts');
		writeFileSync(
			join(folder, 'leak.worker.js'),
			`import { SystemLayer } from ${JSON.stringify(server)};\nself.onmessage = () => self.postMessage(new SystemLayer());\n`
		);
		writeFileSync(
			join(folder, 'page.js'),
			`export const worker = new Worker(new URL('./leak.worker.js', import.meta.url), { type: 'module' });\n`
		);
		await build({
			root: folder,
			configFile: false,
			logLevel: 'silent',
			worker: { format: 'es' },
			build: {
				outDir: join(folder, 'out'),
				lib: { entry: join(folder, 'page.js'), formats: ['es'], fileName: 'page' },
				minify: true
			}
		});
		expect(holdersOf(join(folder, 'out')).length).toBeGreaterThan(0);
	});
});
