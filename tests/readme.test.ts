// Goal: what the two READMEs promise is there, and both say the same. Method: read them as text, and compare with each
// other, with the tree, with package.json and with the route table.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ROUTES, type Role, type Route } from '../functions/api/routes.ts';
import { ACCOUNTS } from '../infra/local/accounts.ts';
import { ROOT } from './architecture-rules.ts';

const ENGLISH = 'README.md';
const CHINESE = 'README.zh-CN.md';
const PROGRAMME_FOLDER = 'domain/programmes/high-age';

/** One fenced block: the word behind the opening fence, and its lines. */
type Block = { readonly language: string; readonly lines: readonly string[] };

const read = (name: string) => readFileSync(join(ROOT, name), 'utf8');
const groups = (text: string, pattern: RegExp) => [...text.matchAll(pattern)].map(([, first = '']) => first);

function blocksOf(text: string): Block[] {
  return [...text.matchAll(/^```(\w*)\n(.*?)^```$/gms)].map(([, language = '', body = '']) => ({
    language,
    lines: body.split('\n'),
  }));
}

const isPicture = ({ lines }: Block) => lines.some((line) => line.includes('┌'));
const withoutBlocks = (text: string) => text.replaceAll(/^```.*?^```$/gms, '');

/** What must not change in translation: everything but the words of comments in shell blocks. */
function withoutComments({ language, lines }: Block): string[] {
  return lines.map((line) => (language === 'sh' ? line.replace(/(^|\s)# .+$/, '$1# …') : line));
}

/** Lines and arrows of a picture as "line:column:sign", where a Chinese character takes two columns. */
function strokes({ lines }: Block): string[] {
  return lines.flatMap((line, row) => {
    let column = 0;
    return Array.from(line).flatMap((sign) => {
      const at = `${row}:${column}:${sign}`;
      column += /[\u2e80-\u9fff\uff00-\uff60]/.test(sign) ? 2 : 1;
      return /[\u2500-\u257f▲▼]/.test(sign) ? [at] : [];
    });
  });
}

const folderPaths = (text: string) =>
  groups(text, /(?<![\w/.])((?:domain|events|functions|infra|tests)\/[\w./-]*)/g);
const inlineCode = (text: string) => groups(withoutBlocks(text), /`([^`]+)`/g);
const code = (text: string) =>
  [...inlineCode(text), ...blocksOf(text).flatMap(({ lines }) => lines)].join('\n');
const links = (text: string) => groups(withoutBlocks(text), /\]\(([^)]+)\)/g);

function routeOf(method: string | undefined, path: string): Route | undefined {
  const own = path.split('/');
  return Object.values<Route>(ROUTES).find((route) => {
    const parts = route.path.split('/');
    return (
      (method === undefined || route.method === method) &&
      parts.length === own.length &&
      parts.every((part, index) => (part.startsWith('{') ? own[index] !== '' : part === own[index]))
    );
  });
}

describe('the two READMEs', () => {
  const english = read(ENGLISH);
  const chinese = read(CHINESE);

  it('link to each other at the top', () => {
    expect(links(english)[0]).toBe(CHINESE);
    expect(links(chinese)[0]).toBe(ENGLISH);
  });

  it('have the same headings, table rows, list items and as many bold words', () => {
    const shape = (text: string) => groups(withoutBlocks(text), /^(#+ |\d\. |- |\|)/gm);
    const bold = (text: string) => withoutBlocks(text).split('**').length;
    expect(shape(chinese)).toEqual(shape(english));
    expect(bold(chinese)).toBe(bold(english));
    expect(shape(english).length).toBeGreaterThan(20);
  });

  it('have the same commands and outputs, but for comments', () => {
    const comparable = (text: string) => blocksOf(text).filter((block) => !isPicture(block));
    expect(comparable(chinese).map(withoutComments)).toEqual(comparable(english).map(withoutComments));
    expect(comparable(english).length).toBeGreaterThan(5);
  });

  it('have every comment in Chinese in the Chinese one', () => {
    const comments = blocksOf(chinese).flatMap(({ language, lines }) =>
      language === 'sh' ? lines.flatMap((line) => groups(line, /(?:^|\s)# (.+)$/g)) : [],
    );
    expect(comments.filter((comment) => !/\p{Script=Han}/u.test(comment))).toEqual([]);
    expect(comments.length).toBeGreaterThan(5);
  });

  it('have one picture, with the same lines and arrows in the same columns and the same paths', () => {
    const pictures = [english, chinese].map((text) => blocksOf(text).filter(isPicture));
    expect(pictures.map(({ length }) => length)).toEqual([1, 1]);
    const [en, zh] = pictures.flat() as [Block, Block];
    expect(strokes(zh)).toEqual(strokes(en));
    expect(folderPaths(zh.lines.join('\n'))).toEqual(folderPaths(en.lines.join('\n')));
    expect(folderPaths(en.lines.join('\n')).length).toBeGreaterThan(3);
  });

  it('give the same figures in running text', () => {
    const figures = (text: string) => groups(withoutBlocks(text), /(\d[\d.,]*\d|\d)/g);
    expect(figures(english).filter((figure) => !figures(chinese).includes(figure))).toEqual([]);
    expect(figures(english).length).toBeGreaterThan(5);
  });

  it('name the same files, settings and commands in running text', () => {
    expect(inlineCode(chinese).toSorted()).toEqual(inlineCode(english).toSorted());
    expect(links(chinese).slice(1)).toEqual(links(english).slice(1));
  });
});

describe.each([ENGLISH, CHINESE])('%s', (name) => {
  const text = read(name);

  it('names npm scripts that exist', () => {
    const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };
    const named = groups(code(text), /\bnpm (?:run (?:--silent )?)?(?!run\b)([a-z][\w:-]*)/g);
    expect(named.filter((script) => scripts[script] === undefined)).toEqual([]);
    expect(named).toEqual(expect.arrayContaining(['start', 'test', 'demo', 'bank']));
  });

  it('has links that lead to a file', () => {
    const relative = links(text).filter((link) => !/^(https?:|#)/.test(link));
    expect(relative.filter((link) => !existsSync(join(ROOT, link.replace(/#.*$/, ''))))).toEqual([]);
    expect(relative.length).toBeGreaterThan(1);
  });

  it('names files and folders that exist', () => {
    const inProgramme = inlineCode(text)
      .filter((word) => /^[\w-]+\.ts$/.test(word))
      .map((file) => `${PROGRAMME_FOLDER}/${file}`);
    const named = [...folderPaths(text).map((path) => path.replace(/\.$/, '')), ...inProgramme];
    expect(named.filter((path) => !existsSync(join(ROOT, path)))).toEqual([]);
    expect(inProgramme.length).toBeGreaterThan(3);
    expect(named.length).toBeGreaterThan(inProgramme.length + 5);
  });

  it('names addresses that the route table has', () => {
    const named = groups(text, /(?<![\w/])(\/(?:v1\/[\w/${}-]+|docs|openapi\.json))/g);
    expect(named.filter((path) => routeOf(undefined, path) === undefined)).toEqual([]);
    expect(named).toEqual(expect.arrayContaining(['/v1/runs', '/docs', '/openapi.json']));
    const withMethod = [...text.matchAll(/\b(GET|POST) (\/v1\/[\w/{}-]+)/g)];
    expect(withMethod.filter(([, method, path = '']) => routeOf(method, path) === undefined)).toEqual([]);
    expect(withMethod.length).toBeGreaterThan(0);
  });

  it('calls with a sign-in whose office may call', () => {
    const calls = [...text.matchAll(/\b(get|post) ([a-z-]+) (\/v1\/[\w/$-]+)/g)];
    const wrong = calls.filter(([, verb = '', who, path = '']) => {
      const roles: readonly Role[] = ACCOUNTS.find(({ id }) => id === who)?.roles ?? [];
      const route = routeOf(verb.toUpperCase(), path);
      return !route || !roles.some((role) => route.roles.includes(role));
    });
    expect(wrong.map(([call]) => call)).toEqual([]);
    expect(calls.length).toBeGreaterThan(15);
  });
});
