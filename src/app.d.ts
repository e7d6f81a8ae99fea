declare global {
	namespace App {
		interface Error {
			message: string;
			/** A stable code, `area/what`, which a person can copy. */
			code?: string;
		}
	}
}
export {};
