/** The page's style: system fonts, one accent, both colour schemes, print. Contrasts are at least 4.5 : 1. */
export const STYLE = `
:root { color-scheme: light dark; --ink: #1c1e21; --soft: #59606a; --line: #d9dde3; --ground: #fff; --panel: #f6f7f9; --good: #1a6b3c; --bad: #a3261f; --open: #8a5a00; --accent: #0b5cad; }
@media (prefers-color-scheme: dark) { :root { --ink: #e8eaed; --soft: #a3abb6; --line: #3a4049; --ground: #15181c; --panel: #1d2126; --good: #6fcf97; --bad: #ff8a80; --open: #f2c063; --accent: #7ab8f5; } }
* { box-sizing: border-box; }
body { margin: 0 auto; padding: 2.5rem 1.25rem 4rem; max-width: 66rem; background: var(--ground); color: var(--ink); font: 1rem/1.55 system-ui, sans-serif; overflow-wrap: break-word; }
header p, figcaption, .soft { color: var(--soft); }
h1 { font-size: 1.7rem; line-height: 1.2; margin: 0 0 .4rem; letter-spacing: -.01em; }
h2 { font-size: 1.2rem; margin: 2.6rem 0 .6rem; padding-top: .6rem; border-top: 1px solid var(--line); }
h3 { font-size: 1rem; margin: 1.6rem 0 .3rem; }
p { margin: .4rem 0; max-width: 46rem; }
a { color: var(--accent); }
.verdict { margin: 1.4rem 0; padding: 1rem 1.2rem; background: var(--panel); border-left: 4px solid var(--tone); border-radius: 0 6px 6px 0; }
.verdict strong { color: var(--tone); }
.verdict p { font-size: 1.1rem; margin: 0; }
.confirmed { --tone: var(--good); } .refuted { --tone: var(--bad); } .inconclusive { --tone: var(--open); }
.outcome { color: var(--tone); font-weight: 600; white-space: nowrap; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; font-size: .92rem; font-variant-numeric: tabular-nums; }
caption { text-align: left; color: var(--soft); padding-bottom: .3rem; }
th, td { text-align: left; padding: .4rem .9rem .4rem 0; border-bottom: 1px solid var(--line); vertical-align: top; }
thead th { font-weight: 600; border-bottom-width: 2px; }
tbody th { font-weight: 500; }
td.number, th.number { text-align: right; white-space: nowrap; }
td small { color: var(--soft); font-size: .85em; white-space: nowrap; }
td small.published { white-space: normal; }
td.statement { min-width: 15rem; }
.cell-finished { color: var(--soft); } .cell-bad { color: var(--bad); font-weight: 600; }
figure { margin: 1.4rem 0 2rem; min-width: 0; }
figure h3 { margin-top: 0; }
.figures { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(27rem, 100%), 1fr)); gap: 0 2.2rem; }
figcaption { font-size: .9rem; max-width: 46rem; }
.chart { width: 100%; min-height: 8rem; margin: .6rem 0 .2rem; }
.chart .vega-bindings { font-size: .85rem; color: var(--soft); }
.tools { font-size: .85rem; display: flex; gap: .9rem; flex-wrap: wrap; }
.tools button { font: inherit; padding: 0; border: 0; background: none; color: var(--accent); cursor: pointer; text-decoration: underline; }
details { margin: .5rem 0; }
summary { cursor: pointer; color: var(--accent); }
code, pre { font: .88em/1.5 ui-monospace, monospace; }
pre { background: var(--panel); padding: .7rem .9rem; border-radius: 6px; overflow-x: auto; }
dl { display: grid; grid-template-columns: minmax(8rem, max-content) 1fr; gap: .15rem 1rem; font-size: .9rem; margin: .4rem 0 1rem; }
dt { color: var(--soft); } dd { margin: 0; overflow-wrap: anywhere; }
ul { padding-left: 1.2rem; max-width: 46rem; }
@media (max-width: 34rem) { body { padding: 1.4rem .9rem 3rem; } h1 { font-size: 1.35rem; } dl { grid-template-columns: 1fr; } dd { margin-bottom: .35rem; } }
@media print { body { max-width: none; padding: 0; } .tools, .vega-bindings { display: none; } figure, table { break-inside: avoid; } }
`;
