import { spawnSync } from 'node:child_process';
import { installDebian } from './debian.mjs';

/** Debian's Python comes first: another one that is installed beside it does not find Debian's packages. */
const pythons = ['/usr/bin/python3', 'python3'];

function pythonWithOpenpyxl() {
	const reads = (python) => spawnSync(python, ['-c', 'import openpyxl'], { stdio: 'ignore' }).status === 0;
	return [process.env.ARCA_PYTHON, ...pythons].find((python) => python && reads(python));
}

/** What Debian calls openpyxl, where none is here. */
export function missingOpenpyxl() {
	return pythonWithOpenpyxl() ? [] : ['python3-openpyxl'];
}

/** A Python that reads our workbooks as somebody else would: ARCA_PYTHON, one that has openpyxl, Debian's. Its tests fail where there is none. */
export async function ensureOpenpyxl() {
	if (missingOpenpyxl().length > 0) await installDebian(['python3-openpyxl'], 'openpyxl');
	return pythonWithOpenpyxl() ?? 'python3';
}
