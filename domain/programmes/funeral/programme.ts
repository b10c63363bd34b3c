import { FUNERAL_COLUMNS } from '../../register/grant-columns.ts';
import type { Programme } from '../programme.ts';
import { FUNERAL_ITEMS, FUNERAL_PARAMETERS, FuneralFacts } from './parameters.ts';
import { BASIC_SERVICES, workOutFuneral } from './rules.ts';
import { funeralRunRules } from './run-rules.ts';

/** 惠民殡葬: basic funeral services free of charge, settled with the funeral home. The subject is the decedent. */
export const funeral: Programme = {
  ...funeralRunRules,
  legalBasis: [
    { document: '国务院令第225号', title: '殡葬管理条例' },
    { document: '民发〔2012〕211号', title: '民政部关于全面推行惠民殡葬政策的指导意见' },
  ],
  parameters: FUNERAL_PARAMETERS,
  components: { [BASIC_SERVICES]: { zh: '基本殡葬服务费减免', en: 'basic funeral services' } },
  personFactKinds: ['identity-class'],
  enrolmentFactKinds: ['application'],
  grant: {
    schema: FuneralFacts,
    columns: FUNERAL_COLUMNS,
    payee: 'organisation',
    oncePerSubject: true,
    occasion: () => 'funeral',
    fromRow: (row) => ({
      diedOn: row['diedOn'],
      residency: row['residency'],
      settlement: 'waived',
      // 无 is written where there is none: an empty cell says that nobody looked.
      otherMoney: row['otherMoney']?.split(';').filter((each) => each !== ''),
      items: Object.fromEntries(
        FUNERAL_ITEMS.flatMap((item) => (row[item] === undefined ? [] : [[item, row[item]]])),
      ),
    }),
    workOut: workOutFuneral,
  },
};
