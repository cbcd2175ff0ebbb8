/** The page's own script: draws each chart in the colours of the reader's scheme, and hands out its data. */
export const SCRIPT = `
const charts = JSON.parse(document.getElementById('charts').textContent);
const dark = matchMedia('(prefers-color-scheme: dark)');
const theme = () => {
  const style = getComputedStyle(document.documentElement);
  const colour = name => style.getPropertyValue(name).trim();
  const text = { labelColor: colour('--soft'), titleColor: colour('--ink'), labelFontSize: 12, titleFontSize: 12, titleFontWeight: 'normal' };
  return {
    background: 'transparent',
    font: 'system-ui, sans-serif',
    view: { stroke: null },
    axis: { ...text, gridColor: colour('--line'), domainColor: colour('--line'), tickColor: colour('--line') },
    legend: { ...text, orient: 'top', symbolStrokeColor: colour('--ink'), symbolSize: 150, symbolStrokeWidth: 2 },
    tick: { color: colour('--ink') },
    rule: { color: colour('--ink') },
    circle: { color: colour('--ink') },
    range: { category: dark.matches ? ['#E69F00', '#56B4E9', '#2FC49A', '#E79AC6', '#F0E442'] : ['#C25400', '#0072B2', '#007A57', '#A8477F', '#6E6400'] },
  };
};
const views = {};
const draw = async () => {
  for (const [name, { spec }] of Object.entries(charts)) {
    const box = document.getElementById('chart-' + name);
    views[name]?.finalize();
    const { view } = await vegaEmbed(box, spec, { actions: false, renderer: 'svg', config: theme(), tooltip: { theme: dark.matches ? 'dark' : 'light' } });
    views[name] = view;
  }
  document.documentElement.dataset.drawn = Object.keys(charts).length;
};
const save = (name, type, text) => {
  const link = document.createElement('a');
  link.href = text.startsWith('data:') ? text : URL.createObjectURL(new Blob([text], { type }));
  link.download = name;
  link.click();
};
const quote = value => /[",\\n]/.test(String(value)) ? '"' + String(value).replaceAll('"', '""') + '"' : String(value ?? '');
const csv = rows => {
  const names = Object.keys(rows[0] ?? {});
  return [names, ...rows.map(row => names.map(name => row[name]))].map(row => row.map(quote).join(',')).join('\\n') + '\\n';
};
const tools = {
  svg: async name => save(name + '.svg', 'image/svg+xml', await views[name].toSVG()),
  png: async name => save(name + '.png', 'image/png', await views[name].toImageURL('png', 2)),
  spec: name => save(name + '.vl.json', 'application/json', JSON.stringify(charts[name].spec, null, 2)),
  csv: name => save(name + '.csv', 'text/csv', csv(charts[name].rows)),
};
document.addEventListener('click', event => {
  const { tool, chart } = event.target.dataset ?? {};
  if (tool) tools[tool](chart);
});
dark.addEventListener('change', draw);
draw();
`;
