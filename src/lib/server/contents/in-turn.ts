import { createTurns } from '../backend/turns.ts';

/** A line before an object, and how many stand in it. */
interface Line {
	turn: ReturnType<typeof createTurns>;
	inIt: number;
}

const lines = new Map<string, Line>();

/**
 * Does the work on an object once nobody else works on it: two that store the same one at once would each write its bytes
 * before either has its row.
 */
export async function inTurn<T>(object: string, work: () => Promise<T>): Promise<T> {
	const line = lines.get(object) ?? { turn: createTurns(), inIt: 0 };
	lines.set(object, line);
	line.inIt += 1;
	try {
		return await line.turn(work);
	} finally {
		line.inIt -= 1;
		if (line.inIt === 0) lines.delete(object);
	}
}
