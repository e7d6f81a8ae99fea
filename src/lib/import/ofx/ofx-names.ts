// Names of OFX 1.6 and 2.2 that mean something here; everything else is passed over.

/**
 * How deep each aggregate stands. Where one opens, those as deep or deeper end, whether or not their end tags were
 * written: a forgotten `</STMTTRN>` costs nothing.
 */
export const DEPTHS: ReadonlyMap<string, number> = new Map([
	...['BANKMSGSRSV1', 'CREDITCARDMSGSRSV1', 'INVSTMTMSGSRSV1', 'SIGNONMSGSRSV1', 'SECLISTMSGSRSV1'].map(at(1)),
	...['STMTTRNRS', 'CCSTMTTRNRS', 'INVSTMTTRNRS', 'SONRS'].map(at(2)),
	...['STMTRS', 'CCSTMTRS', 'INVSTMTRS', 'FI'].map(at(3)),
	...['BANKACCTFROM', 'CCACCTFROM', 'INVACCTFROM', 'BANKTRANLIST', 'BANKTRANLISTP', 'INVTRANLIST'].map(at(4)),
	...['LEDGERBAL', 'AVAILBAL', 'INVPOSLIST', 'INVBAL', 'BALLIST', 'INV401K', 'INV401KBAL'].map(at(4)),
	['INVBANKTRAN', 5],
	...['STMTTRN', 'STMTTRNP', 'LOANSTMTTRN'].map(at(6)),
	...['PAYEE', 'CURRENCY', 'ORIGCURRENCY', 'BANKACCTTO', 'CCACCTTO', 'INVTRAN', 'INVBUY', 'INVSELL', 'INVPOS'].map(
		at(7)
	)
]);

/** Entries of investment accounts, and what is held in them: none of them is a movement of money between people. */
const INVESTMENTS =
	'BUYDEBT BUYMF BUYOPT BUYOTHER BUYSTOCK CLOSUREOPT INCOME INVEXPENSE JRNLFUND JRNLSEC MARGININTEREST REINVEST ' +
	'RETOFCAP SELLDEBT SELLMF SELLOPT SELLOTHER SELLSTOCK SPLIT TRANSFER POSDEBT POSMF POSOPT POSOTHER POSSTOCK';
export const INVESTMENT_ENTRIES: ReadonlySet<string> = new Set(INVESTMENTS.split(' '));

/** The values that are read. */
export const VALUES: ReadonlySet<string> = new Set(
	(
		'TRNTYPE DTPOSTED DTUSER TRNAMT FITID CORRECTFITID CHECKNUM NAME MEMO CURRATE CURSYM CURDEF BANKID BRANCHID ' +
		'ACCTID ACCTTYPE ACCTKEY BROKERID BALAMT DTASOF ORG FID DTTRADE TOTAL MKTVAL'
	).split(' ')
);

/** What TRNTYPE says of the direction (OFX 2.2, section 11.4.4.3); the others go either way. */
export function directionOfType(type: string): 'out' | 'in' | null {
	const known = type.toUpperCase();
	if (/^(?:DEBIT|D|OUT|CHECK|FEE|SRVCHG|DIRECTDEBIT)$/.test(known)) return 'out';
	return /^(?:CREDIT|C|IN|DEP|DIRECTDEP|DIV)$/.test(known) ? 'in' : null;
}

function at(depth: number): (name: string) => [string, number] {
	return (name) => [name, depth];
}
