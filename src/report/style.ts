import { declareColours, FONT } from './palette.ts';

/** On a narrow screen a claim is a block with its figures below, each under its name: a table would hide the most of it. */
const CLAIMS_AS_CARDS = `  .claims, .claims caption, .claims tbody { display: block; }
  .claims thead { display: none; }
  .claims tbody tr:not([hidden]) { display: grid; grid-template-columns: repeat(3, auto); gap: 0.5rem 1rem; padding: 0.8rem 0; border-bottom: 1px solid var(--line); }
  .claims tbody th, .claims tbody td { padding: 0; border: 0; text-align: left; }
  .claims tbody th, .claims .outcome, .claims .published { grid-column: 1 / -1; min-width: 0; }
  .claims .outcome small { max-width: none; }
  .claims [data-label]::before { content: attr(data-label); display: block; color: var(--muted); font-size: 0.78rem; }
  .claims td:empty { display: none; }
`;

/** The page's looks: system fonts, one column, both themes, paper. */
export const STYLE = `
:root { color-scheme: light dark; --hidden: rgb(110 125 140 / 55%); ${declareColours('light')} }
@media (prefers-color-scheme: dark) { @media screen { :root { ${declareColours('dark')} } } }

* { box-sizing: border-box; }
html { background: var(--ground); color: var(--ink); font: 16px/1.55 ${FONT}; -webkit-text-size-adjust: 100%; text-size-adjust: 100%; }
body { max-width: 68rem; margin: 0 auto; padding: 3.25rem 1.75rem 3rem; overflow-wrap: break-word; }

h1 { margin: 0.15rem 0 0.5rem; font-size: 1.9rem; line-height: 1.2; letter-spacing: -0.015em; font-weight: 650; text-wrap: balance; }
h2 { margin: 3.25rem 0 0.9rem; font-size: 1.2rem; line-height: 1.3; font-weight: 650; letter-spacing: -0.005em; }
h3 { margin: 0 0 0.6rem; font-size: 0.95rem; line-height: 1.4; font-weight: 600; }
p { margin: 0 0 0.7rem; max-width: 44rem; }
small { font-size: 0.82rem; color: var(--muted); font-weight: 400; }
a { color: var(--link); }
code, pre { font: 0.86em/1.6 ui-monospace, 'SF Mono', Menlo, Consolas, 'Liberation Mono', monospace; }
pre { margin: 0 0 0.8rem; padding: 0.85rem 1rem; overflow-x: auto; background: var(--raised); border-radius: 4px; }

.kicker { margin: 0; color: var(--muted); font-size: 0.86rem; }
.question { font-size: 1.1rem; line-height: 1.5; }
.source, .soft { color: var(--muted); font-size: 0.9rem; }

.verdict { --tone: var(--inconclusive); margin: 2rem 0 1.1rem; padding: 1.15rem 1.4rem 1.05rem; background: var(--raised); border-left: 4px solid var(--tone); border-radius: 0 4px 4px 0; }
.confirmed { --tone: var(--confirmed); }
.refuted { --tone: var(--refuted); }
.inconclusive { --tone: var(--inconclusive); }
.verdict p { max-width: 50rem; }
.verdict .statement { margin-bottom: 0.75rem; font-size: 1.2rem; line-height: 1.45; }
.verdict strong { color: var(--tone); font-weight: 700; }
.command { display: block; margin-top: 0.35rem; overflow-x: auto; white-space: nowrap; }
.verdict > :last-child { margin-bottom: 0; }
.facts { display: flex; flex-wrap: wrap; gap: 0.6rem 2.4rem; margin: 0 0 0.7rem; }
.facts dt { color: var(--muted); font-size: 0.82rem; }
.facts dd { margin: 0; font-variant-numeric: tabular-nums; }

.scroll { --cover: 2.2rem 100% no-repeat local; --edge: 0.7rem 100% no-repeat scroll; overflow-x: auto; margin: 0 0 1rem;
  background: linear-gradient(to right, var(--ground) 40%, transparent) left / var(--cover), linear-gradient(to left, var(--ground) 40%, transparent) right / var(--cover),
    linear-gradient(to right, var(--hidden), transparent) left / var(--edge), linear-gradient(to left, var(--hidden), transparent) right / var(--edge); }
table { width: 100%; border-collapse: collapse; font-size: 0.9rem; line-height: 1.45; font-variant-numeric: tabular-nums; }
table.compact, table.cells, details table { width: auto; min-width: min(100%, 30rem); }
caption { padding: 0 0 0.55rem; text-align: left; color: var(--muted); font-size: 0.86rem; max-width: min(44rem, calc(100vw - 2.2rem)); }
th, td { padding: 0.5rem 1.4rem 0.5rem 0; text-align: left; vertical-align: top; font-weight: 400; border-bottom: 1px solid var(--line); }
th:last-child, td:last-child { padding-right: 0; }
thead th { vertical-align: bottom; font-weight: 600; border-bottom-color: var(--muted); }
tbody th { font-weight: 500; }
.number { text-align: right; white-space: nowrap; }
tbody th { white-space: nowrap; }
.claims th, .claims td { padding-right: 1.1rem; }
.claims tbody th { white-space: normal; min-width: 13rem; }
.claims .published { min-width: 11rem; color: var(--muted); font-size: 0.86rem; }
.outcome { color: var(--tone); font-weight: 600; white-space: nowrap; }
.outcome small { display: inline-block; max-width: 11rem; white-space: normal; }
.bad { color: var(--refuted); font-weight: 600; }
.open { color: var(--inconclusive); }

.figures { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(27rem, 100%), 1fr)); gap: 2.2rem 3rem; margin-top: 1.4rem; }
figure { margin: 0; min-width: 0; }
.chart { width: 100%; }
.chart svg { display: block; max-width: 100%; overflow: visible; }
.bindings { font-size: 0.86rem; }
.bindings label { display: inline-flex; flex-direction: row-reverse; align-items: center; gap: 0.45rem; cursor: pointer; }
.bindings input { margin: 0; accent-color: var(--link); }
figcaption { margin: 0.45rem 0 0.5rem; color: var(--muted); font-size: 0.86rem; line-height: 1.5; max-width: 40rem; }

.tools { position: relative; font-size: 0.86rem; }
.downloads { position: absolute; top: 0; right: 0; display: flex; gap: 0.9rem; }
button { padding: 0; border: 0; background: none; color: var(--link); font: inherit; cursor: pointer; }
button:hover, summary:hover { text-decoration: underline; text-underline-offset: 0.2em; }
summary { color: var(--link); cursor: pointer; width: fit-content; }
:focus-visible { outline: 2px solid var(--link); outline-offset: 3px; border-radius: 2px; }
details[open] > summary { margin-bottom: 0.8rem; }
.tools details .scroll { max-height: 22rem; overflow-y: auto; }

.folded > summary { display: flex; gap: 0.5rem; align-items: baseline; margin-top: 2.4rem; color: var(--ink); }
.folded > summary::before { content: '▸'; color: var(--muted); }
.folded[open] > summary::before { content: '▾'; }
.folded > summary h2 { margin: 0; }
.notice { max-width: none; padding: 0.6rem 0.9rem; color: var(--refuted); border: 1px solid var(--line); border-radius: 4px; }
th button { color: inherit; font-weight: inherit; text-align: inherit; }
th[aria-sort='ascending'] button::after { content: ' ▴'; }
th[aria-sort='descending'] button::after { content: ' ▾'; }
.bindings, .bindings form { display: flex; flex-wrap: wrap; gap: 0.3rem 1.1rem; }
.bindings label:has(select) { flex-direction: row; }
.bindings select { font: inherit; color: var(--ink); background: var(--ground); border: 1px solid var(--line); border-radius: 3px; }

ul.samples { display: grid; grid-template-columns: repeat(auto-fill, minmax(max(9.5rem, 20%), 1fr)); gap: 1.6rem 2rem; margin: 0 0 1.6rem; padding: 0; list-style: none; font-size: 0.86rem; }
.samples img { display: block; width: 6rem; height: 6rem; object-fit: contain; object-position: left; image-rendering: pixelated; }
.samples p { margin: 0.45rem 0 0.35rem; font-weight: 600; }
.samples ol { margin: 0; padding: 0; list-style: none; }
.samples li li { position: relative; display: flex; justify-content: space-between; gap: 0.6rem; margin-bottom: 2px; padding: 0.05rem 0.4rem; font-variant-numeric: tabular-nums; }
.samples li li::before { content: ''; position: absolute; inset: 0 auto 0 0; z-index: -1; width: var(--share); background: var(--shade); }
.samples .right { color: var(--confirmed); font-weight: 600; }

.guide { max-width: 46rem; }
.guide dt { font-weight: 600; }
.guide dd { margin: 0 0 0.7rem; }
.prose { max-width: 44rem; margin: 0; padding-left: 1.15rem; }
.prose li { margin-bottom: 0.45rem; }
.record { display: grid; grid-template-columns: minmax(9rem, max-content) 1fr; gap: 0.2rem 1.4rem; margin: 0 0 1.3rem; font-size: 0.88rem; }
.record dt { color: var(--muted); }
.record dd { margin: 0; overflow-wrap: anywhere; font-variant-numeric: tabular-nums; }
footer { margin-top: 3.5rem; padding-top: 1rem; border-top: 1px solid var(--line); color: var(--muted); font-size: 0.86rem; }
footer p { margin: 0; max-width: none; }

#vg-tooltip-element { position: fixed; z-index: 1; padding: 0.45rem 0.65rem; visibility: hidden; pointer-events: none; background: var(--ground); border: 1px solid var(--line); border-radius: 4px; box-shadow: 0 2px 8px rgb(0 0 0 / 14%); font-size: 0.82rem; }
#vg-tooltip-element.visible { visibility: visible; }
#vg-tooltip-element table { width: auto; min-width: 0; font-size: inherit; }
#vg-tooltip-element td { padding: 0.05rem 0.6rem 0.05rem 0; border: 0; }
#vg-tooltip-element td.key { color: var(--muted); }

@media (max-width: 40rem) {
  html { font-size: 15px; }
  body { padding: 1.6rem 1.1rem 2rem; }
  h1 { font-size: 1.5rem; }
  h2 { margin-top: 2.5rem; }
  .verdict { padding: 0.95rem 1rem; }
  .verdict .statement { font-size: 1.08rem; }
  .record { grid-template-columns: 1fr; gap: 0; }
  .record dd { margin-bottom: 0.4rem; }
  pre, .command { white-space: pre-wrap; overflow-wrap: anywhere; }
${CLAIMS_AS_CARDS}}
@media print {
  html { font-size: 10.5pt; }
  body { max-width: none; padding: 0; }
  .tools, .bindings, .guide { display: none; }
  .scroll { overflow: visible; background: none; }
  .verdict, figure, tr, pre { break-inside: avoid; }
  h2, h3, caption { break-after: avoid; }
}
`;
