import { isShape, isTest, type Source, withoutComments } from './sources.ts';

const isCode = (path: string) => /\.(ts|tsx)$/.test(path);

/** Rule 10: no file over 300 lines. */
export function tooLong(sources: readonly Source[]): string[] {
  return sources.flatMap(({ path, text }) => {
    const lines = text.split('\n').length - (text.endsWith('\n') ? 1 : 0);
    return isCode(path) && lines > 300 ? [`${path} has ${lines} lines: make it a folder of the same name`] : [];
  });
}

/** Rule 10: the environment is read in one place; tests pass their own database along in it. */
export function readsEnvironment(sources: readonly Source[]): string[] {
  const isExempt = (path: string) => !path.startsWith('src/') || path === 'src/kernel/config.ts' || isTest(path);
  return sources.flatMap(({ path, text }) => (!isExempt(path) && /\bprocess\.env\b/.test(withoutComments(text)) ? [`${path} reads process.env`] : []));
}

const emptyWords = /^(utils?|helpers?|managers?|repositor(y|ies)|base|common|data|info|handlers?|impl|misc|lib)$/;
const emptyEnding = /\b(?:class|interface|type|function|const)\s+(\w*[a-z](?:Manager|Helper|Helpers|Utils?|Repository|Handler|Impl))\b/g;

/** Rule 10: names say what a thing is. */
export function emptyNames(sources: readonly Source[]): string[] {
  return sources.flatMap(({ path, text }) => {
    if (!isCode(path)) return [];
    const words = path.replace(/(\.test)?\.tsx?$/, '').split(/[/.-]/);
    const word = words.find((one) => emptyWords.test(one)) ?? (/[-.]service\.tsx?$/.test(path) ? 'service' : undefined);
    const named = [...withoutComments(text).matchAll(emptyEnding)].map(([, name]) => `${path}: ${name} does not say what it is`);
    return word ? [`${path}: "${word}" does not say what it holds`, ...named] : named;
  });
}

const impure = /\bDate\.now\b|\bnew Date\(\s*\)|\bMath\.random\b|\bTemporal\.Now\b|\brandomUUID\b|\bgetRandomValues\b|\bperformance\.now\b/;

/** Rule 3: contracts and rules read no clock and roll no dice. */
export function impureRules(sources: readonly Source[]): string[] {
  return sources.flatMap(({ path, text }) => {
    const found = isShape(path) && !isTest(path) ? impure.exec(withoutComments(text)) : null;
    return found ? [`${path} uses ${found[0]}: time and chance come in as arguments`] : [];
  });
}

const quoted = /`((?:src|docs|tools|bin|migrations|e2e|bench|deploy|\.ci)\/[\w./*{},-]*)`/g;

/** Documentation: a quoted path exists. `exists` takes a path or a glob. */
export function deadPaths(sources: readonly Source[], exists: (path: string) => boolean): string[] {
  const docs = sources.filter(({ path }) => path.endsWith('.md') && path !== 'CHANGELOG.md');
  return docs.flatMap(({ path, text }) => [...text.matchAll(quoted)].flatMap(([, target = '']) => (exists(target) ? [] : [`${path} quotes ${target}, which does not exist`])));
}
