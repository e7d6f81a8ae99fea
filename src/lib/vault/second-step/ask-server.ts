import type { StepShown, TwoFactor } from '../../api/two-factor.ts';
import { createApiClient } from '../../sync/api-client.ts';
import type { ApiClient } from '../../sync/api-client.ts';
import { ApiError } from '../../sync/api-error.ts';
import { serverClients } from '../server-clients.ts';

/** How long whoever signs in waits to be told of a second step, in milliseconds. */
const WITHIN = 5_000;

/** The client of whoever is signed in, or by another token. */
export function stepClient(token?: () => Promise<string>): ApiClient {
	return token ? createApiClient({ accessToken: token }) : serverClients(() => null).api;
}

/**
 * How the person and a session stand to two-step verification. Throws ApiError.
 * @param token of which session; that of whoever is signed in unless said
 */
export async function readTwoFactor(token?: () => Promise<string>, signal?: AbortSignal): Promise<TwoFactor> {
	return stepClient(token).call('getTwoFactor', { tries: 1, ...(signal ? { signal } : {}) });
}

/** Whether this session has a second step to show. Where the server is not to be had, what is kept here can be read. */
export async function awaitsStep(): Promise<boolean> {
	try {
		return !(await readTwoFactor(undefined, AbortSignal.timeout(WITHIN))).done;
	} catch {
		return false;
	}
}

/**
 * Shows a code of the app, what a passkey signed, or a recovery code. Where two-step verification was turned off meanwhile,
 * there is nothing to show any more.
 * @param token of which session; that of whoever is signed in unless said
 * @throws ApiError `two-factor/wrong-code`, `two-factor/used-code`, `two-factor/wrong-passkey`, `access/locked`, `access/limit`, `sync/unreachable`
 */
export async function showStep(shown: StepShown, token?: () => Promise<string>): Promise<void> {
	const client = stepClient(token);
	try {
		if ('code' in shown) await client.call('verifyTwoFactor', { body: shown, tries: 1 });
		else if ('passkey' in shown) await client.call('verifyPasskey', { body: shown.passkey, tries: 1 });
		else await client.call('recoverTwoFactor', { body: shown, tries: 1 });
	} catch (error) {
		if (!(error instanceof ApiError) || error.code !== 'two-factor/off') throw error;
	}
}
