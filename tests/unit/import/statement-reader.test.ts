import { expect, test } from 'vitest';
import { ImportError } from '../../../src/lib/import/import-error.ts';
import { StatementDesk } from '../../../src/lib/import/statement-desk.ts';
import type { ReaderAnswer, ReaderCall, ReaderPort } from '../../../src/lib/import/statement-reader.ts';
import { StatementReader } from '../../../src/lib/import/statement-reader.ts';
import { fixtureBytes } from './bank-fixtures.ts';

/** A port to a desk in this thread that answers when told to. */
class Port implements ReaderPort {
	readonly calls: ReaderCall[] = [];
	readonly #desk = new StatementDesk();
	readonly #listeners = new Map<string, (event: MessageEvent<ReaderAnswer>) => void>();

	postMessage(call: ReaderCall): void {
		this.calls.push(structuredClone(call));
	}

	addEventListener(type: string, listener: (event: MessageEvent<ReaderAnswer>) => void): void {
		this.#listeners.set(type, listener);
	}

	terminate(): void {
		this.#listeners.clear();
	}

	answer(number: number, code?: ImportError['code']): void {
		const call = this.calls.find((each) => each.number === number);
		if (!call) throw new Error(`nothing was asked as ${number}`);
		const data: ReaderAnswer =
			code === undefined ? { number, value: this.#desk.handle(call.request) } : { number, code };
		this.#listeners.get('message')?.(new MessageEvent('message', { data: structuredClone(data) }));
	}

	fail(): void {
		this.#listeners.get('error')?.(new MessageEvent('error'));
	}
}

test('a file is opened once, then guessed and read as often as one likes', async () => {
	const port = new Port();
	const reader = new StatementReader(port);
	const opened = reader.ask({ verb: 'open', bytes: fixtureBytes('german-giro'), choices: {} });
	port.answer(1);
	const view = await opened;
	expect(view).toMatchObject({ encoding: 'windows-1252', separator: ';', preamble: 4 });
	expect('columns' in view && view.columns[0]).toEqual({ name: 'Buchungstag', example: '28.03.2024' });

	const guessed = reader.ask({ verb: 'guess', currency: 'EUR', kept: undefined });
	port.answer(2);
	const { mapping } = await guessed;
	const read = reader.ask({ verb: 'read', mapping });
	const settled = reader.ask({ verb: 'settle', currency: 'EUR', columns: { ...mapping.columns, date: 1 } });
	// Answers find their question, in whatever order they come.
	port.answer(4);
	port.answer(3);
	expect((await read).movements).toHaveLength(5);
	expect((await settled).mapping.columns.date).toBe(1);
});

test('a refusal keeps its code on the way, and a worker that fails leaves nobody waiting', async () => {
	const port = new Port();
	const reader = new StatementReader(port);
	const refused = reader.ask({ verb: 'open', bytes: new Uint8Array(), choices: {} });
	port.answer(1, 'import/empty');
	await expect(refused).rejects.toEqual(new ImportError('import/empty'));
	const waiting = [
		reader.ask({ verb: 'guess', currency: 'EUR', kept: null }),
		reader.ask({ verb: 'guess', currency: 'EUR', kept: null })
	];
	port.fail();
	for (const each of waiting) await expect(each).rejects.toThrow('import/unexpected');
});

test('nothing is read before a file is open', () => {
	expect(() => new StatementDesk().handle({ verb: 'guess', currency: 'EUR', kept: null })).toThrow(ImportError);
});
