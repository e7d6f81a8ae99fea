/** What is used of JSON Schema in the description. */
export interface JsonSchema {
	type?: string;
	/** One of these; with `null` among them, null is a good value. */
	anyOf?: JsonSchema[];
	properties?: { [name: string]: JsonSchema };
	required?: string[];
	items?: JsonSchema;
	enum?: unknown[];
	pattern?: string;
	minimum?: number;
	maximum?: number;
	maxLength?: number;
	minItems?: number;
	maxItems?: number;
	minProperties?: number;
	additionalProperties?: JsonSchema | boolean;
	propertyNames?: JsonSchema;
}

/** One way to spoil a good body. */
export interface BadInput {
	name: string;
	/** The field that is then wrong. */
	pointer: string;
	apply(body: object): object;
}

const wrongTypes: { [type: string]: unknown[] } = {
	string: [null, 7, true, [], {}],
	integer: [null, '7', 1.5, [], {}, 1e300],
	number: [null, '7', [], {}],
	object: [null, 7, 'x', []],
	array: [null, 7, 'x', {}]
};

/** Every way of being wrong that the schema itself tells: of type, missing, out of range, not of the pattern or list. */
export function badInputs(schema: JsonSchema, example: unknown, path: string[] = []): BadInput[] {
	const here = (value: unknown): BadInput => ({
		name: `${['', ...path].join('/')} = ${JSON.stringify(value)?.slice(0, 40)}`,
		pointer: ['#', ...path].join('/'),
		apply: (body) => replaced(body, path, value) as object
	});
	const bad = valuesAgainst(schema).map(here);
	for (const [name, inner] of Object.entries(schema.properties ?? {})) {
		const value = (example as { [name: string]: unknown } | undefined)?.[name];
		bad.push(...badInputs(inner, value, [...path, name]));
		if (schema.required?.includes(name))
			bad.push({
				...here(undefined),
				name: `no ${[...path, name].join('/')}`,
				pointer: ['#', ...path, name].join('/'),
				apply: (body) => replaced(body, [...path, name], undefined) as object
			});
	}
	if (schema.items && Array.isArray(example) && example.length > 0)
		bad.push(...badInputs(schema.items, example[0], [...path, '0']));
	return bad;
}

function valuesAgainst(schema: JsonSchema): unknown[] {
	const [one, none] = schema.anyOf ?? [];
	if (one && none?.type === 'null') return valuesAgainst(one).filter((value) => value !== null);
	const type = schema.type ?? (schema.enum ? 'string' : 'object');
	return [
		...(wrongTypes[type] ?? []),
		...(schema.pattern ? ['', 'not of the pattern!', '../..', '\u0000'] : []),
		...(schema.enum ? ['none of these', ''] : []),
		...(schema.minimum === undefined ? [] : [schema.minimum - 1]),
		...(schema.maximum === undefined ? [] : [schema.maximum + 1]),
		...(schema.maxLength === undefined ? [] : ['x'.repeat(schema.maxLength + 1)]),
		...(schema.minItems ? [[]] : []),
		...(schema.minProperties ? [{}] : []),
		...(schema.propertyNames ? [{ 'none of these': '0' }] : [])
	];
}

function replaced(value: unknown, [name, ...rest]: string[], by: unknown): unknown {
	if (name === undefined) return by;
	if (Array.isArray(value))
		return value.map((item: unknown, index) => (String(index) === name ? replaced(item, rest, by) : item));
	const object = value as { [name: string]: unknown } | undefined;
	return { ...object, [name]: replaced(object?.[name], rest, by) };
}
