import adapter from '@sveltejs/adapter-node';
import { vitePreprocess } from '@sveltejs/vite-plugin-svelte';
import { hashSources } from './scripts/setup/sources.mjs';

/**
 * Two policies must both allow: this one (script hashes, Trusted Types) comes with the page, the other (connect-src, img-src
 * and the rest, which depend on the backend's origin) is added by `src/lib/server/headers.ts`; both are sent as headers.
 * Hence no default-src in either.
 * @type {import('@sveltejs/kit').Config}
 */
export default {
	preprocess: vitePreprocess(),
	kit: {
		adapter: adapter({ out: 'build', precompress: true }),
		alias: { $messages: 'src/lib/paraglide/messages.js' },
		// A cached shell is shown at any depth: with relative paths it would ask for /some/deep/_app/…
		paths: { relative: false },
		// Of the sources, not of the moment: the same sources give the same bytes.
		version: { name: hashSources().slice(0, 16), pollInterval: 0 },
		// Registered by ourselves, once the page has nothing better to do: src/routes/update.
		serviceWorker: { register: false },
		typescript: {
			config(config) {
				config.include.push('../vitest.config.ts', '../playwright.config.ts', '../scripts/**/*.ts');
			}
		},
		csp: {
			mode: 'hash',
			directives: {
				'script-src': ['self', 'wasm-unsafe-eval'],
				'style-src': ['self'],
				// Kit's route announcer is written with a style attribute; this is its hash.
				'style-src-attr': ['unsafe-hashes', 'sha256-S8qMpvofolR8Mpjy4kQvEm7m1q8clzU4dfDH0AmvZjo='],
				'worker-src': ['self'],
				'object-src': ['none'],
				'base-uri': ['none'],
				'require-trusted-types-for': ['script'],
				'trusted-types': ['svelte-trusted-html', 'default']
			}
		}
	}
};
