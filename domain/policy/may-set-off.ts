import { monthOf } from '../calendar.ts';
import { ok, type Result, refusal, refuse } from '../result.ts';
import type { PolicyBook } from './book.ts';
import { lookupParameter, type PolicyScope } from './lookup.ts';
import { SET_OFF_PARAMETERS } from './set-off-rule.ts';

/** Whether a decision of a day may name set-off (抵扣) as its means. Refusals: `forbidden/set-off` with what says so, `policy/gap`. */
export function maySetOff(book: PolicyBook, scope: PolicyScope): Result<true> {
  const query = { ...scope, parameter: 'setOff', month: monthOf(scope.knownOn) };
  const found = lookupParameter(book, query, SET_OFF_PARAMETERS.setOff);
  if (!found.ok) return found.error.code === 'policy/no-rule' ? refuse(notProvided()) : found;
  const { value, citation } = found.value;
  if (value.action === 'allowed') return ok(true);
  const { document, article = '' } = citation;
  return refuse(
    refusal(
      'forbidden/set-off',
      `${document}${article}不允许抵扣：请责令退回，或分期缴纳`,
      `set-off is forbidden here (${document} ${article}): order it to be given back, by instalments where need be`,
      { document },
    ),
  );
}

const notProvided = () =>
  refusal(
    'forbidden/set-off',
    '本地政策没有规定可以抵扣：请责令退回，或分期缴纳；确有依据的，先维护政策参数“追缴款抵扣”',
    'no policy of this place allows set-off: order it to be given back; where there is a legal basis, set the parameter `setOff` first',
  );
