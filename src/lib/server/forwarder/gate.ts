import { createCodeClaims } from './code-claims.ts';
import type { CodeClaims } from './code-claims.ts';
import { createCodeTries } from './code-tries.ts';
import type { CodeTries } from './code-tries.ts';
import { createDevices } from './known-device.ts';
import type { Devices } from './known-device.ts';
import type { Lockout } from './lockout.ts';
import { createNotices } from './notices.ts';
import type { Notices } from './notices.ts';
import { createPendingSignUps } from './pending-sign-ups.ts';
import type { PendingSignUps } from './pending-sign-ups.ts';
import { createProofs } from './recent-proof.ts';
import type { Proofs } from './recent-proof.ts';
import { createRefreshTags } from './refresh-tag.ts';
import type { RefreshTags } from './refresh-tag.ts';

/** What the forwarder remembers of sign-ins and codes; all but the lockout always in this process's memory. */
export interface Gate {
	lockout: Lockout;
	tries: CodeTries;
	claims: CodeClaims;
	devices: Devices;
	refreshTags: RefreshTags;
	proofs: Proofs;
	pending: PendingSignUps;
	notices: Notices;
}

/**
 * @param lockout what slows guessing down.
 * @param secret what device cookies and refresh tokens are signed with is derived from it.
 */
export function createGate(lockout: Lockout, secret: string): Gate {
	return {
		lockout,
		tries: createCodeTries(),
		claims: createCodeClaims(),
		devices: createDevices(secret),
		refreshTags: createRefreshTags(secret),
		proofs: createProofs(),
		pending: createPendingSignUps(),
		notices: createNotices()
	};
}
