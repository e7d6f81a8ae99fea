/** Whose accounts people may sign in with, where the project has it set up. */
export const PROVIDERS = { google: 'Google', apple: 'Apple', github: 'GitHub' } as const;
export type Provider = keyof typeof PROVIDERS;

export const isProvider = (name: string): name is Provider => Object.hasOwn(PROVIDERS, name);
