// The interface as a page that can be read, drawn from the OpenAPI document by templates of our own: no script, nothing
// from elsewhere, printable. OpenAPI 3.1.0 (February 2021), JSON Schema 2020-12.
import { html, type Html } from './html.ts';
import type { Page } from './layout.ts';
import { exampleOf, fieldsOf, resolveSchema, typeOf, type Json } from './openapi-schema.ts';
import { listProblems } from './problem-list.ts';
import type { Words } from './words.ts';

const METHODS = ['get', 'post', 'put', 'patch', 'delete'] as const;

interface Operation {
  path: string;
  method: string;
  id: string;
  tag: string;
  spec: Json;
}

const object = (value: unknown): Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : {};
const list = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);
const text = (value: unknown): string => (typeof value === 'string' ? value : '');

/** Every operation of the document, in its order. */
export function operationsOf(document: Json): Operation[] {
  return Object.entries(object(document.paths)).flatMap(([path, entry]) =>
    METHODS.filter((method) => object(entry)[method] !== undefined).map((method) => {
      const spec = object(object(entry)[method]);
      const tag = text(list(spec.tags)[0]) || 'public';
      return { path, method, spec, tag, id: `${method}-${path.replace(/[^a-z0-9]+/gi, '-').replace(/^-|-$/g, '')}` };
    }),
  );
}

/** A path, which may be broken after each slash and nowhere else before. */
function pathCode(path: string): Html {
  return html`<code>${path.split(/(?<=\/)(?=.)/).map((part, n) => (n === 0 ? part : html`<wbr />${part}`))}</code>`;
}

