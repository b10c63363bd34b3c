import type { ProgrammeId } from '../ids.ts';
import type { RunRules } from '../programmes/programme.ts';
import { RUN_RULES } from '../programmes/run-rules.ts';
import type { RowFault, RowValues } from '../register/sheets.ts';
import { ok, type Result, refusal, refuse } from '../result.ts';

/** Refusal `conflict/no-publicity` for a programme whose beneficiaries are never made public (为保护儿童隐私，不设置公示环节). */
export function publicityAllowed(programme: ProgrammeId): Result<void> {
  const rules = RUN_RULES[programme];
  if (!rules?.noPublicity) return ok(undefined);
  return refuse(
    refusal(
      'conflict/no-publicity',
      `${rules.names.zh}不设置公示环节，不打印公示名单，也不登记公示和异议`,
      `${rules.names.en}: nothing is made public, so there is no notice list, no publicity and no objection to it`,
      { programme },
    ),
  );
}

/** What is wrong with a row that states publicity where there is none. */
export function publicityFaults({ noPublicity }: Pick<RunRules, 'noPublicity'>, row: RowValues): RowFault[] {
  if (!noPublicity || (row['publicityFrom'] === undefined && row['publicityTo'] === undefined)) return [];
  return [
    {
      column: '公示起',
      zh: '本项目不设置公示环节，请勿填写公示起止',
      en: 'nothing of this programme is made public: leave both days of publicity empty',
    },
  ];
}

/** Columns of a sheet that a programme has no use for. */
export const PUBLICITY_COLUMNS = ['publicityFrom', 'publicityTo'] as const;
