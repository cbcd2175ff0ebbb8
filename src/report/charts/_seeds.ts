/** Seeds and their mean stand in the rows of one chart. */

/** What stands for the seed in rows of the mean. */
export const MEAN = 'mean';
export const IS_MEAN = `datum.seed === '${MEAN}'`;
export const MEANS = [{ filter: IS_MEAN }];
export const SEEDS = [{ filter: `datum.seed !== '${MEAN}'` }];
