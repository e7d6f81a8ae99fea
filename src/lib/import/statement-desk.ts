import { tableOf } from './guess-columns.ts';
import { guessMapping } from './guess-mapping.ts';
import { ImportError } from './import-error.ts';
import type { Columns, Mapping } from './mapping.ts';
import { recallMapping } from './mapping-memory.ts';
import type { Reading } from './read-rows.ts';
import { readRows } from './read-rows.ts';
import type { ReadingChoices, Statement } from './read-statement.ts';
import { readStatement } from './read-statement.ts';
import type { MappingGuess } from './settle-mapping.ts';
import { settleMapping } from './settle-mapping.ts';
import type { StatementView } from './statement-view.ts';
import { viewOf } from './statement-view.ts';

/** What can be asked about a file; each later request is about the file opened last. */
export type DeskRequest =
	| { verb: 'open'; bytes: Uint8Array; choices: ReadingChoices }
	/** `kept` is what was remembered under the file's shape. */
	| { verb: 'guess'; currency: string; kept: unknown }
	/** The rest of a mapping for columns the person picked. */
	| { verb: 'settle'; currency: string; columns: Columns }
	| { verb: 'read'; mapping: Mapping };

export type DeskAnswer<Verb extends DeskRequest['verb']> = {
	open: StatementView;
	guess: MappingGuess;
	settle: MappingGuess;
	read: Reading;
}[Verb];

/** Keeps one statement open, so that it is split once and read as often as the person changes its mapping. */
export class StatementDesk {
	#statement: Statement | null = null;

	/** Answers a request. Throws ImportError as `readStatement` does. */
	handle(request: DeskRequest): DeskAnswer<DeskRequest['verb']> {
		if (request.verb === 'open') {
			this.#statement = readStatement(request.bytes, request.choices);
			return viewOf(this.#statement);
		}
		const statement = this.#statement;
		if (statement === null) throw new ImportError('import/no-table');
		if (request.verb === 'read') return readRows(statement, request.mapping);
		if (request.verb === 'settle')
			return settleMapping(statement, tableOf(statement), request.columns, request.currency);
		return recallMapping(statement, guessMapping(statement, request.currency), request.kept, request.currency);
	}
}
