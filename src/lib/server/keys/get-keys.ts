import type { KeysAnswer, NoKeys } from '../../api/keys.ts';
import type { Arca } from '../arca.ts';
import type { Person } from '../backend/backend.ts';
import { callFunction } from '../backend/call-function.ts';
import { keysOf } from './keys-row.ts';
import type { KeysRow } from './keys-row.ts';

/**
 * The person's keys: the current ones, `{version: 0}` where user encryption is off, or an earlier version that is kept
 * aside.
 * @throws Refusal `keys/none` when there is no such version.
 */
export async function getKeys(
	{ backend }: Pick<Arca, 'backend'>,
	person: Person,
	{ version }: { version?: string | undefined }
): Promise<KeysAnswer | NoKeys> {
	const args = { version: version ?? null };
	const row = (await callFunction(backend, person, 'get_keys', args, { PT404: 'keys/none' })) as KeysRow | null;
	return row ? keysOf(row) : { version: 0 };
}
