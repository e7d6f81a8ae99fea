import type { Arguments, Backend } from './backend.ts';
import type { Database, Statement } from './database.ts';

/** A function of the schema that is open to callers. */
interface Signature {
	types: { [argument: string]: string };
	gives: string;
}

/**
 * Calls of the schema's functions as a person, straight at the database: the same role and claims, and so the same
 * policies, as through the REST interface, at a third of the work.
 * @returns the answers' JSON texts, or the database's code of why not.
 */
export async function createFunctions(database: Database): Promise<Backend['call']> {
	const signatures = await readSignatures(database);
	return async ({ id, token }, name, each) => {
		const signature = signatures.get(name);
		if (!signature) return { code: '42883' };
		const claims = Buffer.from(token.split('.')[1] ?? '', 'base64url').toString('utf8');
		const statements = function* (): Generator<Statement> {
			yield [
				`select set_config('role', 'authenticated', true), set_config('request.jwt.claim.role', 'authenticated', true),
					set_config('request.jwt.claim.sub', $1, true), set_config('request.jwt.claims', $2, true)`,
				[id, claims]
			];
			for (const args of each) yield callOf(name, signature, args);
		};
		try {
			const [, ...answers] = await database.transaction(statements());
			const texts = answers.map(([row]) => row?.answer);
			return { texts: texts.map((text) => (signature.gives !== 'void' && typeof text === 'string' ? text : 'null')) };
		} catch (error) {
			const code = codeOf(error as { code?: unknown; message?: unknown });
			if (code !== undefined) return { code };
			throw error;
		}
	};
}

/** The code of the database's refusal. What is raised as `PGRST` has one of ours in its message, as PostgREST reads it. */
function codeOf({ code, message }: { code?: unknown; message?: unknown }): string | undefined {
	if (typeof code !== 'string' || !/^[0-9A-Z]{5}$/.test(code)) return undefined;
	const own = code === 'PGRST' ? /"code"\s*:\s*"([a-z-]+)"/.exec(String(message))?.[1] : undefined;
	return own ?? code;
}

/** The statement of one call. Its row has the answer's JSON text, meaningless where the function gives nothing. */
function callOf(name: string, { types, gives }: Signature, args: Arguments): Statement {
	const given = Object.entries(args);
	const list = given.map(([argument], index) => `${argument} => $${index + 1}::text::${types[argument]}`);
	const call = `public.${name}(${list.join(', ')})`;
	const answer = gives === 'void' ? `${call} is null` : `to_json(${call})`;
	return [`select (${answer})::text as answer`, given.map(([, value]) => asText(value))];
}

function asText(value: unknown): string | null {
	if (value === null || value === undefined) return null;
	return typeof value === 'string' ? value : JSON.stringify(value);
}

async function readSignatures(database: Database): Promise<Map<string, Signature>> {
	const [rows = []] = await database.transaction([
		[
			`select p.proname as name, format_type(p.prorettype, null) as gives, coalesce((
				select json_object_agg(p.proargnames[i], format_type(t, null))
				from unnest(p.proargtypes::oid[]) with ordinality as x (t, i)
			), '{}')::text as types
			from pg_proc p where p.pronamespace = 'public'::regnamespace and not p.proretset
				and has_function_privilege('authenticated', p.oid, 'execute')`,
			[]
		]
	]);
	return new Map(
		rows.map(({ name, gives, types }) => {
			const signature = { types: JSON.parse(String(types)) as { [argument: string]: string }, gives: String(gives) };
			return [String(name), signature];
		})
	);
}
