import type { Passkey } from '../../api/passkeys.ts';
import type { TwoFactor } from '../../api/two-factor.ts';
import type { Arca } from '../arca.ts';
import type { Person } from '../backend/backend.ts';
import { callFunction } from '../backend/call-function.ts';
import { Refusal, refuse } from '../http/refusal.ts';

/** What the database's function says. */
interface Row {
	available: boolean;
	since: string | null;
	done: boolean;
	/** Whether this session showed one in the last five minutes. */
	fresh: boolean;
	wait: number;
	/** The highest of a secret that is there, 0 without one. */
	version: number;
	codes: number | null;
	app: boolean;
	passkeys: number;
	named: (Omit<Passkey, 'used'> & { used: string | null })[] | null;
}

/** How a person and this session stand to their second step. */
export async function readState({ backend, prover }: Arca, person: Person): Promise<Row> {
	return (await callFunction(backend, person, 'get_two_factor', { kid: String(prover.kid) })) as Row;
}

/** The same as it is answered. */
export async function getTwoFactor(server: Arca, person: Person): Promise<TwoFactor> {
	const { available, since, done, wait, codes, app, passkeys, named } = await readState(server, person);
	return {
		...{ available, on: since !== null, done, wait, app, passkeys },
		...(named === null
			? {}
			: { named: named.map(({ used, ...rest }) => ({ ...rest, ...(used === null ? {} : { used }) })) }),
		...(since === null ? {} : { since }),
		...(codes === null || since === null ? {} : { codes })
	};
}

/** @throws Refusal `session/second-step` where this session has its second step still to show. */
export async function requireStep(server: Arca, person: Person): Promise<void> {
	if (!(await readState(server, person)).done) throw refuse('session/second-step');
}

/**
 * Which step this session must show before an act that may do harm for good: its second, or one of the last five minutes.
 * @returns null for none; also where the session does not stand, of which the backend tells.
 */
export async function stepNeeded(server: Arca, person: Person): Promise<'second' | 'fresh' | null> {
	try {
		const { since, done, fresh } = await readState(server, person);
		if (!done) return 'second';
		return since !== null && !fresh ? 'fresh' : null;
	} catch (error) {
		if (error instanceof Refusal && error.problem.status === 401) return null;
		throw error;
	}
}
