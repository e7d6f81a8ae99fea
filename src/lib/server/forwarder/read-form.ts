import * as v from 'valibot';
import { readJson } from '../http/read-body.ts';
import type { Visit } from './visit.ts';

/** E-mail as accounts are known by: trimmed, lower case. */
export const emailSchema = v.pipe(v.string(), v.trim(), v.toLowerCase(), v.maxLength(254), v.email());

/**
 * A password as bcrypt can take it: it looks at 72 bytes and no further, so a longer one must not seem to count.
 */
export const passwordSchema = v.pipe(
	v.string(),
	v.check((text) => Buffer.byteLength(text) <= 72)
);

/** The fields of a small JSON body, or undefined when they do not fit. */
export async function readForm<S extends v.GenericSchema>(
	{ request }: Visit,
	schema: S
): Promise<v.InferOutput<S> | undefined> {
	const { value } = await readJson(request, 16 * 1024);
	const checked = v.safeParse(schema, value);
	return checked.success ? checked.output : undefined;
}
