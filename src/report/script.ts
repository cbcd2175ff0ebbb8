/**
 * The page's own script: draws each chart, hands out its data. Charts are SVG whose colours are the page's variables, so
 * they follow the reader's theme, and paper's, without being drawn again; a chart that is saved gets those of the light
 * theme.
 */
export const SCRIPT = `
const { specs, columns, colours } = JSON.parse(document.getElementById('charts').textContent);
const views = {};

const replaceAll = (text, pairs) => pairs.reduce((result, [from, to]) => result.replaceAll(from, to), text);
const themed = spec => JSON.parse(replaceAll(JSON.stringify(spec), Object.entries(colours).map(pair => pair.map(one => JSON.stringify(one)))));
const forPaper = svg => replaceAll(svg, Object.entries(colours).map(([light, variable]) => [variable, light]));

async function draw(name) {
  const options = { actions: false, ast: true, renderer: 'svg', bind: '#bindings-' + name, defaultStyle: false, tooltip: { disableDefaultStyle: true } };
  const { view } = await vegaEmbed('#chart-' + name, themed(specs[name]), options);
  views[name] = view;
  // The box around it says in words what it shows; names of single marks would be noise.
  document.querySelector('#chart-' + name + ' svg').setAttribute('aria-hidden', 'true');
}

const quote = value => /[",\\n]/.test(value) ? '"' + value.replaceAll('"', '""') + '"' : value;
const csv = name => {
  const rows = specs[name].data.values.map(row => columns[name].map(key => quote(String(row[key] ?? ''))));
  return [columns[name], ...rows].map(row => row.join(',')).join('\\n') + '\\n';
};
const svg = async name => forPaper(await views[name].toSVG());
/** Drawn afresh: a canvas knows no variables. */
const png = async name => {
  const width = document.getElementById('chart-' + name).clientWidth;
  const spec = { ...specs[name], width, background: '#fff' };
  const { view } = await vegaEmbed(document.createElement('div'), spec, { actions: false, ast: true, renderer: 'canvas' });
  return view.toImageURL('png', 2).finally(() => view.finalize());
};

function save(name, url) {
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
}
const saveText = (name, type, text) => save(name, URL.createObjectURL(new Blob([text], { type })));

const tools = {
  svg: async name => saveText(name + '.svg', 'image/svg+xml', await svg(name)),
  png: async name => save(name + '.png', await png(name)),
  csv: name => saveText(name + '.csv', 'text/csv', csv(name)),
  spec: name => saveText(name + '.vl.json', 'application/json', JSON.stringify(specs[name], null, 2)),
};
document.addEventListener('click', event => {
  const { tool, chart } = event.target.dataset ?? {};
  if (tool) tools[tool](chart);
});

Promise.all(Object.keys(specs).map(draw)).then(() => { document.documentElement.dataset.drawn = Object.keys(specs).length; });
`;
