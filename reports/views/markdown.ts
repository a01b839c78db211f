import type { PhrasingContent, RootContent, Table } from 'mdast';
import { gfmTableToMarkdown } from 'mdast-util-gfm-table';
import { toMarkdown } from 'mdast-util-to-markdown';
import { forTerminal } from '../terminal.ts';

/** Cells of a table's row: literal text, or content. */
export type Cell = string | readonly PhrasingContent[];

/** Literal text in one line, whatever Markdown it contains. Escapes control and direction characters. */
export function text(value: string): PhrasingContent {
  return { type: 'text', value: oneLine(value) };
}

/** A short text as code, in one line. */
export function inlineCode(value: string): PhrasingContent {
  return { type: 'inlineCode', value: oneLine(value) };
}

/** Strong text. */
export function strong(value: string): PhrasingContent {
  return { type: 'strong', children: [text(value)] };
}

/** A heading. */
export function heading(depth: 1 | 2 | 3 | 4, value: string): RootContent {
  return { type: 'heading', depth, children: [text(value.trim())] };
}

/** A paragraph. */
export function paragraph(...children: readonly (string | PhrasingContent)[]): RootContent {
  return { type: 'paragraph', children: children.map((child) => (typeof child === 'string' ? text(child) : child)) };
}

/** Lines of code, fenced. */
export function code(lang: string, value: string): RootContent {
  return { type: 'code', lang, value: forTerminal(value) };
}

/** A table with a heading row. */
export function table(head: readonly string[], rows: readonly (readonly Cell[])[]): Table {
  const cells = (row: readonly Cell[]) =>
    row.map((cell) => ({
      type: 'tableCell' as const,
      children: typeof cell === 'string' ? [text(cell.trim())] : [...cell],
    }));
  return {
    type: 'table',
    children: [head, ...rows].map((row) => ({ type: 'tableRow' as const, children: cells(row) })),
  };
}

/** A document as GitHub's Markdown. Texts stay literal: nothing in them is interpreted. */
export function markdownOf(children: readonly RootContent[]): string {
  return toMarkdown(
    { type: 'root', children: [...children] },
    // Tables are not padded: a long cell would make every row as long.
    { extensions: [gfmTableToMarkdown({ tablePipeAlign: false })], bullet: '-', fences: true, unsafe: AUTOLINKS },
  );
}

/** Escapes bare addresses and at signs, which GitHub would turn into links and mentions. */
const AUTOLINKS = [
  { character: '@', inConstruct: 'phrasing' as const },
  { character: ':', before: '[A-Za-z]', after: '/', inConstruct: 'phrasing' as const },
  { character: '.', before: '[Ww]', inConstruct: 'phrasing' as const },
  { character: '<', inConstruct: 'phrasing' as const },
  { character: '~', inConstruct: 'phrasing' as const },
];

function oneLine(value: string): string {
  return forTerminal(value).replace(/\s+/g, ' ');
}
