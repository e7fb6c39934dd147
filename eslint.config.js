import js from '@eslint/js';
import tseslint from 'typescript-eslint';

/** What a folder of `src` may not import, and the sentence that says so. */
function boundary(files, patterns, message) {
  return {
    files,
    rules: {
      '@typescript-eslint/no-restricted-imports': ['error', { patterns: [{ regex: patterns.join('|'), message }] }],
    },
  };
}

const room = (names) => `^(\\.\\./)+(${names})/`;

export default tseslint.config(
  { ignores: ['node_modules/', 'dist/', 'out/', '.vscode-test/', 'test/fixtures/'] },
  js.configs.recommended,
  ...tseslint.configs.strictTypeChecked,
  ...tseslint.configs.stylisticTypeChecked,
  {
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    rules: {
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-floating-promises': ['error', { checkThenables: true }],
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/consistent-type-definitions': ['error', 'interface'],
      'no-restricted-syntax': [
        'error',
        { selector: 'ExportDefaultDeclaration', message: 'Name what you export.' },
        { selector: 'ExportAllDeclaration', message: 'No barrel files: import from the file that defines it.' },
      ],
      // `() => dispose()` says what it does; the rule still catches a void value that is used.
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      eqeqeq: 'error',
      'no-console': 'error',
    },
  },
  boundary(
    ['src/core/**'],
    [room('services|node|vscode'), '^(\\.\\./)+(app|extension)\\.ts$', '^vscode$', '^node:', '^undici$'],
    'core is pure: it imports only core, zod/mini, jsonc-parser, yaml and ignore.',
  ),
  boundary(
    ['src/services/**'],
    [room('node|vscode'), '^(\\.\\./)+(app|extension)\\.ts$', '^vscode$', '^node:', '^undici$'],
    'services import core and their own ports; node and vscode implement the ports.',
  ),
  boundary(
    ['src/node/**'],
    [room('vscode'), '^(\\.\\./)+(app|extension)\\.ts$', '^vscode$'],
    'node never sees vscode.',
  ),
  boundary(
    ['src/vscode/**'],
    [room('node'), '^(\\.\\./)+(app|extension)\\.ts$', '^node:', '^undici$'],
    'vscode never sees node: it takes ports from the composition root.',
  ),
  {
    files: ['src/core/**'],
    rules: {
      'no-restricted-globals': [
        'error',
        ...[
          'setTimeout',
          'setInterval',
          'setImmediate',
          'Date',
          'fetch',
          'process',
          'performance',
          'console',
          'Buffer',
        ].map((name) => ({ name, message: 'core has no clock, no state and no I/O: take it as an argument.' })),
      ],
    },
  },
  {
    files: ['test/**'],
    rules: {
      '@typescript-eslint/no-floating-promises': [
        'error',
        {
          checkThenables: true,
          allowForKnownSafeCalls: [{ from: 'package', name: ['describe', 'it'], package: 'mocha' }],
        },
      ],
      '@typescript-eslint/no-non-null-assertion': 'off',
    },
  },
  { files: ['scripts/**', 'bench/**', 'test/support/**'], rules: { 'no-console': 'off' } },
  { files: ['eslint.config.js'], ...tseslint.configs.disableTypeChecked },
  { files: ['eslint.config.js'], rules: { 'no-restricted-syntax': 'off' } },
  {
    files: ['**/*.mjs'],
    ...tseslint.configs.disableTypeChecked,
    languageOptions: { globals: { process: 'readonly', console: 'readonly', URL: 'readonly' } },
  },
);
