import { fileURLToPath } from 'node:url';

/**
 * How the sentences of messages/ become src/lib/paraglide; the build and the checks compile them alike.
 * @type {import('@inlang/paraglide-js').CompilerOptions}
 */
export const languages = {
	project: './project.inlang',
	outdir: './src/lib/paraglide',
	emitTsDeclarations: true,
	strategy: ['localStorage', 'preferredLanguage', 'baseLocale']
};

/** Compiles the sentences, for what runs before any build has. */
export async function compileLanguages() {
	const { compile } = await import('@inlang/paraglide-js');
	process.chdir(fileURLToPath(new URL('../..', import.meta.url)));
	await compile(languages);
}
