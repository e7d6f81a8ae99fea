/** Says whether the page may be loaded anew without anything being lost. */
type Answer = () => boolean | Promise<boolean>;

const answers = new Set<Answer>();

/**
 * Has `answer` asked before a newer version of the app takes this page's place.
 * @returns what takes it back, for a component's end
 */
export function beforeReload(answer: Answer): () => void {
	answers.add(answer);
	return () => answers.delete(answer);
}

/** Asks everybody. True where nothing is lost by loading the page anew; who fails to answer objects. Never rejects. */
export async function mayReload(): Promise<boolean> {
	const given = await Promise.allSettled([...answers].map(async (answer) => answer()));
	return given.every((each) => each.status === 'fulfilled' && each.value);
}

/** For a form whose fields are kept nowhere: while something stands in them, the page objects. Attach it to the form. */
export function stayWhileTyped(form: HTMLFormElement): () => void {
	const fields = () => [...form.querySelectorAll<HTMLInputElement>('input:not([hidden])')];
	return beforeReload(() => fields().every(({ value }) => value === ''));
}
