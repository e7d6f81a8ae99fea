/** How many cases a property is tried with: many in the long campaigns, a few in every run. */
export const runs = { numRuns: process.env['ARCA_SOAK'] === '1' ? 20_000 : 300 };

/** The same where one case takes milliseconds. */
export const slowRuns = { numRuns: process.env['ARCA_SOAK'] === '1' ? 1_000 : 15 };
