/**
 * What Node is started with to be the server. Its young generation would grow to twice this and stay there: 50 MiB that a
 * small machine has better uses for.
 */
export const serverArguments = ['--max-semi-space-size=16', 'src/lib/server/entry.ts'];