/** A description with what stands in backticks as code. */
function prose(description: unknown): Html {
  return html`${text(description)
    .split('`')
    .map((part, n) => (n % 2 === 0 ? part : html`<code>${part}</code>`))}`;
}

function paragraphs(description: unknown): Html {
  return html`${text(description)
    .split('\n\n')
    .map((one) => html`<p lang="en" dir="auto">${prose(one)}</p>`)}`;
}

function fieldTable(schema: unknown, document: Json, words: Words, open: boolean): Html {
  const fields = fieldsOf(schema, document);
  if (fields.length === 0) return html``;
  return html`<details ${open ? html`open` : ''}>
    <summary>${words.say('docs.fields')}</summary>
    <dl class="fields">
      ${fields.map(
        (field) =>
          html`<div>
            <dt>
              <code>${field.name}</code>
              <span class="note"
                >${field.type}${field.required ? html` · <strong>${words.say('docs.required')}</strong>` : ''}</span
              >
            </dt>
            <dd lang="en" dir="auto">${prose(field.description)}</dd>
          </div>`,
      )}
    </dl>
  </details>`;
}

function codeBlock(value: unknown): Html {
  return html`<pre
    tabindex="0"
  ><code dir="ltr">${typeof value === 'string' ? value : JSON.stringify(value, null, 2)}</code></pre>`;
}

function contentSection(content: unknown, document: Json, words: Words, open = false): Html {
  return html`${Object.entries(object(content)).map(([type, media]) => {
    const schema = object(media).schema;
    const example = exampleOf(object(media), document);
    return html`<p class="note"><code>${type}</code></p>
      ${fieldTable(schema, document, words, open)}${
        example === undefined
          ? ''
          : html`<details>
              <summary>${words.say('docs.example')}</summary>
              ${codeBlock(example)}
            </details>`
      }`;
  })}`;
}

function operationSection({ path, method, id, spec }: Operation, document: Json, words: Words): Html {
  const parameters = list(spec.parameters).map((one) => resolveSchema(one, document));
  const scopes = list(spec.security).flatMap((one) => Object.values(object(one)).flatMap(list).map(text));
  return html`<section class="card operation" id="${id}">
    <h2><span class="method method-${method}">${method.toUpperCase()}</span> ${pathCode(path)}</h2>
    <p lang="en" dir="auto"><strong>${text(spec.summary)}</strong></p>
    ${spec.description ? html`<p lang="en" dir="auto">${prose(spec.description)}</p>` : ''}
    ${scopes.length > 0 ? html`<p class="note">${words.say('docs.scopes')}: ${[...new Set(scopes)].map((scope) => html`<code>${scope}</code> `)}</p>` : ''}
    ${
      parameters.length === 0
        ? ''
        : html`<h3>${words.say('docs.parameters')}</h3>
            <dl class="fields">
              ${parameters.map(
                (one) =>
                  html`<div>
                    <dt>
                      <code>${text(one.name)}</code>
                      <span class="note"
                        >${typeOf(one.schema, document)} ·
                        ${text(one.in)}${one.required ? html` · <strong>${words.say('docs.required')}</strong>` : ''}</span
                      >
                    </dt>
                    <dd lang="en" dir="auto">${prose(one.description ?? object(one.schema).description)}</dd>
                  </div>`,
              )}
            </dl>`
    }
    ${
      spec.requestBody
        ? html`<h3>${words.say('docs.body')}</h3>
            ${contentSection(object(spec.requestBody).content, document, words, true)}`
        : ''
    }
    <h3>${words.say('docs.answers')}</h3>
    <dl class="answers">
      ${Object.entries(object(spec.responses)).map(
        ([status, response]) =>
          html`<div>
            <dt><code class="code-${status[0]}">${status}</code></dt>
            <dd>
              ${paragraphs(resolveSchema(response, document).description)}
              ${status[0] === '2' ? contentSection(object(response).content, document, words) : ''}
            </dd>
          </div>`,
      )}
    </dl>
  </section>`;
}

const TOKEN_EXAMPLE = `curl -u "$CLIENT_ID:$CLIENT_SECRET" -d grant_type=client_credentials {base}/oauth/token`;

/** The part of an address that names a group of operations. */
function slugOf(tag: string): string {
  return tag.toLowerCase().replace(/[^a-z0-9]+/g, '-');
}

function groupsOf(document: Json): { tag: string; description: string; operations: Operation[] }[] {
  const operations = operationsOf(document);
  // In the order of the document's own list, which is that of somebody who begins.
  const named = list(document.tags).map((one) => text(object(one).name));
  const present = new Set(operations.map((one) => one.tag));
  return [...new Set([...named, ...present])]
    .filter((tag) => present.has(tag))
    .map((tag) => ({
      tag,
      description: text(
        list(document.tags)
          .map(object)
          .find((one) => one.name === tag)?.description,
      ),
      operations: operations.filter((one) => one.tag === tag),
    }));
}

/** The first page of the reference: how to begin, and every operation. `document` is the OpenAPI document as served. */
export function docsPage(document: Json, publicUrl: string, words: Words): Page {
  return {
    kind: 'docs',
    title: words.say('docs.title'),
    description: words.say('docs.lead'),
    path: '/docs',
    indexed: true,
    body: html`<h1>${words.say('docs.title')}</h1>
      <p class="lead">${words.say('docs.lead')}</p>
      <p>
        ${words.rich('docs.openapi', {
          yaml: html`<a href="/openapi.yaml">openapi.yaml</a>`,
          json: html`<a href="/openapi.json">openapi.json</a>`,
        })}
      </p>
      <section class="card">
        <h2>${words.say('docs.authentication')}</h2>
        <p>${words.say('docs.authentication.text')}</p>
        ${codeBlock(TOKEN_EXAMPLE.replace('{base}', publicUrl))}
      </section>
      ${groupsOf(document).map(
        ({ tag, description, operations }) =>
          html`<section class="card contents">
            <h2><a href="/docs/${slugOf(tag)}">${tag}</a></h2>
            ${description ? html`<p lang="en" dir="auto">${description}</p>` : ''}
            <dl>
              ${operations.map(
                (one) =>
                  html`<div>
                    <dt>
                      <a href="/docs/${slugOf(tag)}#${one.id}"
                        ><span class="method method-${one.method}">${one.method.toUpperCase()}</span>
                        ${pathCode(one.path)}</a
                      >
                    </dt>
                    <dd lang="en" dir="auto">${text(one.spec.summary)}</dd>
                  </div>`,
              )}
            </dl>
          </section>`,
      )}
      ${problemSection(document, words)}`,
  };
}

/** Every problem under the anchor that the `type` of an answer names. */
function problemSection(document: Json, words: Words): Html {
  return html`<section class="card" id="problems">
    <h2>${words.say('docs.problems')}</h2>
    <p>${words.say('docs.problems.text')}</p>
    <dl class="fields">
      ${listProblems(document).map(
        ({ code, statuses, sentence, remedy }) =>
          html`<div id="problem-${code}">
            <dt><code>${code}</code> <span class="note">${statuses.join(', ')}</span></dt>
            <dd lang="en" dir="auto">
              ${prose(sentence)}${remedy && remedy !== sentence ? html` <span class="note">${words.say('docs.problems.such')} ${prose(remedy)}</span>` : ''}
            </dd>
          </div>`,
      )}
    </dl>
  </section>`;
}

/**
 * The page of one group of operations.
 * @returns undefined where there is no such group.
 */
export function docsGroupPage(document: Json, slug: string, words: Words): Page | undefined {
  const group = groupsOf(document).find((one) => slugOf(one.tag) === slug);
  return (
    group && {
      kind: 'docs',
      title: `${group.tag} · ${words.say('docs.title')}`,
      description: group.description || words.say('docs.lead'),
      path: `/docs/${slug}`,
      indexed: true,
      body: html`<p class="crumbs"><a href="/docs">${words.say('docs.title')}</a></p>
        <h1 lang="en" dir="auto">${group.tag}</h1>
        ${group.description ? html`<p class="lead" lang="en" dir="auto">${group.description}</p>` : ''}
        ${group.operations.map((one) => operationSection(one, document, words))}`,
    }
  );
}
