import { expect, test } from '../stage/browser-test.ts';
import { beginImport, choose, press, undo } from './importer.ts';

const csv = `Date,Payee,Amount
2024-01-15,"Corner Grocery & Delicatessen, High Street",-42.17
2024-01-16,City Bus,-1.50
2024-01-16,City Bus,-1.50
2024-01-25,Employer,2500.00
`;
/** The same account by OFX: booked a day later, names in capitals and cut off, and one movement more. */
const entry = (day: string, amount: string, id: string, name: string) =>
	`<STMTTRN><TRNTYPE>OTHER<DTPOSTED>${day}120000[-5:EST]<TRNAMT>${amount}<FITID>${id}<NAME>${name}</STMTTRN>`;
const ofx = `OFXHEADER:100
DATA:OFXSGML
<OFX><BANKMSGSRSV1><STMTTRNRS><STMTRS><CURDEF>EUR<BANKACCTFROM><BANKID>1<ACCTID>0418450200051332<ACCTTYPE>CHECKING</BANKACCTFROM><BANKTRANLIST>
${entry('20240116', '-42.17', 'F1', 'CORNER GROCERY &amp; DELICATESSEN')}
${entry('20240116', '-1.50', 'F2', 'City Bus')}
${entry('20240117', '-1.50', 'F3', 'CITY BUS')}
${entry('20240125', '2500.00', 'F4', 'Employer')}
${entry('20240128', '-9.00', 'F5', 'Bookshop')}
</BANKTRANLIST></STMTRS></STMTTRNRS></BANKMSGSRSV1></OFX>
`;
const qif = `!Type:Bank
D2024-01-15
T-42.17
PCorner Grocery
LFood:Groceries
^
D2024-01-16
T-1.50
PCity Bus
^
D2024-01-16
T-1.50
PCity Bus
^
D2024-01-28
T-9.00
PBookshop
^
D2024-01-29
T-3.00
PBakery
LFood:Groceries
^
`;

test('the same movements as CSV, OFX and QIF come in once, doubtful ones are asked about, and each import is undone', async ({
	page
}) => {
	await beginImport(page);
	await choose(page, 'january.csv', csv);
	await press(page, 'Continue');
	await press(page, 'Import');
	await expect(page.getByText('4 movements imported')).toBeVisible();

	await press(page, 'Import another file');
	await choose(page, 'january.ofx', ofx);
	await expect(page.getByText('Columns and formats')).toHaveCount(0);
	await press(page, 'Continue');
	await expect(page.getByText('1 new movement to import')).toBeVisible();
	await expect(page.getByText('2 are here already')).toBeVisible();
	await expect(page.getByRole('checkbox', { name: 'Import this one too' })).toHaveCount(2);
	await expect(page.getByText('You have: Corner Grocery & Delicatessen, High Street, 15 Jan 2024')).toBeVisible();
	await press(page, 'Import');
	await expect(page.getByText('1 movement imported')).toBeVisible();

	// A wrong extension is no matter: what stands in the file tells.
	await press(page, 'Import another file');
	await choose(page, 'january.txt', qif);
	await press(page, 'Continue');
	await expect(page.getByText('1 new movement to import')).toBeVisible();
	await expect(page.getByText('3 are here already')).toBeVisible();
	await expect(page.getByRole('checkbox', { name: 'Import this one too' })).toHaveCount(1);
	await press(page, 'Import');
	await expect(page.getByText('1 movement imported')).toBeVisible();

	await press(page, 'Import another file');
	const past = page.getByRole('region', { name: 'Earlier imports' });
	for (const [name, format] of [
		['january.txt', 'QIF'],
		['january.ofx', 'OFX'],
		['january.csv', 'CSV']
	] as const) {
		const line = past.getByRole('listitem').filter({ hasText: name });
		await expect(line).toContainText(format);
		await line.getByRole('button', { name: /^Undo this import/ }).click();
		await page.getByRole('alertdialog').getByRole('button', { name: 'Undo this import' }).click();
		await expect(line).toHaveCount(0);
	}
	await choose(page, 'january.ofx', ofx);
	await press(page, 'Continue');
	await expect(page.getByText('5 new movements to import')).toBeVisible();
});

