import * as v from 'valibot';
import { bytesSchema, wholeSchema } from './bytes.ts';
import { domainSchema, uuidSchema } from './ids.ts';

/** The most parts a content may have; they are numbered with four digits. */
export const MOST_PARTS = 10_000;
/** The most bytes of a part as a browser sends it: 4 MiB, and what a user layer adds (`sealedPartSize`). */
export const MOST_PART_BYTES = 4 * 1024 * 1024 + 9 + 16 * 16;

/** A content to open: `file` is the record that will name it. */
export const openContentSchema = v.object(
	{
		entity: uuidSchema,
		domain: domainSchema,
		file: uuidSchema,
		/** It takes the place of one that was sealed before the domain's key of now: 409 while another device does that. */
		renews: v.optional(v.boolean('must be true or false'))
	},
	'must be an object'
);

export const openedContentSchema = v.object({ id: uuidSchema });

/** Contents in use that were sealed before the domain's key of now: for each the record of its file. */
export const staleContentsQuerySchema = v.object({ entity: uuidSchema, domain: domainSchema });
export const staleContentsSchema = v.object({ contents: v.array(v.object({ id: uuidSchema, file: uuidSchema })) });

export const oneContent = v.object({ id: uuidSchema });

/** A part of a content, counted from 0. */
export const onePart = v.object({
	id: uuidSchema,
	n: v.pipe(v.string(), v.regex(/^(?:0|[1-9][0-9]{0,3})$/, 'must be a number from 0 to 9999'))
});

/** The parts that storage holds; `complete`: no more are taken. */
export const contentAnswerSchema = v.object({ parts: v.array(v.number()), complete: v.boolean() });

/** What is stored of the part now. With `hash` it was there before: SHA-256 of it as it came then, whatever came now. */
export const partAnswerSchema = v.object({ part: v.number(), size: v.number(), hash: v.optional(bytesSchema(32)) });

export const completeContentSchema = v.object(
	{
		parts: wholeSchema(1, MOST_PARTS),
		/** Bytes of the file. */
		bytes: wholeSchema(0, MOST_PARTS * 4 * 1024 * 1024)
	},
	'must be an object'
);

export type PartAnswer = v.InferOutput<typeof partAnswerSchema>;
export type ContentAnswer = v.InferOutput<typeof contentAnswerSchema>;
