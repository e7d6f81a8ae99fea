import type { DatabaseFunction, Table } from './catalog.ts';
import type { Client } from './client.ts';

/** One request to the REST interface. */
export interface DirectRequest {
	/** The table or function that it is about, with its schema. */
	subject: string;
	name: string;
	send: (token: string | undefined) => Promise<Response>;
}

/**
 * Every request that PostgREST knows about a table, and every call of a function, in every schema.
 * @param plausible a value for a column or an argument of that name and type
 */
export function everyRequest(
	client: Client,
	tables: Table[],
	functions: DatabaseFunction[],
	plausible: (name: string, type: string) => unknown
): DirectRequest[] {
	const ofTables = tables.flatMap(({ schema, name, columns }) => {
		const body = Object.fromEntries(columns.map((column) => [column.name, plausible(column.name, column.type)]));
		const first = columns[0]?.name ?? '';
		const path = `/supabase/rest/v1/${name}`;
		const every = `${path}?${first}=not.is.null`;
		const headers = { prefer: 'return=representation', ...profile(schema) };
		const merge = { ...headers, prefer: 'return=representation,resolution=merge-duplicates' };
		const ask = (verb: string, method: string, where: string, rest: object): DirectRequest => ({
			subject: `${schema}.${name}`,
			name: `${verb} ${schema}.${name}`,
			send: (token) => client.ask(method, where, { token, headers, ...rest })
		});
		return [
			ask('GET', 'GET', `${path}?select=*`, {}),
			ask('HEAD', 'HEAD', path, { headers: { ...headers, prefer: 'count=exact' } }),
			ask('POST', 'POST', path, { body }),
			ask('upsert', 'POST', path, { headers: merge, body }),
			ask('PUT', 'PUT', `${path}?${first}=eq.${String(body[first])}`, { body }),
			ask('PATCH', 'PATCH', every, { body }),
			ask('DELETE', 'DELETE', every, {})
		];
	});
	const ofFunctions = functions.flatMap(({ schema, name, args }): DirectRequest[] => {
		const path = `/supabase/rest/v1/rpc/${name}`;
		const body = Object.fromEntries(args.map((argument) => [argument.name, plausible(argument.name, argument.type)]));
		const query = new URLSearchParams(
			Object.entries(body).map(([key, value]) => [key, typeof value === 'string' ? value : JSON.stringify(value)])
		);
		const headers = profile(schema);
		const subject = `${schema}.${name}()`;
		return [
			{ subject, name: `call ${subject}`, send: (token) => client.ask('POST', path, { token, headers, body }) },
			{
				subject,
				name: `GET ${subject}`,
				send: (token) => client.ask('GET', `${path}?${query.toString()}`, { token, headers })
			}
		];
	});
	return [...ofTables, ...ofFunctions];
}

function profile(schema: string): { [name: string]: string } {
	return schema === 'public' ? {} : { 'accept-profile': schema, 'content-profile': schema };
}
