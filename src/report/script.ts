/**
 * The page's own script: draws each chart, hands out its data. Charts are SVG whose colours are the page's variables, so
 * they follow the reader's theme, and paper's, without being drawn again; a chart that is saved gets those of the light
 * theme.
 */
export const SCRIPT = `
const { specs, rows, colours } = JSON.parse(document.getElementById('charts').textContent);
const views = {};

// Rows lie in the page by columns, and what repeats in a column with its count.
const spread = column => (Array.isArray(column) ? column : column.runs.flatMap(([value, count]) => Array(count).fill(value)));
const unpack = tables => tables.flatMap(({ keys, columns }) => {
  const full = columns.map(spread);
  return full[0].map((_, i) => Object.fromEntries(keys.map((key, k) => [key, full[k][i]])));
});
for (const name in specs) specs[name] = { ...specs[name], data: { name: 'rows', values: unpack(rows[name]) } };

const replaceAll = (text, pairs) => pairs.reduce((result, [from, to]) => result.replaceAll(from, to), text);
const themed = ({ data, ...spec }) => ({ data, ...JSON.parse(replaceAll(JSON.stringify(spec), Object.entries(colours).map(pair => pair.map(one => JSON.stringify(one))))) });
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
  const { values } = specs[name].data;
  const fields = [...new Set(values.flatMap(Object.keys))];
  const rows = values.map(row => fields.map(key => quote(String(row[key] ?? ''))));
  return [fields, ...rows].map(row => row.join(',')).join('\\n') + '\\n';
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

document.addEventListener('click', event => {
  const button = event.target.closest?.('[data-sort]');
  if (button) sortBy(button.closest('th'));
});
// Text as text, figures as figures; what has none comes last either way.
function sortBy(heading) {
  const { cellIndex, parentNode } = heading;
  const down = heading.getAttribute('aria-sort') === 'ascending';
  for (const other of parentNode.cells) other.removeAttribute('aria-sort');
  heading.setAttribute('aria-sort', down ? 'descending' : 'ascending');
  const body = heading.closest('table').tBodies[0];
  const value = row => row.cells[cellIndex].dataset.value ?? row.cells[cellIndex].textContent;
  const compare = (a, b) => {
    const [one, other] = [value(a), value(b)];
    if (one === '' || other === '') return (one === '') - (other === '');
    const [x, y] = [Number(one), Number(other)];
    if (Number.isNaN(x) && Number.isNaN(y)) return (one < other ? -1 : one > other ? 1 : 0) * (down ? -1 : 1);
    return Number.isNaN(x) ? 1 : Number.isNaN(y) ? -1 : (x - y) * (down ? -1 : 1);
  };
  body.append(...[...body.rows].sort(compare));
}

// One after the other, so that the first is there soon; what is folded away has no width until it is opened.
const pause = () => new Promise(resolve => setTimeout(resolve));
async function drawVisible() {
  for (const name of Object.keys(specs)) {
    if (name in views || document.getElementById('chart-' + name).closest('details:not([open])')) continue;
    views[name] = null;
    await draw(name);
    if (!performance.getEntriesByName('first-chart').length) performance.mark('first-chart');
    await pause();
  }
  document.documentElement.dataset.drawn = Object.values(views).filter(Boolean).length;
}
document.addEventListener('toggle', drawVisible, true);
drawVisible();
`;
