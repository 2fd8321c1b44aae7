import boundaries from 'eslint-plugin-boundaries'
import vue from 'eslint-plugin-vue'
import tseslint from 'typescript-eslint'
import vueParser from 'vue-eslint-parser'

const typed = {
  parser: tseslint.parser,
  projectService: true,
  tsconfigRootDir: import.meta.dirname,
  extraFileExtensions: ['.vue'],
}

/** One feature may use itself, the shared kit and the API client; never another feature. */
const dependencies = [
  { from: { element: { types: { anyOf: ['console', 'portal'] } } }, allow: { to: { element: { types: { anyOf: ['feature', 'shared', 'api'] } } } } },
  { from: { element: { type: 'console' } }, allow: { to: { element: { type: 'console' } } } },
  { from: { element: { type: 'portal' } }, allow: { to: { element: { type: 'portal' } } } },
  { from: { element: { type: 'feature' } }, allow: { to: { element: { types: { anyOf: ['shared', 'api'] } } } } },
  { from: { element: { type: 'feature' } }, allow: { to: { element: { type: 'feature', captured: { name: '{{from.element.captured.name}}' } } } } },
  { from: { element: { type: 'api' } }, allow: { to: { element: { types: { anyOf: ['api', 'shared'] } } } } },
  { from: { element: { type: 'shared' } }, allow: { to: { element: { type: 'shared' } } } },
]

const FETCH = 'Only src/api talks to the network: use its client.'
const ELEMENT = 'The portal ships without Element Plus.'

export default tseslint.config(
  { ignores: ['dist/**', 'src/api/generated/**', 'node_modules/**'] },
  { linterOptions: { noInlineConfig: true, reportUnusedDisableDirectives: 'error' } },
  ...vue.configs['flat/recommended'],
  { files: ['src/**/*.ts', 'test/**/*.ts'], languageOptions: { parser: tseslint.parser, parserOptions: typed } },
  { files: ['src/**/*.vue'], languageOptions: { parser: vueParser, parserOptions: typed } },
  {
    files: ['src/**/*.{ts,vue}', 'test/**/*.ts'],
    plugins: { boundaries, '@typescript-eslint': tseslint.plugin },
    settings: {
      'import/resolver': { typescript: true, node: { extensions: ['.ts', '.vue'] } },
      'boundaries/elements': [
        { type: 'console', pattern: 'src/console' },
        { type: 'portal', pattern: 'src/portal' },
        { type: 'feature', pattern: 'src/features/*', capture: ['name'] },
        { type: 'api', pattern: 'src/api' },
        { type: 'shared', pattern: 'src/shared' },
      ],
    },
    rules: {
      'boundaries/dependencies': ['error', { default: 'disallow', policies: dependencies }],
      'max-lines': ['error', { max: 250, skipBlankLines: true, skipComments: true }],
      'max-lines-per-function': ['error', { max: 60, skipBlankLines: true, skipComments: true }],
      complexity: ['error', 8],
      eqeqeq: 'error',
      'no-console': 'error',
      'no-restricted-globals': ['error', { name: 'fetch', message: FETCH }, { name: 'XMLHttpRequest', message: FETCH }, { name: 'EventSource', message: FETCH }],
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': ['error', { checksVoidReturn: false }],
      '@typescript-eslint/no-non-null-assertion': 'error',
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/ban-ts-comment': 'error',
      'vue/block-order': ['error', { order: ['script', 'template', 'style'] }],
      'vue/define-props-declaration': ['error', 'type-based'],
      'vue/define-emits-declaration': ['error', 'type-literal'],
      'vue/define-macros-order': 'error',
      'vue/component-api-style': ['error', ['script-setup']],
      'vue/no-v-html': 'error',
      'vue/max-template-depth': ['error', { maxDepth: 8 }],
      'vue/multi-word-component-names': 'off',
      'vue/require-default-prop': 'off',
      'vue/max-attributes-per-line': 'off',
      'vue/singleline-html-element-content-newline': 'off',
      'vue/html-self-closing': ['error', { html: { void: 'always', normal: 'always', component: 'always' } }],
      'vue/html-closing-bracket-newline': 'off',
      'vue/first-attribute-linebreak': 'off',
      'vue/multiline-html-element-content-newline': 'off',
      'vue/html-indent': 'off',
    },
  },
  {
    files: ['src/features/**', 'src/console/**', 'src/shared/**', 'src/portal/**'],
    rules: { 'no-restricted-imports': ['error', { paths: [{ name: 'openapi-fetch', message: FETCH }, { name: 'axios', message: FETCH }] }] },
  },
  {
    files: ['src/portal/**', 'src/api/**'],
    rules: { 'no-restricted-imports': ['error', { patterns: [{ group: ['element-plus', 'element-plus/*'], message: ELEMENT }] }] },
  },
  { files: ['src/api/**'], rules: { 'no-restricted-globals': 'off' } },
  { files: ['**/*.spec.ts', 'test/**'], rules: { 'max-lines-per-function': 'off' } },
)
