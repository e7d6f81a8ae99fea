import { existsSync } from 'node:fs';
import { ensureBuild } from './setup/build.mjs';
import { installDebian } from './setup/debian.mjs';
import { ensurePackages } from './setup/packages.mjs';
import { fail, has, node, run, say } from './setup/run.mjs';

/** Where Debian puts them; each can be named by the variable of the environment instead. */
const programs = {
	ARCA_FIREFOX: '/usr/bin/firefox-esr',
	ARCA_WEBKIT_DRIVER: '/usr/bin/WebKitWebDriver',
	ARCA_MINIBROWSER: '/usr/lib/x86_64-linux-gnu/webkit2gtk-4.1/MiniBrowser'
};

await ensurePackages();
const env = Object.fromEntries(Object.entries(programs).map(([name, path]) => [name, process.env[name] ?? path]));
const ready = () => Object.values(env).every((path) => existsSync(path)) && has('xvfb-run');
if (!ready()) await installDebian(['firefox-esr', 'webkit2gtk-driver', 'xvfb', 'xauth'], 'Firefox and WebKit');
if (!ready())
	fail(`Firefox, WebKit or Xvfb could not be had. Install them, or name them in ${Object.keys(env).join(', ')}.`);
await ensureBuild();
say('walking in Firefox and in WebKit');
process.exitCode = (await run(node, ['tests/browsers/run.ts'], { env })).code;
