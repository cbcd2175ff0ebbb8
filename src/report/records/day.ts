/** "2026-11-24", in UTC. */
export const dayOf = (time: Date): string => time.toISOString().slice(0, 10);
