/** The library drops the answer's headers from its errors; the last `Retry-After` of a refusal is remembered here. */
class RetryAfter {
	#seconds: number | null = null;

	note(answer: Response): void {
		const seconds = Number.parseInt(answer.headers.get('retry-after') ?? '', 10);
		this.#seconds = answer.status === 429 && seconds > 0 ? seconds : null;
	}

	/** Seconds to wait, or null where the server did not say. */
	get seconds(): number | null {
		return this.#seconds;
	}
}

export const retryAfter = new RetryAfter();
