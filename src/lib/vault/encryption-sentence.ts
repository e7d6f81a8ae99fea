import { m } from '$messages';
import { DoorError } from './session/door-error.ts';
import { doorSentence } from './session/door-sentence.ts';

/** What stands in the way of something done with the keys, as a person reads it. */
export interface EncryptionTrouble {
	readonly code: string;
	/** What happened and what to do next. */
	readonly sentence: () => string;
	/** What the server gave is not what it was: nothing was tried with it, and somebody should know. */
	readonly alarm: boolean;
}

/** A wrong password and altered keys are one code and one sentence: nothing here tells them apart. */
const sentences: Readonly<Record<string, () => string>> = {
	'access/limit': m.step_error_limit,
	'crypto/cannot-open': m.security_error_cannot_open,
	'crypto/password': m.security_error_password,
	'crypto/recovery-code': m.security_error_recovery_code,
	'keys/changed-elsewhere': m.security_error_changed_elsewhere,
	'keys/fresh-sign-in': m.security_error_fresh_sign_in,
	'keys/conflict': m.security_error_changed_elsewhere,
	'keys/layers': m.security_error_layers,
	'keys/locked': m.security_error_locked,
	'keys/outcome-unknown': m.security_error_outcome_unknown,
	'keys/not-kept': m.security_not_kept,
	'keys/not-due': m.security_error_not_due,
	'keys/no-authenticator': m.security_biometric_none,
	'keys/no-biometric': m.security_biometric_ended,
	'keys/no-prf': m.security_biometric_no_prf,
	'keys/not-verified': m.security_biometric_not_verified,
	'keys/no-pin': m.security_pin_ended,
	'keys/pin-offline': m.security_pin_offline,
	'keys/out-of-memory': m.security_error_out_of_memory,
	'keys/unavailable': m.security_error_unavailable,
	'roster/conflict': m.security_error_changed_elsewhere,
	'session/fresh-step': m.step_error_first,
	'session/second-step': m.step_error_first,
	'sync/unreachable': m.security_error_unreachable
};

const alarms: Readonly<Record<string, () => string>> = {
	'crypto/identity-changed': m.security_alarm_identity,
	'crypto/kdf-parameters': m.security_alarm_parameters,
	'crypto/no-key': m.security_alarm_no_key,
	'crypto/rolled-back': m.security_alarm_rolled_back,
	'crypto/roster': m.security_alarm_roster,
	'crypto/signature': m.security_alarm_roster,
	'keys/before-change': m.security_alarm_before_change,
	'keys/bundle': m.security_alarm_bundle,
	'keys/missing': m.security_alarm_missing,
	'keys/other-body': m.security_alarm_other_body,
	'sync/bad-answer': m.security_alarm_answer
};

/** Reads what was thrown: every error of the keys, the device, the server and the door has a stable `code`. */
export function encryptionTrouble(error: unknown): EncryptionTrouble {
	const code = codeOf(error);
	if (error instanceof DoorError) return { code, sentence: () => doorSentence(error), alarm: false };
	if (code === 'keys/wrong-pin') return { code, sentence: wrongPin(error), alarm: false };
	const alarm = alarms[code];
	return { code, sentence: alarm ?? sentences[code] ?? m.security_error_unexpected, alarm: alarm !== undefined };
}

/** A wrong PIN, with the tries that are left. */
function wrongPin(error: unknown): () => string {
	const { left } = error as { left?: unknown };
	if (typeof left !== 'number') return m.security_pin_wrong_some;
	return left === 0 ? m.security_pin_last : () => m.security_pin_wrong({ count: left });
}

function codeOf(error: unknown): string {
	const { code } = (error ?? {}) as { code?: unknown };
	return typeof code === 'string' && code.includes('/') ? code : 'keys/unexpected';
}
