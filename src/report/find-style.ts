/** The looks of a form that searches and filters: the index has one, and the live list of runs. */
export const FIND_STYLE = `
.find { display: flex; flex-wrap: wrap; gap: 0.6rem 1.6rem; align-items: end; margin: 1.6rem 0 1.2rem; font-size: 0.9rem; }
.find label { display: grid; gap: 0.2rem; color: var(--muted); }
.find input, .find select { font: inherit; padding: 0.3rem 0.5rem; color: var(--ink); background: var(--ground); border: 1px solid var(--muted); border-radius: 3px; }
.find input { width: min(22rem, 80vw); }
`;
