import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** How long a code works, in milliseconds; the server's own setting is the same. */
const LIFETIME = 10 * 60 * 1000;

const [email] = process.argv.slice(2);
if (!email) {
	console.error('Whose code? npm run reset-code -- EMAIL');
	process.exit(2);
}
const code = newestCode(email.trim().toLowerCase());
if (code) {
	console.log(code);
} else {
	console.error(`There is no code for ${email} that still works. Ask for one on the sign-in page.`);
	process.exitCode = 1;
}

/** The newest code kept for this address by a server without mail; they lie among the secrets, for their owner alone. */
function newestCode(address) {
	const keys = process.env.ARCA_KEYS || join(process.env.ARCA_DATA || '.arca', 'keys');
	const folder = resolve(keys, 'mail');
	let names;
	try {
		names = readdirSync(folder);
	} catch {
		return undefined;
	}
	const sent = (name) => Number(name.split('-')[0]);
	for (const name of names.sort((a, b) => sent(b) - sent(a))) {
		if (Date.now() - sent(name) > LIFETIME) return undefined;
		const message = JSON.parse(readFileSync(join(folder, name), 'utf8'));
		if (message.to.toLowerCase() === address) return /\b\d{6}\b/.exec(message.text)?.[0];
	}
	return undefined;
}
