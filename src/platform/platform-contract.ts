// What the contract says of this room's routes besides their schemas.
import { METRICS_REFUSED } from './metrics.ts';
import type { RoomContract } from './contract.ts';

const ready = (jobs: object) => [{ name: 'database', ready: true }, { name: 'keys', ready: true }, jobs];

export const platformContract: RoomContract = {
  operations: {
    'POST /oauth/token': {
      operationId: 'issueAccessToken',
      body: { example: { grant_type: 'client_credentials', scope: 'completions:write completions:read' } },
      answers: {
        200: {
          description: 'A token; send it as `Authorization: Bearer …` until it expires, then ask for another.',
          example: {
            access_token:
              'eyJhbGciOiJFZERTQSIsInR5cCI6ImF0K2p3dCJ9.eyJzY29wZSI6ImNvbXBsZXRpb25zOndyaXRlIn0.c2lnbmF0dXJl',
            token_type: 'Bearer',
            expires_in: 900,
            scope: 'completions:write completions:read',
          },
        },
        400: {
          description: 'The request is not as OAuth 2.0 has it (RFC 6749 §5.2), or its body is not as its type says.',
          content: {
            'application/json': {
              example: {
                error: 'unsupported_grant_type',
                error_description: 'Use grant_type=client_credentials.',
              },
            },
          },
        },
        401: {
          description: 'Not a client of ours, or not its secret.',
          headers: { 'WWW-Authenticate': 'Always `Basic`.' },
          example: {
            error: 'invalid_client',
            error_description: 'There is no such client, or its secret is another one.',
          },
        },
      },
    },
    'GET /.well-known/oauth-authorization-server': {
      operationId: 'readAuthorizationServer',
      answers: {
        200: {
          example: {
            issuer: 'https://badges.example.org',
            token_endpoint: 'https://badges.example.org/oauth/token',
            token_endpoint_auth_methods_supported: ['client_secret_basic'],
            grant_types_supported: ['client_credentials'],
            response_types_supported: [],
            scopes_supported: ['completions:write', 'completions:read'],
            service_documentation: 'https://badges.example.org/docs',
          },
        },
      },
    },
    'GET /healthz': { operationId: 'readHealth', answers: { 200: { example: { alive: true } } } },
    'GET /readyz': {
      operationId: 'readReadiness',
      answers: {
        200: {
          description: 'Requests can be served.',
          example: { ready: true, checks: ready({ name: 'jobs', ready: true }) },
        },
        503: {
          description: 'They cannot: see the checks.',
          example: {
            ready: false,
            checks: ready({ name: 'jobs', ready: false, detail: 'The job queue is not working yet.' }),
          },
        },
      },
    },
    'GET /metrics': {
      operationId: 'readMetrics',
      description:
        'Open to whoever reaches the port, unless the operator sets `METRICS_TOKEN`: then it is to come as `Authorization: Bearer`, as Prometheus sends it.',
      problems: [METRICS_REFUSED()],
      answers: {
        200: {
          content: {
            'text/plain': {
              schema: { type: 'string' },
              example:
                '# HELP cairn_jobs Jobs by queue and state; those in dead-letter failed for good\n# TYPE cairn_jobs gauge\ncairn_jobs{queue="publish-status-lists",state="waiting"} 1\n',
            },
          },
        },
      },
    },
  },
};
