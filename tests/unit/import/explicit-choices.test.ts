import { expect, test } from 'vitest';
import { ExplicitChoices } from '../../../src/lib/import/explicit-choices.ts';
import { StatementReader } from '../../../src/lib/import/statement-reader.ts';
import type { ReaderAnswer, ReaderPort } from '../../../src/lib/import/statement-reader.ts';
import { StatementDesk } from '../../../src/lib/import/statement-desk.ts';
import { readText } from './read-text.ts';
import { StatementFile } from '../../../src/routes/(vault)/[entity=uuid]/import/statement-file.svelte.ts';

const text =
	'Date,Valued,Payee,Amount,Other\n03/04/2024,03/04/2024,Shop,1.250,2.250\n05/04/2024,05/04/2024,Bar,3.000,4.000\n';

test('what the person said stands over any guess, and what it answers is not asked', () => {
	const choices = new ExplicitChoices();
	const { mapping, questions } = readText(text);
	expect(questions).toEqual(['date-order', 'decimal', 'direction']);
	choices.note({ decimal: ',', unsigned: 'out' });
	choices.note({ currency: 'USD', columns: mapping.columns });
	const over = choices.over({ mapping, questions, dateSample: '03/04/2024' });
	expect(over.mapping).toEqual({ ...mapping, decimal: ',', unsigned: 'out', currency: 'USD' });
	expect(over.questions).toEqual(['date-order']);
	choices.clear();
	expect(choices.over({ mapping, questions, dateSample: null }).mapping).toEqual(mapping);
});

/** A reader that answers at once from its own desk, as the worker does. */
function reader(): StatementReader {
	const desk = new StatementDesk();
	let hear: (event: MessageEvent<ReaderAnswer>) => void = () => undefined;
	const port = {
		postMessage: ({ number, request }) => {
			const value = desk.handle(request);
			queueMicrotask(() => hear({ data: { number, value } } as MessageEvent<ReaderAnswer>));
		},
		addEventListener: (type: string, listener: never) => {
			if (type === 'message') hear = listener;
		},
		terminate: () => undefined
	} satisfies ReaderPort;
	return new StatementReader(port);
}

test('picking another column of dates or amounts keeps what the person chose before', async () => {
	const file = new StatementFile(reader());
	await file.read(new File([text], 'jan.csv'));
	const { mapping, questions } = readText(text);
	Object.assign(file, { mapping, questions });
	await file.change({ dateOrder: 'dmy' }, 'date-order');
	await file.change({ decimal: ',' }, 'decimal');
	await file.change({ unsigned: 'out' }, 'direction');
	await file.change({ currency: 'USD' });
	await file.change({ columns: { ...mapping.columns, date: 1, amount: 4 } });
	expect(file.mapping).toMatchObject({ dateOrder: 'dmy', decimal: ',', unsigned: 'out', currency: 'USD' });
	expect(file.mapping?.columns).toMatchObject({ date: 1, amount: 4 });
	expect(file.questions).toEqual([]);
	expect(file.reading?.movements.map(({ money }) => money)).toEqual([
		{ minor: -225_000, currency: 'USD' },
		{ minor: -400_000, currency: 'USD' }
	]);
});

test('what was said of one file is not said of the next', async () => {
	const file = new StatementFile(reader());
	await file.read(new File([text], 'jan.csv'));
	const { mapping, questions } = readText(text);
	Object.assign(file, { mapping, questions });
	await file.change({ currency: 'USD' });
	await file.read(new File([text], 'feb.csv'));
	Object.assign(file, { mapping, questions });
	await file.change({ columns: { ...mapping.columns, amount: 4 } });
	expect(file.mapping?.currency).toBe('EUR');
});
