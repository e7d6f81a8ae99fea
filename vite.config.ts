import { paraglideVitePlugin } from '@inlang/paraglide-js';
import { sveltekit } from '@sveltejs/kit/vite';
import tailwindcss from '@tailwindcss/vite';
import { SvelteKitPWA } from '@vite-pwa/sveltekit';
import { defineConfig } from 'vite';
import { cutClient } from './scripts/setup/chunks.mjs';
import { languages } from './scripts/setup/languages.mjs';
import { precache } from './scripts/setup/precache.mjs';

export default defineConfig({
	plugins: [
		tailwindcss(),
		paraglideVitePlugin(languages),
		sveltekit(),
		// Kit builds src/service-worker; this lists in it what to keep. The manifest is static/manifest.webmanifest.
		SvelteKitPWA({ strategies: 'injectManifest', manifest: false, injectRegister: false, injectManifest: precache })
	],
	worker: { format: 'es' },
	optimizeDeps: { include: ['dexie', '@supabase/auth-js'] },
	build: { target: 'es2023' },
	environments: { client: { build: { rolldownOptions: { output: cutClient() } } } },
	server: { port: 5173, strictPort: true }
});
