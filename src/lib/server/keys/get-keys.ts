import type { KeysAnswer } from '../../api/keys.ts';
import type { Arca } from '../arca.ts';
import type { Person } from '../backend/backend.ts';
import { callFunction } from '../backend/call-function.ts';
import { keysOf } from './keys-row.ts';
import type { KeysRow } from './keys-row.ts';

/**
 * The person's keys: the current ones, or an earlier version that is kept aside.
 * @throws Refusal `keys/none` when user encryption is off or there is no such version.
 */
export async function getKeys(
	{ backend }: Pick<Arca, 'backend'>,
	person: Person,
	{ version }: { version?: string | undefined }
): Promise<KeysAnswer> {
	const args = { version: version ?? null };
	return keysOf((await callFunction(backend, person, 'get_keys', args, { PT404: 'keys/none' })) as KeysRow);
}
