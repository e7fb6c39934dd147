import fc from 'fast-check';

/** JSON with comments, written as people write it: any layout, line ends, indentation, trailing commas, byte order mark. */
type Value = string | number | boolean | null | Value[] | { readonly [key: string]: Value };

interface Style {
  readonly lineEnd: string;
  readonly unit: string;
  readonly oneLine: boolean;
  readonly trailingComma: boolean;
  readonly comments: readonly ('none' | 'line' | 'block' | 'above' | 'late')[];
}

const text = fc.constantFrom(
  'x',
  'http://h:1/mcp',
  'a "quoted" {b}',
  'tab\tö\u{1f600}',
  '// no comment',
  '/* nor this */',
  ',',
  '',
);
const leaf: fc.Arbitrary<Value> = fc.oneof(text, fc.integer(), fc.boolean(), fc.constant(null));
const small: fc.Arbitrary<Value> = fc.oneof(
  { weight: 3, arbitrary: leaf },
  fc.array(leaf, { maxLength: 3 }),
  fc.dictionary(fc.constantFrom('headers', 'x', 'a b', 'Authorization', 'authorization', 'AUTHORIZATION'), leaf, {
    maxKeys: 2,
    noNullPrototype: true,
  }),
);

/** A definition of a server in which every property that an edit may touch can stand. */
const definition = fc.dictionary(
  fc.constantFrom('type', 'url', 'serverUrl', 'command', 'args', 'env', 'headers', 'cwd', 'dev'),
  fc.oneof(small, fc.constant('stdio'), fc.constant('http')),
  { maxKeys: 5, noNullPrototype: true },
);

const style: fc.Arbitrary<Style> = fc.record({
  lineEnd: fc.constantFrom('\n', '\r\n', '\r'),
  unit: fc.constantFrom('  ', '    ', '\t', ' '.repeat(12)),
  oneLine: fc.boolean(),
  trailingComma: fc.boolean(),
  comments: fc.array(fc.constantFrom('none', 'none', 'none', 'line', 'block', 'above', 'late'), {
    minLength: 1,
    maxLength: 7,
  }),
});

/** An object that may hold `inner` under `name`, first or last, beside what else stands there. */
function holder(name: string, inner: fc.Arbitrary<Value>): fc.Arbitrary<Value> {
  const rest = fc.dictionary(fc.constantFrom('inputs', 'z'), small, { maxKeys: 2, noNullPrototype: true });
  return fc.tuple(fc.option(inner), rest, fc.boolean()).map(([value, others, isFirst]): Value => {
    if (value === null) return others;
    return isFirst ? { [name]: value, ...others } : { ...others, [name]: value };
  });
}

/** A whole file with `keys` among its possible servers. Each object of the path `rootPath`, which leads to them, may be missing. */
export function jsoncFile(rootPath: readonly string[], keys: readonly string[]): fc.Arbitrary<string> {
  const servers: fc.Arbitrary<Value> = fc.dictionary(fc.constantFrom(...keys, 'figma', 'other "one"'), definition, {
    maxKeys: 4,
    noNullPrototype: true,
  });
  const root = rootPath.reduceRight((inner, name) => holder(name, inner), servers);
  return fc
    .tuple(root, style, fc.constantFrom('', '\ufeff'), fc.constantFrom('', 'end', 'comment'))
    .map(([value, form, mark, end]) => {
      const writer = new Writer(form);
      const head = form.comments.includes('above') && !form.oneLine ? `// top${form.lineEnd}` : '';
      const tail = end === '' ? '' : form.lineEnd + (end === 'comment' ? '/* last */' : '');
      return mark + head + writer.write(value, '') + tail;
    });
}

class Writer {
  readonly #style: Style;
  #count = 0;

  constructor(form: Style) {
    this.#style = form;
  }

  write(value: Value, indent: string): string {
    if (typeof value !== 'object' || value === null) return JSON.stringify(value);
    const [open, close] = Array.isArray(value) ? ['[', ']'] : ['{', '}'];
    const inner = indent + this.#style.unit;
    const items = Array.isArray(value)
      ? value.map((item) => this.write(item, inner))
      : Object.entries(value).map(([key, item]) => `${JSON.stringify(key)}: ${this.write(item, inner)}`);
    return this.#style.oneLine ? this.#inOneLine(items, open, close) : this.#inLines(items, open, close, indent);
  }

  #inOneLine(items: readonly string[], open: string, close: string): string {
    const last = this.#style.trailingComma && items.length > 0 ? ',' : '';
    const comment = this.#comment();
    return `${open} ${items.join(', ')}${last}${comment === 'block' ? ' /* c */' : ''} ${close}`;
  }

  #inLines(items: readonly string[], open: string, close: string, indent: string): string {
    const { lineEnd, unit, trailingComma } = this.#style;
    const lines = items.map((item, index) => {
      const comma = index < items.length - 1 || trailingComma ? ',' : '';
      const start = lineEnd + indent + unit;
      const comment = this.#comment();
      if (comment === 'line') return `${start}${item}${comma} // c ${index}`;
      if (comment === 'block') return `${start}${item} /* before the comma */${comma}`;
      if (comment === 'above') return `${start}// above, "with": {quotes}${start}${item}${comma}`;
      if (comment === 'late') return `${start}${item} // late${start}${comma}/* two${lineEnd}lines */`;
      return start + item + comma;
    });
    const last = this.#comment() === 'above' ? `${lineEnd}${indent}${unit}// in the end` : '';
    return `${open}${lines.join('')}${last}${lineEnd}${indent}${close}`;
  }

  #comment(): Style['comments'][number] {
    const { comments } = this.#style;
    return comments[this.#count++ % comments.length] ?? 'none';
  }
}
