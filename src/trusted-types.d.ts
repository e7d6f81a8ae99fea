/** The part of the Trusted Types interface that is used here; the compiler's own library does not know it yet. */
interface TrustedTypePolicyFactory {
	createPolicy(name: string, rules: { createScriptURL?: (url: string) => string | null }): unknown;
}

// eslint-disable-next-line no-var -- only `var` declares a property of globalThis
declare var trustedTypes: TrustedTypePolicyFactory | undefined;
