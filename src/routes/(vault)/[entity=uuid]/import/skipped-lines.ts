import type { JudgedMovement, Reading } from '$lib/import/index.ts';
import { m } from '$messages';
import { leftOutText, problemText } from './problem-text.ts';

/** A line of the file that does not become a record, and why. */
export interface SkippedLine {
	line: number;
	reason: string;
	/** What stands there. */
	text: string;
	/** Something is wrong with it, and the person may want to do something about it. */
	isProblem: boolean;
}

/**
 * Every line of a statement that an import passes over: problems first, each by line.
 * @param otherSides sides of transfers that are imported from their other side
 */
export function listSkippedLines(
	reading: Reading,
	judged: readonly JudgedMovement[],
	chosen: readonly JudgedMovement[],
	otherSides: readonly JudgedMovement[] = []
): SkippedLine[] {
	const problems = reading.problems.map(({ line, code, text }) => ({
		line,
		reason: problemText(code),
		text,
		isProblem: true
	}));
	const leftOut = reading.leftOut.map(({ line, reason, text }) => ({
		line,
		reason: leftOutText(reason),
		text,
		isProblem: false
	}));
	const known = judged
		.filter((each) => each.verdict === 'known' || (each.verdict === 'maybe' && !chosen.includes(each)))
		.map(({ verdict, movement }) => ({
			line: movement.line,
			reason: verdict === 'known' ? m.import_left_known() : m.import_left_maybe(),
			text: movement.payee || movement.notes,
			isProblem: false
		}));
	const others = otherSides.map(({ movement: { line, payee, notes } }) => {
		return { line, reason: leftOutText('other-side'), text: payee || notes, isProblem: false };
	});
	return [...problems, ...leftOut, ...known, ...others].sort(
		(a, b) => Number(b.isProblem) - Number(a.isProblem) || a.line - b.line
	);
}
