/** Whether this is a long campaign. */
export const soak = process.env['ARCA_SOAK'] === '1';

/** How many cases a property is tried with: many in the long campaigns, a few in every run. */
export const runs = { numRuns: soak ? 20_000 : 300 };

/** The same where one case takes milliseconds. */
export const slowRuns = { numRuns: soak ? 1_000 : 15 };
