import { paraglideVitePlugin } from '@inlang/paraglide-js';
import { sveltekit } from '@sveltejs/kit/vite';
import tailwindcss from '@tailwindcss/vite';
import { defineConfig } from 'vite';
import { languages } from './scripts/setup/languages.mjs';

export default defineConfig({
	plugins: [tailwindcss(), paraglideVitePlugin(languages), sveltekit()],
	worker: { format: 'es' },
	optimizeDeps: { include: ['dexie', '@supabase/auth-js'] },
	build: { target: 'es2023' },
	server: { port: 5173, strictPort: true }
});
