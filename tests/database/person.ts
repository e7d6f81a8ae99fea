import { randomUUID } from 'node:crypto';
import postgres from 'postgres';

/** A signed-in person with connections of their own to a database, as the REST interface has them. */
export interface Person {
	id: string;
	session: string;
	/** Runs `act` in one transaction, as this person. */
	as<T>(act: (sql: postgres.TransactionSql) => Promise<T>): Promise<T>;
	close(): Promise<void>;
}

/** A body that the database takes for sealed; `text` is repeated in it. */
export function bodyOf(text = 'x', length = 400): string {
	return 'AVMAAAAB' + text.repeat(length).slice(0, length - 8);
}

/** Puts a person with a session into the database at `url` (its owner's address) and connects as them. */
export async function signIn(url: string, connections = 1): Promise<Person> {
	const sql = postgres(url, { max: connections, onnotice: () => undefined });
	const [id, session] = [randomUUID(), randomUUID()];
	await sql`insert into auth.users (id, email) values (${id}, ${`${id}@example.org`})`;
	await sql`insert into auth.sessions (id, user_id, created_at) values (${session}, ${id}, now())`;
	const claims = JSON.stringify({ role: 'authenticated', sub: id, session_id: session });
	return {
		id,
		session,
		async as(act) {
			const result = await sql.begin(async (one) => {
				await one`select set_config('role', 'authenticated', true), set_config('request.jwt.claims', ${claims}, true)`;
				return act(one);
			});
			return result as Awaited<ReturnType<typeof act>>;
		},
		close: () => sql.end()
	};
}

/** Creates an entity that `person` owns; gives its id. */
export async function createEntity(person: Person, kind = 'household'): Promise<string> {
	return person.as(async (sql) => {
		const [drawn] = await sql<{ id: string }[]>`select public.draw_entity_id() as id`;
		if (!drawn) throw new Error('no id was drawn');
		await sql`select public.create_entity(${drawn.id}, ${kind}, ${bodyOf()})`;
		return drawn.id;
	});
}
