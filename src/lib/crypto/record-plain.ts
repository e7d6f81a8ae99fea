import { CryptoError } from './crypto-error.ts';
import { isShallow } from './json-depth.ts';
import { unpadText } from './padded-text.ts';
import { fromUtf8 } from './utf8.ts';

/** What is inside every sealed record. Members that are not named here belong to newer clients and are kept. */
export interface RecordPlain {
	kind: string;
	version: number;
	values: Record<string, unknown>;
	meta: { at: string; deleted?: true; [more: string]: unknown };
	[more: string]: unknown;
}

/**
 * The record inside a plain that has the system layer only.
 * @throws CryptoError `crypto/cannot-open` when the bytes are not the padded JSON of a record.
 */
export function readSystemPlain(plain: Uint8Array): RecordPlain {
	const record = parseRecord(unpadText(plain));
	if (!record) throw new CryptoError('crypto/cannot-open');
	return record;
}

/**
 * A record's JSON, as it is signed and sealed.
 * @throws CryptoError `crypto/input` where it is no record: sealed, nobody would read it
 */
export function recordJson(record: unknown): string {
	if (!isRecordPlain(record)) throw new CryptoError('crypto/input');
	return JSON.stringify(record);
}

/** The record that the content of a body is the JSON of, in UTF-8; undefined where it is none, and nothing is shown. */
export function readRecord(content: Uint8Array): RecordPlain | undefined {
	try {
		return parseRecord(fromUtf8(content));
	} catch {
		return undefined;
	}
}

/** The record that a text is the JSON of, or undefined if it is none. */
function parseRecord(text: string): RecordPlain | undefined {
	let value: unknown;
	try {
		value = JSON.parse(text);
	} catch {
		return undefined;
	}
	return isRecordPlain(value) ? value : undefined;
}

/**
 * Whether a JSON value is a record: `kind` a text that is not empty, `version` a whole number from 1, `values` and
 * `meta` objects, `meta.at` a time as RFC 3339 writes it in UTC, `meta.deleted` true where it stands, all of it nested no
 * deeper than `isShallow` says. To be asked before a record is sealed, for one that is not would be sealed and then not
 * be read.
 */
export function isRecordPlain(value: unknown): value is RecordPlain {
	if (!isObject(value) || !isShallow(value)) return false;
	const { kind, version, values, meta } = value;
	if (typeof kind !== 'string' || kind === '') return false;
	if (typeof version !== 'number' || !Number.isSafeInteger(version) || version < 1) return false;
	if (!isObject(values) || !isObject(meta)) return false;
	return isUtcTime(meta.at) && (meta.deleted === undefined || meta.deleted === true);
}

function isObject(value: unknown): value is Record<string, unknown> {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

const utcTime = /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])T(?:[01]\d|2[0-3]):[0-5]\d:(?:[0-5]\d|60)(?:\.\d+)?Z$/;

/** Whether a value is a time as RFC 3339 writes it in UTC, with a `Z`. */
export function isUtcTime(text: unknown): text is string {
	if (typeof text !== 'string' || !utcTime.test(text)) return false;
	return Number(text.slice(8, 10)) <= daysInMonth(Number(text.slice(0, 4)), Number(text.slice(5, 7)));
}

function daysInMonth(year: number, month: number): number {
	if (month !== 2) return [4, 6, 9, 11].includes(month) ? 30 : 31;
	return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28;
}
