// The documented report is the report that is given.
import t from 'tap';
import { REPORT_EXAMPLE, reportSchema } from '../../src/verification/report-schema.ts';
import { badge, sign, verify } from '../openbadges/signed-badges.ts';

void t.test('real reports and the example fit', async (t) => {
  t.ok(reportSchema.safeParse(REPORT_EXAMPLE).success);
  t.ok(reportSchema.safeParse(await verify(await sign(badge()))).success);
  t.ok(reportSchema.safeParse(await verify(7)).success);
});
