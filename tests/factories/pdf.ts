import { letters } from './pictures.ts';

/** A PDF of one page that says a text, as small as one can be; with a link and a script, which do nothing here. */
export function pdfOf(text: string): Uint8Array {
	const drawn = `BT /F1 24 Tf 72 720 Td (${text}) Tj ET`;
	const objects = [
		'<</Type/Catalog/Pages 2 0 R/OpenAction<</S/JavaScript/JS(app.alert\\(1\\))>>>>',
		'<</Type/Pages/Kids[3 0 R]/Count 1>>',
		'<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>/Annots[6 0 R]>>',
		`<</Length ${drawn.length}>>stream\n${drawn}\nendstream`,
		'<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>',
		'<</Type/Annot/Subtype/Link/Rect[0 0 595 842]/A<</S/URI/URI(https://example.org/canary)>>>>'
	];
	let body = '%PDF-1.7\n';
	const places = objects.map((object, index) => {
		const at = body.length;
		body += `${index + 1} 0 obj${object}endobj\n`;
		return `${String(at).padStart(10, '0')} 00000 n \n`;
	});
	const table = `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${places.join('')}`;
	return letters(
		`${body}${table}trailer<</Size ${objects.length + 1}/Root 1 0 R>>\nstartxref\n${body.length}\n%%EOF\n`
	);
}
