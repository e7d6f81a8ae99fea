import * as v from 'valibot';
import { isShallow } from '../crypto/json-depth.ts';
import { decimalSchema, domainSchema, instantSchema, membersSchema, roleSchema, uuidSchema } from './ids.ts';

/** Whom or what a vault is about. */
export const entityKindSchema = v.picklist(
	['person', 'household', 'pet', 'company', 'property', 'vehicle'],
	'must be person, household, pet, company, property or vehicle'
);

const nameSchema = v.pipe(
	v.string('must be text'),
	v.trim(),
	v.nonEmpty('must not be empty'),
	v.maxLength(200, 'is at most 200 characters long')
);

/** Identifying fields (legal name, birth date …); they are sealed together with the name. */
const valuesSchema = v.pipe(
	membersSchema,
	v.check((values) => isShallow(values), 'is nested too deeply')
);

/** An entity as one of its members sees it; `damaged: true` where the server could not open its name. */
export const entitySchema = v.object({
	id: uuidSchema,
	kind: v.string(),
	name: v.string(),
	values: valuesSchema,
	role: roleSchema,
	domains: v.array(domainSchema),
	/** Drawn anew by a restore from a backup: what a device knows of another epoch no longer fits the server's. */
	epoch: v.string(),
	/** When the backup was made that the entity was restored from; null if it never was. */
	restoredFrom: v.nullable(instantSchema),
	rev: decimalSchema,
	/** The id of its picture, an object of the bucket `plain`; without one it has none. */
	avatar: v.optional(uuidSchema),
	damaged: v.optional(v.literal(true))
});

export const entitiesAnswerSchema = v.object({ entities: v.array(entitySchema) });

export const createEntitySchema = v.object(
	{ kind: entityKindSchema, name: nameSchema, values: v.optional(valuesSchema) },
	'must be an object'
);

/** What is left out stays as it is; `base` is the `rev` that the change was made from. An `avatar` of null takes it away. */
export const updateEntitySchema = v.object(
	{
		base: decimalSchema,
		kind: v.optional(entityKindSchema),
		name: v.optional(nameSchema),
		values: v.optional(valuesSchema),
		avatar: v.optional(v.nullable(uuidSchema))
	},
	'must be an object'
);

export type EntityKind = v.InferOutput<typeof entityKindSchema>;
export type Entity = v.InferOutput<typeof entitySchema>;
export type EntitiesAnswer = v.InferOutput<typeof entitiesAnswerSchema>;
export type CreateEntity = v.InferInput<typeof createEntitySchema>;
export type UpdateEntity = v.InferInput<typeof updateEntitySchema>;
