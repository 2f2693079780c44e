type Json = Readonly<Record<string, unknown>>;

const isRecord = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const recordOf = (value: unknown): Json => (isRecord(value) ? value : {});
const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

const html = (text: string): string =>
  text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;');

const REFERENCE = /&quot;#\/components\/schemas\/([\w-]+)&quot;/g;
const schemaText = (schema: unknown): string =>
  `<pre>${html(JSON.stringify(schema, null, 2)).replace(REFERENCE, '&quot;<a href="#schema-$1">$1</a>&quot;')}</pre>`;

function contentOf(part: unknown): string {
  return Object.entries(recordOf(recordOf(part)['content']))
    .map(([type, media]) => `<p class="type">${html(type)}</p>${schemaText(recordOf(media)['schema'])}`)
    .join('');
}

function parametersOf(operation: Json): string {
  const { parameters } = operation;
  if (!Array.isArray(parameters) || parameters.length === 0) return '';
  const rows = parameters.filter(isRecord).map((parameter) => {
    const { name, required, schema } = parameter;
    const must = required === true ? 'required' : 'optional';
    return `<tr><td><code>${html(textOf(name))}</code></td><td>${html(textOf(parameter['in']))}, ${must}</td><td>${schemaText(schema)}</td></tr>`;
  });
  return `<h4>Parameters</h4><table>${rows.join('')}</table>`;
}

function operationHtml([path, method, operation]: [string, string, Json]): string {
  const body = operation['requestBody'] === undefined ? '' : `<h4>Body</h4>${contentOf(operation['requestBody'])}`;
  const answers = Object.entries(recordOf(operation['responses'])).map(
    ([status, answer]) =>
      `<h4>${html(status)} ${html(textOf(recordOf(answer)['description']))}</h4>${contentOf(answer)}`,
  );
  const title = `<code><b>${method.toUpperCase()}</b> ${html(path)}</code> ${html(textOf(operation['summary']))}`;
  return `<details><summary>${title}</summary>${parametersOf(operation)}${body}${answers.join('')}</details>`;
}

/** Style of the page; a file of its own, because the content policy forbids inline style. */
export const DOCS_STYLE = `:root{color-scheme:light dark}
body{font:15px/1.5 system-ui,sans-serif;max-width:70rem;margin:2rem auto;padding:0 1rem}
pre{overflow:auto;max-height:30rem;padding:.75rem;border:1px solid;border-radius:4px;font-size:13px}
details{border-bottom:1px solid;padding:.5rem 0}summary{cursor:pointer}
td{vertical-align:top;padding-right:1rem}.type{margin:0}a:focus-visible,summary:focus-visible{outline:2px solid}
`;

/** An OpenAPI document as a page without script. */
export function docsPage(document: object): string {
  const root = recordOf(document);
  const info = recordOf(root['info']);
  const operations = Object.entries(recordOf(root['paths'])).flatMap(([path, item]) =>
    Object.entries(recordOf(item)).map(([method, operation]): [string, string, Json] => [
      path,
      method,
      recordOf(operation),
    ]),
  );
  const schemas = Object.entries(recordOf(recordOf(root['components'])['schemas'])).map(
    ([name, schema]) =>
      `<details id="schema-${html(name)}"><summary><code>${html(name)}</code></summary>${schemaText(schema)}</details>`,
  );
  const about = textOf(info['description'])
    .split('\n\n')
    .map((text) => `<p>${html(text)}</p>`);
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${html(textOf(info['title']))} API</title><link rel="stylesheet" href="/docs/page.css"></head>
<body><main><h1>${html(textOf(info['title']))} API ${html(textOf(info['version']))}</h1>${about.join('')}
<p><a href="/docs/openapi.json">OpenAPI ${html(textOf(root['openapi']))} document</a></p>
<h2>Routes</h2>${operations.map(operationHtml).join('')}<h2>Schemas</h2>${schemas.join('')}</main></body></html>
`;
}
