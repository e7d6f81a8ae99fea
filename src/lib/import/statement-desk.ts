import { decodeText } from './decode-text.ts';
import { tableOf } from './guess-columns.ts';
import { guessMapping } from './guess-mapping.ts';
import { ImportError } from './import-error.ts';
import type { Ledger } from './ledger/ledger.ts';
import type { LedgerChoices } from './ledger/ledger-choices.ts';
import { readChoices } from './ledger/ledger-choices.ts';
import type { LedgerReading, LedgerView } from './ledger/ledger-view.ts';
import { readLedger, viewOfLedger } from './ledger/ledger-view.ts';
import { ledgerFormatOf, openLedger } from './ledger/open-ledger.ts';
import { LIMITS } from './limits.ts';
import type { Columns, Mapping } from './mapping.ts';
import { recallMapping } from './mapping-memory.ts';
import type { Reading } from './read-rows.ts';
import { readRows } from './read-rows.ts';
import type { ReadingChoices, Statement } from './read-statement.ts';
import { readTable } from './read-statement.ts';
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
	| { verb: 'read'; mapping: Mapping }
	/** Of a ledger; `currencies` has one for each of its accounts, `kept` is what was remembered of them. */
	| { verb: 'read-ledger'; currencies: string[]; said: Partial<LedgerChoices>; kept: unknown };

export type DeskAnswer<Verb extends DeskRequest['verb']> = {
	open: StatementView | LedgerView;
	guess: MappingGuess;
	settle: MappingGuess;
	read: Reading;
	'read-ledger': LedgerReading;
}[Verb];

/** Keeps one file open, so that it is taken apart once and read as often as the person changes how. */
export class StatementDesk {
	#statement: Statement | null = null;
	#ledger: Ledger | null = null;

	/** Answers a request. Throws ImportError as `readStatement` and `openLedger` do. */
	handle(request: DeskRequest): DeskAnswer<DeskRequest['verb']> {
		if (request.verb === 'open') return this.#open(request.bytes, request.choices);
		if (request.verb === 'read-ledger') {
			if (this.#ledger === null) throw new ImportError('import/no-statement');
			return readLedger(this.#ledger, request.currencies, request.said, readChoices(request.kept));
		}
		const statement = this.#statement;
		if (statement === null) throw new ImportError('import/no-table');
		if (request.verb === 'read') return readRows(statement, request.mapping);
		if (request.verb === 'settle')
			return settleMapping(statement, tableOf(statement), request.columns, request.currency);
		return recallMapping(statement, guessMapping(statement, request.currency), request.kept, request.currency);
	}

	#open(bytes: Uint8Array, choices: ReadingChoices): StatementView | LedgerView {
		this.#statement = this.#ledger = null;
		if (bytes.length > LIMITS.bytes) throw new ImportError('import/too-large');
		const decoded = decodeText(bytes, choices.encoding);
		const format = ledgerFormatOf(decoded.text);
		if (format === null) {
			this.#statement = readTable(decoded, choices);
			return viewOf(this.#statement);
		}
		this.#ledger = openLedger(format, decoded);
		return viewOfLedger(this.#ledger);
	}
}
