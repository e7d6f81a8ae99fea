import * as v from 'valibot';

export const healthSchema = v.object({
	status: v.literal('ok'),
	version: v.string(),
	build: v.string(),
	backend: v.picklist(['embedded', 'postgres', 'supabase'])
});

/** What the browser must know before anybody has signed in. */
export const configSchema = v.object({
	/** Where sign-in and storage are: a path of this origin (embedded) or another origin. */
	supabaseUrl: v.string(),
	publishableKey: v.string(),
	/** Ways to sign in that are set up: `password` and the names of OAuth providers. */
	providers: v.array(v.string()),
	/** Whether codes reach people by mail; if not, the owner of the machine reads them out. */
	mail: v.boolean(),
	/** Whether the backend tells devices of changes as they are made; an older server says nothing of it. */
	realtime: v.optional(v.boolean(), false),
	limits: v.object({
		changes: v.number(),
		pushBytes: v.number(),
		rows: v.number(),
		passwordLength: v.number()
	})
});

export type Health = v.InferOutput<typeof healthSchema>;
export type Config = v.InferOutput<typeof configSchema>;
