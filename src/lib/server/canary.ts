/** Text that stands in no code a browser is given: a test searches the built client for it. */
export const SERVER_CANARY = 'arca-server-only-7c1f4e';

// At the top level, so that no bundler drops it from a chunk that any importing module went into.
if ('document' in globalThis || 'importScripts' in globalThis)
	throw new Error(`${SERVER_CANARY}: a browser was given the server's code`);
