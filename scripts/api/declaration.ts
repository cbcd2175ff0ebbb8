/** A declaration as a reader wants it: its words, and its type without its body. */
import { type JSDocableNode, Node } from 'ts-morph';

/** With an empty line behind it; nothing where there are no words. */
export function docText(node: Node): string {
  const text = docsOf(node)
    .map(doc => doc.getDescription().trim())
    .join('\n\n');
  return text === '' ? '' : `${text.replaceAll(/([^\n])\n(?=[^\n ])/g, '$1 ')}\n\n`;
}

export function declarationText(node: Node): string {
  if (Node.isFunctionDeclaration(node)) return signature(node.getName() ?? '', node);
  if (Node.isVariableDeclaration(node)) return variableText(node.getName(), node);
  if (Node.isClassDeclaration(node)) return classText(node);
  return node
    .getText()
    .replace(/^export /, '')
    .replace(/^\/\*\*[\s\S]*?\*\/\n/, '');
}

/** Interfaces and aliases of src/ that stand in the declaration's types. */
export function mentionedTypes(node: Node): Node[] {
  const names = [node, ...node.getDescendants()].filter(Node.isIdentifier).filter(name => !isInBody(name, node));
  const symbols = names.flatMap(name => name.getSymbol()?.getAliasedSymbol() ?? name.getSymbol() ?? []);
  const declared = symbols.flatMap(symbol => symbol.getDeclarations());
  const ours = declared.filter(one => one.getSourceFile().getFilePath().includes('/src/'));
  return [...new Set(ours.filter(one => Node.isInterfaceDeclaration(one) || Node.isTypeAliasDeclaration(one)))];
}

function docsOf(node: Node): ReturnType<JSDocableNode['getJsDocs']> {
  const documented = Node.isVariableDeclaration(node) ? node.getVariableStatement() : node;
  return documented !== undefined && Node.isJSDocable(documented) ? documented.getJsDocs() : [];
}

function variableText(name: string, node: Node): string {
  if (!Node.isVariableDeclaration(node)) return '';
  const value = node.getInitializer();
  if (Node.isArrowFunction(value)) return signature(name, value);
  return `const ${name}: ${node.getTypeNode()?.getText() ?? node.getType().getText(node)}`;
}

function signature(name: string, node: Node): string {
  if (!Node.isFunctionDeclaration(node) && !Node.isArrowFunction(node)) return '';
  const parameters = node.getParameters().map(parameter => parameter.getText());
  const result = node.getReturnTypeNode()?.getText() ?? node.getReturnType().getText(node);
  return `function ${name}(${parameters.join(', ')}): ${result}`;
}

/** What it offers: members that are not private, without bodies. */
function classText(node: Node): string {
  if (!Node.isClassDeclaration(node)) return '';
  const members = [...node.getConstructors(), ...node.getInstanceMembers()].filter(member => !isPrivate(member));
  const lines = members.map(member => {
    const body = Node.isBodyable(member) ? member.getBody()?.getText() : undefined;
    const doc = docText(member).trim();
    const text = (body ? member.getText().replace(body, '') : member.getText())
      .replace(/^\/\*\*[\s\S]*?\*\/\s*/, '')
      .trim();
    return `${doc ? `  /** ${doc} */\n` : ''}  ${text.replace(/;$/, '')};`;
  });
  const base = node.getExtends();
  return `class ${node.getName()}${base ? ` extends ${base.getText()}` : ''} {\n${lines.join('\n')}\n}`;
}

/** Bodies and private members are nobody's to read. */
function isInBody(name: Node, node: Node): boolean {
  const above = name.getAncestors().filter(one => one.getAncestors().includes(node));
  return above.some(one => Node.isBlock(one) || isPrivate(one));
}

const isPrivate = (member: Node): boolean => Node.hasName(member) && member.getName().startsWith('#');
