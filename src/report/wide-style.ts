/** On a wide screen a page of many charts shows three abreast; what is read stays as wide as it was. */
export const WIDE_STYLE = `
@media (min-width: 108rem) {
  body { max-width: 104rem; }
  .figures { grid-template-columns: repeat(3, 1fr); }
  .verdict, .notice, table.claims:not(.matrix), table.arms, pre { max-width: 76rem; }
  ul.samples { grid-template-columns: repeat(8, 1fr); }
}
`;
