import { programmeById } from '../../../domain/programmes/index.ts';
import { ok, type Result } from '../../../domain/result.ts';
import type { StatisticsBy } from '../../../domain/statistics/counted.ts';
import type { StaffActor } from '../../middleware/actor.ts';
import { statistics } from '../../statistics/statistics.ts';
import type { staffContracts } from '../contracts/staff.ts';
import type { statisticsContracts } from '../contracts/statistics.ts';
import { LIST_STYLE } from '../list-style.ts';
import type { Operations } from '../operation.ts';
import { htmlPage } from '../page-policy.ts';
import { statisticsSheet, statisticsTable } from '../statistics-pages.ts';
import { type StatisticsBody, statisticsView } from '../views/statistics-view.ts';
import type { StaffServices } from './services.ts';

type StaffOperations = Operations<'staff', typeof staffContracts, StaffServices>;
type Asked = {
  readonly from: string;
  readonly to: string;
  readonly by?: StatisticsBy | undefined;
  readonly programme?: string | undefined;
  readonly street?: string | undefined;
  readonly part?: string | undefined;
};

export const statisticsOperations: Pick<StaffOperations, keyof typeof statisticsContracts> = {
  async getStatistics({ actor, query }, services) {
    const body = await asked(services, actor, query);
    return body.ok ? ok({ body: body.value }) : body;
  },

  async getStatisticsTable({ actor, query }, services) {
    const body = await asked(services, actor, query);
    if (!body.ok) return body;
    const streets = await services.register.streetNames(actor.jurisdiction);
    return ok({
      body: statisticsTable(body.value, streets),
      contentType: 'text/csv; charset=utf-8',
      headers: { 'content-disposition': `attachment; filename="statistics-${query.from}-${query.to}.csv"` },
    });
  },

  async getStatisticsSheet({ actor, query }, services) {
    const body = await asked(services, actor, query);
    if (!body.ok) return body;
    const streets = await services.register.streetNames(actor.jurisdiction);
    const { jurisdiction } = actor;
    const facts = { jurisdiction, today: services.clock.today(), streets, style: LIST_STYLE };
    return ok(htmlPage(statisticsSheet(body.value, facts), LIST_STYLE));
  },
};

async function asked(
  services: StaffServices,
  { jurisdiction }: StaffActor,
  { from, to, by = 'payment', programme, street, part }: Asked,
): Promise<Result<StatisticsBody>> {
  const known = programme === undefined ? undefined : programmeById(programme);
  if (known && !known.ok) return known;
  const span = { by, from, to };
  const found = await statistics(services.statistics, {
    ...span,
    jurisdiction,
    ...(programme !== undefined && { programme }),
    ...(street !== undefined && { street }),
    ...(part !== undefined && { part: Number(part) }),
  });
  return found.ok ? ok(statisticsView(span, found.value)) : found;
}
