/** Sorts a table by a column: a second click turns the order round, rows without a value stay last. */
export const SORT_SCRIPT = `
const order = (a, b) => Number.isNaN(a - b) ? a.localeCompare(b, 'en', { numeric: true }) : a - b;
for (const button of document.querySelectorAll('[data-sort]')) {
  button.addEventListener('click', () => {
    const head = button.parentElement;
    const falling = head.getAttribute('aria-sort') === 'ascending';
    for (const other of head.parentElement.children) other.removeAttribute('aria-sort');
    head.setAttribute('aria-sort', falling ? 'descending' : 'ascending');
    const body = head.closest('table').tBodies[0];
    const value = row => row.children[head.cellIndex].dataset.value;
    const sorted = [...body.rows].sort((a, b) => {
      const [x, y] = [value(a), value(b)];
      if (x === '' || y === '') return (x === '') - (y === '');
      return (falling ? -1 : 1) * order(x, y);
    });
    body.append(...sorted);
  });
}
`;
