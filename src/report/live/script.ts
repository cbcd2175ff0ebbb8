/**
 * The live page's own script, behind the report's, whose names it uses. The server says that something is new; the page
 * then asks for what it shows and exchanges what differs. Charts stay: their data and limits are exchanged.
 */
export const SCRIPT = `
const live = document.getElementById('live');
const connection = document.getElementById('connection');
const [LEAST_WAIT_MS, MOST_WAIT_MS] = [150, 500];
/** Of the time that answers are to take, as far as news do not wait too long: the machine trains. */
const SHARE = 0.1;
const LIVELY_MS = 5000;
const DRAG_MS = 250;
/** Chart → [first, last] step that its reader asked for. */
const zoomed = {};
let shownLimits = {};
let lively = live.dataset.lively === 'true';

const sleep = ms => new Promise(resolve => setTimeout(resolve, ms));
const tell = text => { if (connection.textContent !== text) connection.textContent = text; };

let busy = false;
let again = false;
/** One question at a time; the slower the answer, the longer the pause before the next. */
async function refresh() {
  if (busy) { again = true; return; }
  busy = true;
  const startedAt = performance.now();
  await ask().catch(() => tell('No answer from the server.'));
  await sleep(Math.min(MOST_WAIT_MS, Math.max(LEAST_WAIT_MS, (performance.now() - startedAt) * (1 / SHARE - 1))));
  busy = false;
  if (again) { again = false; refresh(); }
}

async function ask() {
  const query = new URLSearchParams(location.search);
  for (const name in zoomed) query.append('zoom', [name, ...zoomed[name]].join(':'));
  const response = await fetch('/now' + location.pathname + '?' + query, { cache: 'no-store' });
  const news = await response.json();
  // Another page by now: there is something where nothing was, or a metric that had no points.
  if (news.title !== live.dataset.title || Object.keys(news.charts).some(name => !(name in specs))) return location.reload();
  lively = news.lively;
  for (const name in news.parts) exchange(document.getElementById('part-' + name), news.parts[name]);
  for (const name in news.charts) await update(name, news.charts[name]);
  live.dataset.shown = Number(live.dataset.shown ?? 0) + 1;
}

/** What has the focus keeps it, if it is still there; what was scrolled stays so, and a log that showed its end shows it. */
function exchange(place, text) {
  if (place.given === text) return;
  place.given = text;
  const focused = place.contains(document.activeElement) ? document.activeElement : null;
  const mark = focused?.getAttribute('href') ?? focused?.id;
  const before = [...place.querySelectorAll('.scroll, .log')].map(({ scrollLeft, scrollTop, clientHeight, scrollHeight }) => ({ scrollLeft, scrollTop, atEnd: scrollTop + clientHeight > scrollHeight - 4 }));
  place.innerHTML = text;
  place.querySelectorAll('.scroll, .log').forEach((one, i) => {
    one.scrollLeft = before[i]?.scrollLeft ?? 0;
    one.scrollTop = before[i]?.atEnd ? one.scrollHeight : before[i]?.scrollTop ?? 0;
  });
  if (focused) [...place.querySelectorAll('a, button, [tabindex]')].find(one => (one.getAttribute('href') ?? one.id) === mark)?.focus();
}

async function update(name, { rows: packed, labels, signals, description, about, table }) {
  const values = unpack(packed);
  remember(specs[name], values, labels, signals);
  document.getElementById('chart-' + name).setAttribute('aria-label', description);
  document.getElementById('about-' + name).textContent = about;
  document.getElementById('data-' + name).innerHTML = table;
  const view = views[name];
  if (!view || choosing.has(name)) return;
  shownLimits[name] = [signals.first, signals.last];
  view.data('rows', values);
  if (namesIn(specs[name])) view.data('labels', labels);
  for (const signal in signals) view.signal(signal, signals[signal]);
  await view.runAsync();
  watch(name);
}

const namesIn = spec => spec.layer.find(layer => layer.data?.name === 'labels')?.data;

/** For what is saved, and for a chart that is drawn later. */
function remember(spec, values, labels, signals) {
  spec.data.values = values;
  const names = namesIn(spec);
  if (names) names.values = labels;
  for (const param of spec.params) if (param.name in signals) param.value = signals[param.name];
}

const watched = new Set();
/** Charts whose reader is about to ask for other steps: what they typed or drag across is not exchanged under their hands. */
const choosing = new Set();
function watch(name) {
  if (watched.has(name) || !views[name]) return;
  watched.add(name);
  const view = views[name];
  const limits = () => [view.signal('first'), view.signal('last')];
  shownLimits[name] ??= limits();
  let timer;
  const later = steps => {
    clearTimeout(timer);
    choosing.add(name);
    timer = setTimeout(() => {
      choosing.delete(name);
      zoom(name, steps());
      refresh();
    }, DRAG_MS);
  };
  view.addSignalListener('dragged_step', (_, steps) => steps && Number(steps[0]) !== Number(steps[1]) && later(() => steps));
  for (const signal of ['first', 'last']) view.addSignalListener(signal, () => String(limits()) !== String(shownLimits[name]) && later(limits));
}

function zoom(name, steps) {
  const [first, last] = steps.map(Number).sort((a, b) => a - b).map(Math.round);
  const [from, to] = shownLimits[name];
  if (!(last > first) || (first === from && last === to)) return;
  zoomed[name] = [first, last];
  views[name].signal('dragged_x', [0, 0]).runAsync();
  offerWhole(name);
}

function offerWhole(name) {
  const bindings = document.getElementById('bindings-' + name);
  if (bindings.querySelector('[data-whole]')) return;
  const button = Object.assign(document.createElement('button'), { type: 'button', textContent: 'Whole curve' });
  button.dataset.whole = name;
  bindings.append(button);
}
document.addEventListener('click', event => {
  const name = event.target.dataset?.whole;
  if (!name) return;
  delete zoomed[name];
  event.target.remove();
  refresh();
});

for (const log of document.querySelectorAll('.log')) log.scrollTop = log.scrollHeight;

let events;
function connect() {
  events = new EventSource(live.dataset.events);
  events.addEventListener('open', () => { tell('Live'); refresh(); });
  events.addEventListener('news', refresh);
  events.addEventListener('trouble', event => tell(JSON.parse(event.data)));
  events.addEventListener('error', () => tell('No connection to the server; this is what was known last.'));
}
connect();
// A browser keeps few connections to a server: pages that nobody sees must not hold them.
document.addEventListener('visibilitychange', () => document.hidden ? events.close() : connect());
// Ages and times left; and that a process is gone without a word is found out when it is asked.
setInterval(() => { if (lively && !document.hidden && events.readyState === 1) refresh(); }, LIVELY_MS);
(function watchDrawn() {
  for (const name in views) watch(name);
  if (Object.keys(specs).some(name => !watched.has(name))) setTimeout(watchDrawn, 200);
})();
`;
