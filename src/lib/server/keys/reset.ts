import type { KeysReset } from '../../api/keys.ts';
import type { Arca } from '../arca.ts';
import type { Person } from '../backend/backend.ts';
import { callFunction } from '../backend/call-function.ts';
import { writeTo } from './write-to.ts';

/**
 * Asks to replace the keys without the encryption password, and tells the person by mail where mail is set up. Asked
 * again it is the same one, and no second letter.
 * @throws Refusal `keys/none` without user encryption.
 */
export async function askReset(server: Arca, person: Person): Promise<KeysReset> {
	const { is_new: isNew, ...reset } = (await callFunction(
		server.backend,
		person,
		'ask_reset',
		{},
		{
			PT404: 'keys/none'
		}
	)) as KeysReset & { is_new: boolean };
	if (isNew) writeTo(server, person, (letters, to) => letters.resetAsked(to, reset.due));
	return reset;
}
