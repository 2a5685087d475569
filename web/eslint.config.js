import { defineConfigWithVueTs, vueTsConfigs } from '@vue/eslint-config-typescript'
import vue from 'eslint-plugin-vue'
import a11y from 'eslint-plugin-vuejs-accessibility'

/** Stores, and the modules they send and read with. */
const STORES = [
  'src/*/*Store.ts',
  'src/review/{sft,deciding,queuePages,redoing,undoing,undoingBatch,undoNewest}.ts',
  'src/import/{followJob,sendFiles}.ts',
]
const ASK = {
  regex: '^(@/api|\\.)/client$',
  allowTypeImports: true,
  message: 'Only a store asks the server.',
}
const STORE = {
  regex: '(Store|^\\./sft|^@/review/sft)$',
  allowTypeImports: true,
  message: 'A component gets props and says events; its view or a composable knows the store.',
}
const COMPOSABLE = {
  regex: '/use[A-Z]\\w*$',
  message: 'A store outlives every component; take the pure part of the composable.',
}

/** A shared area imports no area but those listed before it. */
const SHARED = ['api', 'words', 'kit', 'plot', 'reading']
const AREA = (room) => ({
  regex: `^@/(?!(${SHARED.slice(0, SHARED.indexOf(room) + 1).join('|')})/)`,
  message: `src/${room} is shared: it imports no area.`,
})

function restrict(...patterns) {
  return { '@typescript-eslint/no-restricted-imports': ['error', { patterns }] }
}

const TEST_ID = 'A test id is for tests: give the element a ref.'

export default defineConfigWithVueTs(
  { ignores: ['dist/**', 'node_modules/**', 'src/api/schema.d.ts'] },
  vue.configs['flat/recommended'],
  a11y.configs['flat/recommended'],
  vueTsConfigs.strict,
  {
    rules: {
      'max-lines': ['error', { max: 350 }],
      'max-lines-per-function': ['error', { max: 60, skipBlankLines: true }],
      'no-console': 'error',
      // Layout is Prettier's.
      'vue/html-self-closing': 'off',
      'vue/max-attributes-per-line': 'off',
      'vue/singleline-html-element-content-newline': 'off',
      'vue/html-indent': 'off',
      'vue/html-closing-bracket-newline': 'off',
      'vue/multiline-html-element-content-newline': 'off',
      'vue/no-v-html': 'error',
      'vue/no-static-inline-styles': 'error',
      // A label that wraps its control needs no id as well.
      'vuejs-accessibility/label-has-for': [
        'error',
        { required: { some: ['nesting', 'id'] }, controlComponents: ['KeptField'] },
      ],
    },
  },
  // A composable is one closure around many small functions, so it may be longer.
  { files: ['src/*/use[A-Z]*.ts'], rules: { 'max-lines-per-function': ['error', { max: 100 }] } },
  { files: ['scripts/**'], rules: { 'no-console': 'off' } },
  // Who may import what (docs/decisions/0031-the-web-app-by-area.md).
  { files: ['src/**/*.ts', 'src/**/*View.vue', 'src/App.vue'], rules: restrict(ASK) },
  { files: ['src/**/*.vue'], ignores: ['src/**/*View.vue', 'src/App.vue'], rules: restrict(ASK, STORE) },
  ...SHARED.flatMap((room) => [
    { files: [`src/${room}/**/*.ts`], rules: restrict(ASK, AREA(room)) },
    { files: [`src/${room}/**/*.vue`], rules: restrict(ASK, STORE, AREA(room)) },
  ]),
  { files: STORES, rules: restrict(COMPOSABLE) },
  { files: ['src/reading/*Store.ts'], rules: restrict(COMPOSABLE, AREA('reading')) },
  {
    files: ['src/**'],
    rules: {
      'no-restricted-syntax': [
        'error',
        { selector: 'Literal[value=/\\[data-testid/]', message: TEST_ID },
        { selector: 'TemplateElement[value.raw=/\\[data-testid/]', message: TEST_ID },
        { selector: 'CallExpression > Literal[value="data-testid"]', message: TEST_ID },
        { selector: 'MemberExpression > Identifier[name="testid"]', message: TEST_ID },
      ],
    },
  },
  {
    files: ['**/*.spec.ts', 'src/testing/**'],
    rules: {
      'max-lines-per-function': 'off',
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/no-restricted-imports': 'off',
      'no-restricted-syntax': 'off',
    },
  },
)
