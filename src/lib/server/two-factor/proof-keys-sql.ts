import type { ProofKey } from './prover.ts';

/** The SQL that gives a database the keys of the server's proofs; those of before are worth nothing any more. */
export function proofKeysSql(keys: readonly ProofKey[]): string {
	const rows = keys.map(({ purpose, kid, key }) => `('${purpose}', ${kid}, decode('${key.toString('hex')}', 'hex'))`);
	const kids = [...new Set(keys.map(({ kid }) => kid))];
	return [
		`delete from app_private.mac_keys where kid not in (${kids.join(', ')});`,
		`insert into app_private.mac_keys (purpose, kid, key) values\n\t${rows.join(',\n\t')}`,
		'on conflict (purpose, kid) do update set key = excluded.key;'
	].join('\n');
}
