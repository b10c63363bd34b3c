import { monthOf } from '../calendar.ts';
import { type Control, lastMonth } from './control.ts';

/**
 * 逾期未复核: money for months after the one in which a review was due, while nobody has recorded it. Held and never stopped: once the
 * review is on record, the next run pays what was held.
 */
export const reviewOverdue: Control = {
  code: 'review-overdue',
  names: { zh: '逾期未复核', en: 'review overdue' },
  basis: '民发〔2021〕57号：收入稳定的每年复核，不稳定的每半年复核',
  findings: ['C16'],
  needs: { zh: '复核和核查记录', en: 'reviews on record' },
  explanation: {
    zh: '已过复核日期或本地核查间隔而未登记：登记后下一批次补发',
    en: 'the review, or the verification that the place asks for, is overdue: record it and the next run pays',
  },
  severity: 'hold',
  owner: 'street',
  check: ({ lines, review, policy }) => {
    if (policy?.overdueReview !== undefined && policy.overdueReview !== 'hold') return undefined;
    if (!review || review.due >= review.knownOn || lastMonth(lines) <= monthOf(review.due)) return undefined;
    return {
      zh: '已过复核日期仍未登记复核：请街道复核并登记，登记后下一批次补发',
      en: 'the review is overdue and none is on record: review and record it, and the next run pays',
    };
  },
};
