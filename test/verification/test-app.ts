// A small app with the verification room alone: no database, no network.
import Fastify, { type FastifyInstance } from 'fastify';
import { serializerCompiler, validatorCompiler } from '@fastify/type-provider-zod';
import { installProblems } from '../../src/platform/problem-answers.ts';
import type { Service } from '../../src/platform/service.ts';
import { openWorkers } from '../../src/platform/worker-pool.ts';
import { verificationRoutes } from '../../src/verification/routes.ts';
import { now } from '../openbadges/signed-badges.ts';

export const PUBLIC_URL = 'https://badges.example.org';

/** The app; `add` puts routes beside the room's, such as our own documents. */
export function verificationApp(
  t: { teardown: (end: () => Promise<unknown>) => void },
  add: (app: FastifyInstance) => void = () => {},
): FastifyInstance {
  const app = Fastify();
  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(serializerCompiler);
  installProblems(app);
  add(app);
  const workers = openWorkers({ threads: 0 });
  const service = { config: { publicUrl: PUBLIC_URL }, workers, now: () => now } as unknown as Service;
  app.register(verificationRoutes, { service });
  t.teardown(() => app.close());
  return app;
}
