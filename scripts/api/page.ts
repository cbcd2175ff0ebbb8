/** The public surface as a page: what src/index.ts exports, and the types that those are made of. */
import { type ExportedDeclarations, Node, Project, type SourceFile } from 'ts-morph';
import { declarationText, docText, mentionedTypes } from './declaration.ts';

export const API_PAGE = 'docs/api.md';

const INTRODUCTION = `# API

Written by \`npm run api\` from the docstrings; a test fails if it is stale. All of it is imported from \`convbench\`:

\`\`\`ts
import { compare, defineDataset, defineExperiment, defineNet, gate, track } from 'convbench';
\`\`\`

A mistake in what these are given is a \`UserError\` of one line. [Your project](your-project.md) shows them at work.
`;

export function apiPage(): string {
  const project = new Project({
    tsConfigFilePath: 'tsconfig.json',
    skipAddingFilesFromTsConfig: true,
    skipLoadingLibFiles: true,
  });
  const index = project.addSourceFileAtPath('src/index.ts');
  project.resolveSourceFileDependencies();
  const exported = [...index.getExportedDeclarations()].flatMap(([name, [one]]) => (one ? [[name, one] as const] : []));
  const values = exported.filter(([, one]) => !isType(one));
  const types = exported.filter(([, one]) => isType(one));
  const parts = closureOf(exported.map(([, one]) => one));
  return [
    INTRODUCTION,
    '## Functions\n',
    ...values.map(([name, one]) => (Node.isSourceFile(one) ? namespaceEntry(index, name, one) : entry(name, one))),
    '## Types\n',
    ...types.map(([name, one]) => entry(name, one)),
    '## What those are made of\n\nNot exported by name; an object of that shape is one.\n',
    ...parts.map(one => entry(nameOf(one), one)),
  ].join('\n');
}

const isType = (one: Node): boolean => Node.isInterfaceDeclaration(one) || Node.isTypeAliasDeclaration(one);

function entry(name: string, one: Node): string {
  return `### ${name}\n\n${docText(one)}\`\`\`ts\n${declarationText(one)}\n\`\`\`\n`;
}

function namespaceEntry(index: SourceFile, name: string, module: SourceFile): string {
  const members = [...module.getExportedDeclarations()].flatMap(([, [one]]) => one ?? []);
  const functions = members.filter(one => !isType(one)).map(one => `${commentOf(one)}${declarationText(one)}`);
  const exporting = index.getExportDeclarations().find(one => one.getNamespaceExport()?.getName() === name);
  const about = (exporting?.getLeadingCommentRanges() ?? []).map(range => plain(range.getText())).at(-1) ?? '';
  return `### ${name}\n\n${about}\n\n\`\`\`ts\n${functions.join('\n\n')}\n\`\`\`\n`;
}

const commentOf = (one: Node): string => (docText(one) === '' ? '' : `/** ${docText(one).trim()} */\n`);
const plain = (comment: string): string => comment.replace(/^\/\*\*\s*|\s*\*\/$/g, '').replace(/\n\s*\* ?/g, ' ');
const nameOf = (one: Node): string => (Node.hasName(one) ? one.getName() : '');

/** Types of ours that are mentioned, and by those, and so on; each once, in the order in which they are met. */
function closureOf(roots: readonly ExportedDeclarations[]): Node[] {
  const seen = new Set<Node>(roots);
  const found: Node[] = [];
  const queue = roots.flatMap(one =>
    Node.isSourceFile(one) ? [...one.getExportedDeclarations().values()].flat() : [one],
  ) as Node[];
  for (let one = queue.shift(); one !== undefined; one = queue.shift()) {
    for (const type of mentionedTypes(one).filter(type => !seen.has(type))) {
      seen.add(type);
      found.push(type);
      queue.push(type);
    }
  }
  return found;
}
