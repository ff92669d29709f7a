// The contract as the routes draw it, over a service with nothing behind it: building routes asks for no database.
import { buildApp } from '../../src/app.ts';
import type { Service } from '../../src/platform/service.ts';
import { silent, testConfig } from '../platform/test-template.ts';
import { stringify } from 'yaml';

const absent = (name: string): object =>
  new Proxy(
    {},
    {
      get: (_target, member) => {
        throw new Error(`The contract must not need ${name}.${String(member)}.`);
      },
    },
  );

const there: Record<string, unknown> = {
  config: testConfig('keys'),
  db: { kind: 'pglite' },
  log: silent,
  mail: { configured: false },
  now: () => new Date('2026-03-04T12:00:00.000Z'),
};

/** The OpenAPI document of https://badges.example.org. */
export async function drawContract(): Promise<Record<string, unknown>> {
  const service = new Proxy(
    {},
    { get: (_target, member) => there[String(member)] ?? absent(String(member)) },
  ) as Service;
  const app = buildApp(service);
  await app.ready();
  const document = JSON.parse(JSON.stringify(app.swagger())) as Record<string, unknown>;
  await app.close();
  return document;
}

/** The same as the text of `openapi.yaml`. */
export async function writeContract(): Promise<string> {
  const note = '# Drawn from the routes by `npm run openapi`; a test holds it to them. Do not edit.\n';
  return note + stringify(await drawContract(), { lineWidth: 0, aliasDuplicateObjects: false });
}
