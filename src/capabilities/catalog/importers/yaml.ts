import { isAlias, isMap, isScalar, Lexer, LineCounter, parseAllDocuments, visit } from 'yaml';
import type { Document, ScalarTag, SchemaOptions } from 'yaml';
import type { Findings, SourceFile } from './reading.ts';
import { sizeFault } from './untyped.ts';

/** One document of a YAML file, as plain values. */
export interface YamlDocument {
  readonly value: unknown;
  /** Line of its first content, from 1. */
  readonly line: number;
}

/** The parser reads about 1 MB a second, so the limit is lower than that of other text. */
const largestYaml = 5 * 1024 * 1024;
/** How many times over aliases may multiply the text. */
const mostAliases = 100;

const deepestFlow = 60;
const longestRun = 200;
const mostTokens = 2_500_000;

/**
 * A text of brackets, dashes, commas or tags alone takes the parser minutes and gigabytes; its lexer is quick and shows such a text before.
 * A run is what stands between two scalars, without white space and comments.
 */
function lexicalFault(text: string): string | null {
  let [tokens, depth, run] = [0, 0, 0];
  for (const token of new Lexer().lex(text)) {
    tokens += 1;
    const sign = token[0] ?? '';
    // U+001F is how the lexer announces a scalar.
    if (sign === '\u001f' || sign === '"' || sign === "'") run = 0;
    else if (!' \t\r\n#\ufeff\u0002\u0018'.includes(sign)) run += 1;
    if (token === '[' || token === '{') depth += 1;
    else if (token === ']' || token === '}') depth -= 1;
    if (depth > deepestFlow) return 'it is nested too deeply';
    if (run > longestRun) return `it holds more than ${longestRun} signs in a row without a value`;
    if (tokens > mostTokens) return 'it holds too many values';
  }
  return null;
}

/** The library compares each key with each other, which takes minutes for a large map; this takes one pass. */
function duplicateKeys(document: Document, lines: LineCounter, file: string, findings: Findings): void {
  visit(document, {
    Map(_, map) {
      const seen = new Set<string>();
      for (const { key } of map.items) {
        const name = isScalar(key) ? (key.source ?? '') : null;
        if (name === null) continue;
        if (seen.has(name)) {
          const line = isScalar(key) && key.range ? lines.linePos(key.range[0]).line : null;
          findings.add('warning', 'duplicate-key', `The key ${name.slice(0, 60)} stands twice in one mapping; the last value counts.`, { file, line, value: name });
        }
        seen.add(name);
      }
    },
  });
}

const bool = 'tag:yaml.org,2002:bool';
const yes: ScalarTag = { tag: bool, default: true, test: /^(?:[Yy]es|YES|[Oo]n|ON)$/, resolve: () => true };
const no: ScalarTag = { tag: bool, default: true, test: /^(?:[Nn]o|NO|[Oo]ff|OFF)$/, resolve: () => false };

/** What PyYAML, which reads Ansible's files, takes for true and false (not the `y` of YAML 1.1), and `<<`. */
const schemas: Readonly<Record<'1.1' | '1.2', SchemaOptions>> = {
  '1.1': { schema: 'core', merge: true, customTags: [yes, no] },
  '1.2': { schema: 'core' },
};

/** An empty document between two separators is nothing; a comment alone neither. */
function isEmpty(document: Document): boolean {
  const { contents } = document;
  return contents === null || (isScalar(contents) && contents.value === null && !contents.source);
}

function plain(document: Document): { readonly value: unknown } | { readonly fault: string } {
  try {
    const value: unknown = document.toJS({ maxAliasCount: mostAliases });
    const fault = sizeFault(value);
    return fault === null
      ? { value }
      : { fault: fault === 'deep' ? 'it is nested too deeply, or an alias refers to itself' : 'it holds too many values once its aliases are followed' };
  } catch (cause) {
    if (cause instanceof ReferenceError) return { fault: 'its aliases multiply the text more than a hundred times, which is how a YAML bomb works' };
    if (cause instanceof RangeError) return { fault: 'it is nested too deeply' };
    return { fault: 'its values cannot be put together' };
  }
}

/**
 * The documents of a file; each that cannot be read is a finding and the others stay. `1.1` is what Ansible reads: `yes` is true there.
 * No tag makes anything but plain values.
 */
export function yamlDocuments({ path: file, text }: SourceFile, findings: Findings, version: '1.1' | '1.2' = '1.2'): YamlDocument[] {
  if (text.length > largestYaml) {
    findings.add('error', 'too-large', `This YAML file has more than ${largestYaml / 1024 / 1024} MB. Split it into several files.`, { file });
    return [];
  }
  const lexical = lexicalFault(text);
  if (lexical !== null) {
    findings.add('error', 'yaml', `This file is not read: ${lexical}.`, { file });
    return [];
  }
  const lines = new LineCounter();
  let documents: readonly Document[];
  try {
    const parsed = parseAllDocuments(text, { ...schemas[version], lineCounter: lines, uniqueKeys: false, prettyErrors: false, logLevel: 'silent' });
    documents = Array.isArray(parsed) ? parsed : [];
  } catch (cause) {
    findings.add('error', 'yaml', `This file cannot be read as YAML: ${cause instanceof RangeError ? 'it is nested too deeply' : 'it is damaged'}.`, { file });
    return [];
  }
  return documents.flatMap((document) => {
    // The library's sentences quote the text, which may be a secret; its codes do not.
    const [error] = document.errors;
    const line = lines.linePos(error?.pos[0] ?? firstContent(document)).line || 1;
    if (error) {
      findings.add('error', 'yaml', `This YAML document cannot be read from this line on: ${error.code.toLowerCase().replaceAll('_', ' ')}.`, { file, line });
      return [];
    }
    if (isEmpty(document)) return [];
    const read = plain(document);
    if ('fault' in read) {
      findings.add('error', 'yaml', `This YAML document is not read: ${read.fault}.`, { file, line });
      return [];
    }
    duplicateKeys(document, lines, file, findings);
    return [{ value: read.value, line }];
  });
}

function firstContent({ contents }: Document): number {
  const first = isMap(contents) ? contents.items[0]?.key : contents;
  return (isScalar(first) || isAlias(first) ? first.range?.[0] : undefined) ?? contents?.range?.[0] ?? 0;
}
