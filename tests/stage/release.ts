import { createHash } from 'node:crypto';
import type { Front } from './front.ts';

const POLICY = 'content-security-policy';
const pages = ['/', '/sign-in', '/create-account', '/reset'];

/**
 * From now on the front serves a newer build: its pages are marked with `data-build`, every page's chunk has another
 * name and is gone under the old one, and its service worker lists all of that with the right hashes.
 * @param target where the real server is
 * @param mark letters that no other release of this front has
 */
export async function release(front: Front, target: string, mark: string): Promise<void> {
	const textOf = async (path: string) => (await fetch(target + path)).text();
	const renamed = (text: string) =>
		text.replaceAll('nodes/', `nodes/${mark}-`).replaceAll('/entry/app.', `/entry/${mark}-app.`);
	const [app = ''] = /\/_app\/immutable\/entry\/app\.[\w-]+\.js/.exec(await textOf('/')) ?? [];
	const hashes = new Map([[hashOf(await textOf(app)), hashOf(renamed(await textOf(app)))]]);
	for (const path of pages) {
		const page = await textOf(path);
		const scripts = scriptHashes(page, renamed(page));
		const rehashed = (policy = '') => [...scripts].reduce((text, [old, hash]) => text.replaceAll(old, hash), policy);
		const next = rehashed(renamed(page)).replace('<html', `<html data-build="${mark}"`);
		hashes.set(hashOf(page), hashOf(next));
		front.change(path, (_, headers) => {
			headers[POLICY] = rehashed(headers[POLICY]);
			return next;
		});
	}
	front.move('/_app/immutable/nodes/', `/_app/immutable/nodes/${mark}-`);
	front.move('/_app/immutable/entry/app.', `/_app/immutable/entry/${mark}-app.`);
	front.change(renamed(app), renamed);
	front.change('/service-worker.js', (worker) => {
		for (const [old, next] of hashes) {
			if (!worker.includes(old)) throw new Error(`the service worker does not list ${old}`);
			worker = worker.replaceAll(old, next).replaceAll(`"${old.slice(0, 16)}"`, `"${next.slice(0, 16)}"`);
		}
		return renamed(worker);
	});
}

/** Hashes of the scripts that stand in a page, which its policy names, and what they are in the next one. */
function scriptHashes(page: string, next: string): Map<string, string> {
	const scripts = (html: string) =>
		[...html.matchAll(/<script>(.*?)<\/script>/gs)].map(([, text]) => hashOf(text ?? ''));
	const after = scripts(next);
	return new Map(scripts(page).map((hash, at) => [hash, after[at] ?? '']));
}

/** SHA-256 as policies and `integrity` write it, without its prefix. */
function hashOf(text: string): string {
	return createHash('sha256').update(text).digest('base64');
}
