import type { ProgrammeId } from '../ids.ts';
import { ok, type Result } from '../result.ts';
import { childInNeed } from './child-in-need/programme.ts';
import { dibao } from './dibao/programme.ts';
import { disabilityLiving } from './disability-living/programme.ts';
import { disabilityNursing } from './disability-nursing/programme.ts';
import { disasterRelief } from './disaster-relief/programme.ts';
import { educationAid } from './education-aid/programme.ts';
import { elderlyConstruction } from './elderly-construction/programme.ts';
import { elderlyInstitution } from './elderly-institution/programme.ts';
import { elderlyOrders } from './elderly-orders/programme.ts';
import { elderlyService } from './elderly-service/programme.ts';
import { electricityAid } from './electricity-aid/programme.ts';
import { employerSocialInsurance } from './employer-social-insurance/programme.ts';
import { funeral } from './funeral/programme.ts';
import { greenBurial } from './green-burial/programme.ts';
import { greenBurialAgreement } from './green-burial-agreement/programme.ts';
import { highAge } from './high-age/programme.ts';
import { housingAid } from './housing-aid/programme.ts';
import { imprest } from './imprest/programme.ts';
import { orphan } from './orphan/programme.ts';
import { priceSubsidy } from './price-subsidy/programme.ts';
import type { Programme } from './programme.ts';
import { unknownProgramme } from './run-rules.ts';
import { tekun } from './tekun/programme.ts';
import { tekunCare } from './tekun-care/programme.ts';
import { tekunPocketMoney } from './tekun-pocket-money/programme.ts';
import { temporaryAid } from './temporary-aid/programme.ts';
import { unattendedChild } from './unattended-child/programme.ts';
import { ventureFund } from './venture-fund/programme.ts';
import { veteransCare } from './veterans-care/programme.ts';

/**
 * Every programme, in stacking order. Adding one is one folder, one line here and one in ./run-rules.ts. 低保 comes before 高龄津贴, whose amount may
 * depend on being on 低保; 高龄津贴 is no income for 低保.
 */
const REGISTRY: readonly Programme[] = [
  dibao,
  tekun,
  tekunCare,
  tekunPocketMoney,
  orphan,
  unattendedChild,
  childInNeed,
  disabilityLiving,
  disabilityNursing,
  elderlyService,
  highAge,
  veteransCare,
  priceSubsidy,
  temporaryAid,
  imprest,
  ventureFund,
  funeral,
  greenBurial,
  greenBurialAgreement,
  disasterRelief,
  employerSocialInsurance,
  electricityAid,
  housingAid,
  educationAid,
  elderlyOrders,
  elderlyInstitution,
  elderlyConstruction,
];

/** Programmes by id; iteration keeps stacking order. */
export const PROGRAMMES: Readonly<Record<ProgrammeId, Programme | undefined>> = Object.assign(
  // No prototype: an id such as "constructor" is an unknown programme like any other.
  Object.create(null),
  Object.fromEntries(REGISTRY.map((programme) => [programme.id, programme])),
);

/** The programme by its id. Refusal: `invalid/programme`, naming those there are. */
export function programmeById(id: ProgrammeId): Result<Programme> {
  const programme = PROGRAMMES[id];
  return programme ? ok(programme) : unknownProgramme(id);
}
