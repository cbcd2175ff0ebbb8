/** What this page has beside the common looks: the drawing of the descent, the sorted table, the list of sources. */
export const HISTORY_STYLE = `
.line-before { --tone: var(--muted); }
.line-structure { --tone: var(--hue-1); }
.line-depth { --tone: var(--hue-2); }
.line-both { --tone: var(--hue-3); }
.line-side { --tone: var(--hue-6); }
.lineage svg { display: block; margin: 0 auto; font-size: 12px; fill: var(--ink); }
.lineage .box { fill: var(--raised); stroke: var(--line); }
.lineage .strip { fill: var(--tone); }
.lineage .name { font-size: 13.5px; font-weight: 650; }
.lineage .facts { fill: var(--muted); font-size: 11.5px; }
.lineage .arrow { fill: none; stroke: var(--muted); stroke-width: 1.25; }
.lineage marker path { fill: var(--muted); }
.lineage .taken { fill: var(--muted); stroke: var(--ground); stroke-width: 5px; stroke-linejoin: round; paint-order: stroke; font-size: 11.5px; text-anchor: middle; dominant-baseline: central; }
.keys { display: flex; flex-wrap: wrap; gap: 0.3rem 1.3rem; margin: 0 0 1rem; padding: 0; list-style: none; font-size: 0.86rem; }
.keys li::before { content: ''; display: inline-block; width: 1.1rem; height: 0.3rem; margin-right: 0.45rem; vertical-align: middle; border-radius: 2px; background: var(--tone); }
.lineage details { font-size: 0.86rem; }
.lineage details td { min-width: 9rem; }
.nets th button { color: inherit; font-weight: 600; text-align: inherit; }
.nets th[aria-sort] button::after { content: ' ↑'; }
.nets th[aria-sort='descending'] button::after { content: ' ↓'; }
.timeline { display: none; margin: 0 0 1.2rem; padding: 0; list-style: none; }
.timeline li { padding: 0 0 0.9rem 0.8rem; border-left: 3px solid var(--tone); }
.nets td { white-space: nowrap; }
.nets td:nth-child(9), .nets td:last-child { white-space: normal; min-width: 8.5rem; }
.nets th, .nets td { padding: 0.32rem 1rem 0.32rem 0; }
.nets tr:target { background: var(--shade); }
.sources { padding-left: 2.2rem; font-size: 0.9rem; max-width: 50rem; }
.sources li { margin-bottom: 0.35rem; }
.sources li:target { background: var(--shade); }
@media (max-width: 40rem) { .timeline { display: block; } }
@media print { .lineage svg { max-width: 100%; height: auto; } }
`;
