import path from 'node:path';

const FORBIDDEN = new Set(['utils', 'util', 'helpers', 'helper', 'common', 'misc', 'types']);
const KEBAB = /^[a-z0-9]+(-[a-z0-9]+)*(\.[a-z0-9]+)*$/;

/** Names of files and folders: kebab-case, and never a word that says nothing. */
const fileName = {
  meta: {
    type: 'problem',
    schema: [],
    messages: {
      swamp: '"{{name}}" says nothing: name the file or folder after the concept it holds.',
      kebab: 'File names are kebab-case, found "{{name}}".',
    },
  },
  create(context) {
    return {
      Program(node) {
        const inside = path.relative(context.cwd, context.filename).split(path.sep);
        for (const part of inside) {
          const name = part.replace(/(\.test|\.property\.test|\.d)?\.[cm]?tsx?$/, '');
          if (FORBIDDEN.has(name)) context.report({ node, messageId: 'swamp', data: { name: part } });
        }
        const base = inside.at(-1) ?? '';
        if (!KEBAB.test(base)) context.report({ node, messageId: 'kebab', data: { name: base } });
      },
    };
  },
};

/** `x as unknown as T` switches the type checker off. */
const noDoubleAssertion = {
  meta: {
    type: 'problem',
    schema: [],
    messages: { double: 'A double assertion switches the type checker off: parse or narrow instead.' },
  },
  create(context) {
    return {
      'TSAsExpression > TSAsExpression'(node) {
        context.report({ node, messageId: 'double' });
      },
    };
  },
};

/** ESLint plugin with the house rules that no public plugin has. */
export const houseRules = { rules: { 'file-name': fileName, 'no-double-assertion': noDoubleAssertion } };
