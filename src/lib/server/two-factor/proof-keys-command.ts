import { keptRing } from '../secrets.ts';
import { readSettings } from '../settings.ts';
import { parseSystemKeys } from '../system-layer/index.ts';
import { proofKeysSql } from './proof-keys-sql.ts';
import { proofKeys } from './prover.ts';

// `npm run proof-keys`: what the operator of a Supabase project runs once in its SQL editor.
const ring = keptRing(readSettings(process.env));
if (ring === undefined) {
	console.error('arca: there are no system keys. Set ARCA_SYSTEM_KEYS as the server has it.');
	process.exit(1);
}
console.log(proofKeysSql(proofKeys(parseSystemKeys(ring))));
