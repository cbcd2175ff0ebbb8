import { FIND_STYLE } from '../find-style.ts';
import { WIDE_STYLE } from '../wide-style.ts';

/** What live pages have beside the report's looks. */
export const STYLE = `${FIND_STYLE}
body { max-width: 76rem; }
#live > nav { display: flex; flex-wrap: wrap; gap: 0.3rem 1.4rem; align-items: baseline; margin: -1.4rem 0 1.8rem; padding-bottom: 0.7rem; border-bottom: 1px solid var(--line); font-size: 0.9rem; }
#connection { margin-left: auto; color: var(--muted); font-size: 0.86rem; }
nav a, th a, td a { text-decoration: none; }
nav a:hover, th a:hover, td a:hover { text-decoration: underline; text-underline-offset: 0.2em; }

.state { white-space: nowrap; color: var(--muted); }
.state.running { color: var(--link); font-weight: 600; }
.state.finished { color: var(--confirmed); }
.state.failed, .state.crashed { color: var(--refuted); font-weight: 600; }
.state.killed, .state.unreachable { color: var(--inconclusive); }
.counts { display: inline-flex; flex-wrap: wrap; gap: 0.1rem 1rem; }

.progress { white-space: nowrap; }
progress { width: 5.5rem; height: 0.4rem; margin-right: 0.5rem; vertical-align: 0.12em; appearance: none; border: 0; background: var(--shade); border-radius: 2px; }
progress::-webkit-progress-bar { background: var(--shade); border-radius: 2px; }
progress::-webkit-progress-value { background: var(--link); border-radius: 2px; }
progress::-moz-progress-bar { background: var(--link); border-radius: 2px; }

thead a { color: inherit; }
th[aria-sort='ascending'] a::after { content: ' ▴'; }
th[aria-sort='descending'] a::after { content: ' ▾'; }
.runs th, .runs td { padding-right: 0.95rem; }
.runs th:last-child, .runs td:last-child { padding-right: 0; }
.name { white-space: nowrap; }
.runs progress { width: 4rem; }
.pages { display: flex; flex-wrap: wrap; gap: 0.3rem 1.2rem; margin: 0.4rem 0 1rem; font-size: 0.9rem; font-variant-numeric: tabular-nums; }

.action { padding: 0.32rem 0.9rem; border: 1px solid var(--muted); border-radius: 3px; color: var(--ink); background: var(--ground); }
.action:hover { background: var(--raised); text-decoration: none; }
.verdicts { margin: 1.2rem 0 0; padding: 0; list-style: none; }
.verdicts li { margin-bottom: 0.4rem; max-width: 50rem; }
.verdicts li > span { color: var(--tone); font-weight: 700; }
.log { max-height: 24rem; overflow: auto; white-space: pre-wrap; }

.bindings { margin-top: 0.5rem; }
.bindings label:has([type='number']) { flex-direction: row; }
.bindings input[type='number'] { width: 7.5rem; padding: 0.1rem 0.3rem; font: inherit; color: var(--ink); background: var(--ground); border: 1px solid var(--muted); border-radius: 3px; font-variant-numeric: tabular-nums; }
${WIDE_STYLE}`;
