import type { Month } from '../../calendar.ts';
import type { Fen } from '../../money.ts';
import type { DeterminationShare } from '../../register/determination.ts';
import type { Component, Step } from '../programme.ts';

export type { PolicyView, ScheduleChange, ScheduleInput, ScheduleProposal } from '../schedule.ts';

/** 差额或全额 per household, and 分类施保/增发 for its members, each person once. */
export const BASE = 'base';
export const TOP_UP = 'top-up';

/** What the engine works out for one month (测算额): moves no money, a determination does. */
export type Proposal = {
  readonly month: Month;
  /** Of `BASE` and `TOP_UP`, what is not zero; none when nothing is due. */
  readonly components: readonly Component[];
  readonly fen: Fen;
  /** Whose part of the components each is; they add up to them. */
  readonly shares: readonly DeterminationShare[];
  /** Per-capita monthly income is below the standard, or the person is of a group of 单人保. */
  readonly eligible: boolean;
  readonly sample: boolean;
  readonly derivation: readonly Step[];
};
