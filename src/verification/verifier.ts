// The way to a verification: it is handed to a worker thread, and our own documents are answered from here.
import type { FastifyInstance } from 'fastify';
import type { Report } from '../openbadges/report.ts';
import type { PresentationReport } from '../openbadges/verify-presentation.ts';
import { issuerDid } from '../issuer/profile.ts';
import type { Service } from '../platform/service.ts';
import type { Ask } from '../platform/worker-thread.ts';
import { ownDocuments } from './own-documents.ts';
import type { Given, GivenCredential, GivenPresentation, GivenSubmission, OwnQuestion } from './verify-apart.ts';

export interface Verifier {
  submission(given: Omit<GivenSubmission, keyof Given>): Promise<Report>;
  /** The report of a submission, written as JSON. */
  written(given: Omit<GivenSubmission, keyof Given>): Promise<string>;
  credential(given: Omit<GivenCredential, keyof Given>): Promise<Report>;
  presentation(given: Omit<GivenPresentation, keyof Given>): Promise<PresentationReport>;
}

/** @param app whose routes answer for our own documents */
export function makeVerifier(app: Pick<FastifyInstance, 'inject'>, service: Service): Verifier {
  const { publicUrl } = service.config;
  const own = ownDocuments(app, publicUrl);
  const answer: Ask = (question) => {
    const { url, accept } = question as OwnQuestion;
    return own(url, accept);
  };
  const run = <T>(name: string, given: object): Promise<T> => {
    const all: Given = { ...given, publicUrl, now: service.now(), ownIssuers: [issuerDid(publicUrl)] };
    return service.workers.run<T>(name, all, answer);
  };
  return {
    submission: (given) => run('verify-submission', given),
    written: (given) => run('write-report', given),
    credential: (given) => run('verify-credential', given),
    presentation: (given) => run('verify-presentation', given),
  };
}
