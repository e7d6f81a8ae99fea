import type { KindRecord } from '../record-body.ts';

const text = new TextEncoder();

/**
 * The id of the record of one planned dose: the same on every device, so that two that tick off the same dose without
 * hearing of each other make one record and not two.
 *
 * HMAC-SHA-256 under the medication's seed, its first 16 bytes as a UUID of version 8 (RFC 9562). The seed is random and
 * lies in the medication's sealed body: from the ids alone nobody can tell which record is a dose of what, nor when.
 * @param plannedAt `YYYY-MM-DDTHH:MM` by the clock on the wall
 */
export async function intakeId(medication: KindRecord, plannedAt: string): Promise<string> {
	const { seed } = medication.body.meta;
	// One written without a seed, by hand or another program, has nothing secret that is the same everywhere.
	const secret = text.encode(typeof seed === 'string' && seed !== '' ? seed : medication.id);
	const key = await crypto.subtle.importKey('raw', secret, { name: 'HMAC', hash: 'SHA-256' }, false, ['sign']);
	const mac = await crypto.subtle.sign('HMAC', key, text.encode(`${medication.id} ${plannedAt}`));
	const bytes = new Uint8Array(mac, 0, 16);
	bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x80;
	bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
	const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
	return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
