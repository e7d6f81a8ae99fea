/** Where the door begins: Kit's start, what is around every page, the pages of whoever is not signed in, and what they load when idle. */
const doorBegins =
	/\/client-optimized\/app\.js$|\/client\/entry\.js$|\/routes\/(\(door\)\/((sign-in|create-account|reset)\/)?)?\+[a-z]+\.(svelte|ts)$|\/UpdateBar\.svelte$/;

/**
 * How the client's code is cut into files. Each costs a request, a module to link and an entry of the service worker's
 * list, so what several pages share goes together by who shares it, down to eight kilobytes of source. What the door loads is
 * apart from all else: nobody waits at sign-in for the code of a vault.
 * @returns {Pick<import('vite').Rolldown.OutputOptions, 'codeSplitting' | 'sanitizeFileName'>}
 */
export function cutClient() {
	/** @type {string[]} */
	const roots = [];
	/** @type {Set<string> | undefined} */
	let door;
	return {
		codeSplitting: {
			groups: [
				{
					name: (id, context) => {
						door ??= reachable(roots, context);
						return door.has(id) ? 'door' : null;
					},
					test(id) {
						if (doorBegins.test(id)) roots.push(id);
						return true;
					},
					priority: 2,
					minShareCount: 2
				},
				{ name: 'vault', priority: 1, minShareCount: 2, entriesAware: true, entriesAwareMergeThreshold: 8_000 }
			]
		},
		// A group cut by its entries is named after all of them.
		sanitizeFileName: (name) => name.replace(/~.*/s, '')
	};
}

/**
 * Those modules and all they import at once; not what they import when it is used.
 * @param {string[]} roots
 * @param {import('vite').Rolldown.ChunkingContext} context
 */
function reachable(roots, context) {
	/** @type {Set<string>} */
	const found = new Set();
	const waiting = [...roots];
	for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
		if (found.has(id)) continue;
		found.add(id);
		waiting.push(...(context.getModuleInfo(id)?.importedIds ?? []));
	}
	return found;
}