test('accounts are added from a file of several, one is left out, and the next file finds them by itself', async ({
	page
}) => {
	const { api, entity } = await beginImport(page, false);
	await choose(page, 'several-accounts.qfx');
	await expect(page.getByText('No movements to import.')).toBeVisible();
	const first = page.getByRole('region', { name: 'Prairie CU •••• 1111' });
	await expect(first.getByLabel('Currency')).toHaveValue('CAD');
	await first.getByRole('textbox', { name: 'Name' }).fill('Chequing');
	await first.getByRole('button', { name: 'Add account' }).click();
	const card = page.getByRole('region', { name: 'Prairie CU •••• 1234' });
	await card.getByLabel('Account for').selectOption({ label: 'Leave these out' });
	await press(page, 'Continue');
	await expect(page.getByText('4 new movements to import')).toBeVisible();
	await expect(page.getByText('The file has it twice: it is on line 21 too')).toBeVisible();
	await expect(page.getByText('Chequing will have CA$70.00 on 29 Feb 2024, as the bank says.')).toBeVisible();
	await press(page, 'Import');
	await expect(page.getByText('4 movements imported')).toBeVisible();
	await expect(page.getByText('of an account you left out')).toHaveCount(2);
	expect(await api.entities()).toEqual([entity]);

	await page.reload();
	await choose(page, 'several-accounts.qfx');
	await expect(page.getByRole('region', { name: 'Prairie CU •••• 1111' }).getByLabel('Account for')).toHaveValue(
		/[0-9a-f-]{36}/
	);
	await expect(page.getByRole('region', { name: 'Prairie CU •••• 1234' }).getByLabel('Account for')).toHaveValue('');
});

test('a transfer between two accounts of a QIF file is one record, and undone with the rest', async ({ page }) => {
	await beginImport(page, false);
	await choose(page, 'several-accounts.qif');
	for (const name of ['Everyday', 'Savings']) {
		const own = page.getByRole('region', { name, exact: true });
		const pick = own.getByLabel('Account for');
		await pick.selectOption({ label: 'Add a new account' });
		await expect(own.getByRole('textbox', { name: 'Name' })).toHaveValue(name);
		await own.getByRole('button', { name: 'Add account' }).click();
		await expect(pick).toHaveValue(/[0-9a-f-]{36}/);
	}
	await press(page, 'Continue');
	await expect(page.getByText('2 new movements to import')).toBeVisible();
	await press(page, 'Import');
	await expect(page.getByText('2 movements imported')).toBeVisible();
	// Nine entries in the file: two imported, seven not.
	await page.getByText('7 lines are not imported').click();
	await expect(page.getByText('the other side of a transfer that is imported')).toBeVisible();
	await undo(page);
	await expect(page.getByText('The import is undone.').first()).toBeVisible();
});

test('what a QIF file and a card leave open is asked, and not asked again', async ({ page }) => {
	await beginImport(page);
	await choose(page, 'unclear-dates.qif');
	await expect(page.getByRole('button', { name: 'Continue' })).toHaveAttribute('aria-disabled', 'true');
	await press(page, '3 April 2024');
	await press(page, 'Continue');
	await press(page, 'Import');
	await expect(page.getByText('2 movements imported')).toBeVisible();
	await press(page, 'Import another file');
	await choose(page, 'unclear-dates.qif');
	await expect(page.getByText('Read as last time.')).toBeVisible();
	await press(page, 'Continue');
	await expect(page.getByText('2 are here already')).toBeVisible();
	await press(page, 'Back');
	await press(page, 'Another file');
	await choose(page, 'card-turned.ofx');
	await press(page, 'Money out');
	await expect(page.getByText('-€12.00')).toBeVisible();
});
