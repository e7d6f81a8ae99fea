import type { Session as AuthSession } from '@supabase/auth-js';
import { isProvider } from './provider.ts';
import type { Provider } from './provider.ts';

/** Who is signed in. */
export interface SessionUser {
	/** The account's id, a lower-case UUID. */
	readonly id: string;
	readonly email: string;
	/** The provider the account was made with, which then has a password only if one was set; null where it always has. */
	readonly provider: Provider | null;
}

/** How a session came to an end without the person asking for it here. */
export type Ending = 'ended' | 'revoked';

/** The person of a session. */
export function userOf({ user }: AuthSession): SessionUser {
	return { id: user.id, email: user.email ?? '', provider: providerOf(user.app_metadata) };
}

function providerOf(metadata: object | undefined): Provider | null {
	const { providers } = (metadata as { providers?: unknown } | undefined) ?? {};
	const names = Array.isArray(providers) ? providers.filter((name) => typeof name === 'string') : [];
	return names.includes('email') ? null : (names.find(isProvider) ?? null);
}
