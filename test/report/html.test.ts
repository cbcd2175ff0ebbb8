import { expect, test } from 'vitest';
import { html, scriptJson, scriptText } from '../../src/report/html.ts';

test('what is put into a template is escaped, in text and in attributes', () => {
  const evil = `<script>alert("1" + '2')</script>&amp;`;
  expect(html`<td title="${evil}">${evil}</td>`.text).toBe(`<td title="${escaped}">${escaped}</td>`);
});

test('templates nest, lists are joined, nothing is nothing', () => {
  const rows = ['<', 0].map(value => html`<li>${value}</li>`);
  expect(html`<ul>${rows}${null}${undefined}${false}</ul>`.text).toBe('<ul><li>&lt;</li><li>0</li></ul>');
});

test('no element can begin or end inside JSON, and the JSON stays the same', () => {
  const value = { name: '</script><!--<script>' };
  expect(scriptJson(value).text).not.toContain('<');
  expect(JSON.parse(scriptJson(value).text)).toEqual(value);
});

test('code cannot end its own script', () => {
  expect(scriptText(`const end = '</script>';`).text).toBe(`const end = '<\\/script>';`);
});

const escaped = '&lt;script&gt;alert(&quot;1&quot; + &#39;2&#39;)&lt;/script&gt;&amp;amp;';
